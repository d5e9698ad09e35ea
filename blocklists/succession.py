"""A new version of a list: which entries begin, end, come again, or wait for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from blocklists.doubts import doubt
from blocklists.events import OURS, Event
from blocklists.life import ENDED, STANDING, State, Step
from blocklists.vetting import DigestEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from blocklists.doubts import Watched
    from blocklists.receipts import Receipt
    from blocklists.standing import Standing
    from blocklists.vetting import Entry

HELD = STANDING | {State.QUARANTINED}
"""States in which an entry is part of its list as it stands."""

_NEVER = 2100  # 2999-12-31 and the like mean: no end


def succession(
    before: Mapping[str, Standing],
    receipt: Receipt,
    entries: Iterable[Entry | DigestEntry],
    watched: Watched,
    *,
    now: datetime,
    overtaken: bool = False,
    withdrawn: Collection[str] | None = None,
) -> Iterator[Event]:
    """Yield the steps that an accepted version brings about.

    That its entries are accepted is not among them: the receipt says so (listing_periods.sql).

    Args:
        before: the list's entries by id, as they stood.
        receipt: of the version.
        entries: all that it names.
        watched: names that are held back.
        now: when the steps are recorded; aware.
        overtaken: a later version was accepted already, so this one names nothing any more.
        withdrawn: of a version that says only what changed, the entries it takes off the list; what
            it does not speak of stays. None: it is the whole list.
    """
    named = {entry.entry_id: entry for entry in entries}
    steps = _Steps(receipt, now)
    if overtaken:
        for entry_id in named:
            if entry_id not in before or before[entry_id].state == State.RECEIVED:
                yield steps.step(entry_id, Step.SUPERSEDED)
        return
    for entry_id, entry in named.items():
        yield from _begun(before.get(entry_id), entry, steps, watched)
    if withdrawn is not None:
        yield from (steps.step(entry_id, Step.WITHDRAWN) for entry_id in withdrawn)
        return
    for entry_id, standing in before.items():
        if entry_id not in named and standing.state in HELD:
            yield steps.step(entry_id, Step.SUPERSEDED)


def end_of(day: date | None) -> datetime | None:
    """Return the first moment after *day*, in UTC; None: no end, or one that means never."""
    if day is None or day.year >= _NEVER:
        return None
    return datetime.combine(day, time(), UTC) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Makes the steps of one version."""

    receipt: Receipt
    now: datetime

    def step(
        self, entry_id: str, what: Step, *, reason: str = "", from_at: datetime | None = None
    ) -> Event:
        ours = what is Step.QUARANTINED
        return Event(
            recorded_at=self.now,
            from_at=from_at or self.now,
            list_id=self.receipt.list_id,
            entry_id=entry_id,
            file_sha256=self.receipt.file_sha256,
            what=what,
            reason=reason,
            actor=OURS if ours else self.receipt.submitter,
        )


def _begun(
    standing: Standing | None, entry: Entry | DigestEntry, steps: _Steps, watched: Watched
) -> Iterator[Event]:
    entry_id, ends = entry.entry_id, end_of(entry.expires_on)
    if reason := _held_back(standing, entry, watched):
        yield steps.step(entry_id, Step.QUARANTINED, reason=reason)
    elif standing and standing.accepted and standing.state in ENDED:
        # Known anew from this version's receipt on: what it ended is not taken back.
        known = max(steps.receipt.received_at, standing.since)
        yield steps.step(entry_id, Step.RELISTED, from_at=known)
    announced = standing.expires_at if standing and standing.state in HELD else None
    if announced and announced != ends:
        yield steps.step(entry_id, Step.RENEWED)
    if ends and ends != announced:
        yield steps.step(entry_id, Step.EXPIRED, from_at=max(ends, steps.now))


def _held_back(standing: Standing | None, entry: Entry | DigestEntry, watched: Watched) -> str:
    """Return why the entry waits for a second person; empty: it does not."""
    if standing is None or standing.state == State.RECEIVED:
        return _doubt(entry, watched)
    if standing.state in STANDING:
        return ""
    if standing.state == State.QUARANTINED:
        return standing.reason
    if standing.state == State.REJECTED:
        return "rejected-before"
    if standing.struck:
        return "withdrawn-before"
    return "" if standing.accepted else _doubt(entry, watched)


def _doubt(entry: Entry | DigestEntry, watched: Watched) -> str:
    # A digest names one file: nobody's name is popular in it, and trivial ones are refused.
    return "" if isinstance(entry, DigestEntry) else doubt(entry.target, watched)
