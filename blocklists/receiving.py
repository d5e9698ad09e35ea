"""What is received of a list that was read: its receipt, its entries, and the steps it brings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from blocklists.changing import DELTA, changes_of
from blocklists.deciding import same_name
from blocklists.events import OURS, Event, record_events, time_of_next
from blocklists.keeping import record_entries
from blocklists.life import Step
from blocklists.packages import RESTRICTED
from blocklists.receipts import Receipt, receipts
from blocklists.refusals import ListRefused
from blocklists.standing import standings
from blocklists.succession import HELD, succession
from blocklists.versions import difference
from provenance.errors import UsageRefused
from provenance.moments import stored
from provenance.rows import insert_rows
from provenance.show import show
from provenance.suffixes import suffix_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    import duckdb

    from blocklists.gathering import Checked
    from blocklists.offer import Offer, Said
    from blocklists.standing import Standing
    from blocklists.vetting import DigestEntry, Entry

_LAST_VERSION = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Past:
    """What was received of the list before."""

    known: list[Receipt]
    same: list[Receipt]
    """Of this very file, the earliest first."""
    latest: Receipt | None
    """Of the version that stands."""

    @property
    def stands(self) -> Receipt | None:
        """By which this very file was accepted, where it is the version that stands."""
        if not self.latest or self.latest not in self.same:
            return None
        return next(one for one in self.same if one.status == "accepted")

    @property
    def waiting(self) -> Receipt:
        """The first one of this very file that nobody has verified, else the first of all."""
        return next((one for one in self.same if one.status == "received"), self.same[0])

    @property
    def unverified(self) -> Receipt | None:
        """The first one of this very file, unless one was accepted: that version was replaced."""
        if not self.same or any(one.status == "accepted" for one in self.same):
            return None
        return self.same[0]


@dataclass(frozen=True, slots=True)
class _Coming:
    """What the offer does to what stands."""

    before: dict[str, Standing]
    withdrawn: Collection[str] | None
    """What it takes off the list; None: it is the whole list."""
    unknown: int
    """Lines that were left out because what they withdraw does not stand."""
    change: str
    held: bool
    """It changes so much that another person has to look."""


def receive(connection: duckdb.DuckDBPyConnection, offer: Offer) -> Receipt:
    """Record *offer* within the transaction that is open, and return its receipt.

    Raises:
        ListRefused: its version does not rise. Then nothing was recorded.
        UsageRefused: the list is of another submitter. Then nothing was recorded.
    """
    past = _past(connection, offer)
    if past.stands:
        return _already(past.stands, offer)
    now = time_of_next(connection, offer.said.list_id, offer.received_at)
    coming = _coming(connection, offer, past, now)
    status = "received" if coming.held else offer.said.status
    if status == "received" and past.same:
        return replace(_already(past.waiting, offer), change=coming.change, held=coming.held)
    receipt = _receipt(connection, offer, past, coming, status)
    insert_rows(connection, "submission", [_row(receipt, offer.said)])
    record_entries(connection, receipt.submission_id, offer.checked)
    events = list(_steps(offer, past, coming, receipt, now))
    record_events(connection, events)
    counts = Counter(event.what for event in events if event.entry_id)
    return replace(receipt, quarantined=counts[Step.QUARANTINED])


def _past(connection: duckdb.DuckDBPyConnection, offer: Offer) -> _Past:
    known = [one for one in receipts(connection) if one.list_id == offer.said.list_id]
    _refuse_others(offer.said, known)
    same = [one for one in known if one.file_sha256 == offer.checked.sha256]
    same.sort(key=lambda one: one.received_at)  # a merge numbers by store, not by time
    accepted = [one for one in known if one.status == "accepted"]
    latest = max(accepted, key=lambda one: (one.received_at, one.version), default=None)
    return _Past(known, same, latest)


def _already(first: Receipt, offer: Offer) -> Receipt:
    return replace(first, already=True, refused=len(offer.checked.refusals))


def _coming(
    connection: duckdb.DuckDBPyConnection, offer: Offer, past: _Past, now: datetime
) -> _Coming:
    checked, said = offer.checked, offer.said
    stood = standings(connection, said.list_id, as_of=now)
    before = {one.entry_id: one for one in stood}
    standing = frozenset(one for one in before if before[one].state in HELD)
    changes = changes_of(checked, past.latest, standing, skip_refused=said.skip_refused)
    change = difference(standing, changes.whole if changes else checked.ids)
    # What a submitter takes back and signs for is no sign of a wrong file.
    guarded = difference(standing, standing | checked.ids) if changes else change
    held = said.status == "accepted" and guarded.needs_confirmation and not said.confirmed_by
    withdrawn, unknown = (changes.withdrawn, changes.unknown) if changes else (None, 0)
    return _Coming(before, withdrawn, unknown, str(change) if past.latest else "", held)


def _receipt(
    connection: duckdb.DuckDBPyConnection, offer: Offer, past: _Past, coming: _Coming, status: str
) -> Receipt:
    """Return the receipt of a version that is new, or is verified now."""
    checked, said, first = offer.checked, offer.said, past.unverified
    return Receipt(
        submission_id=_next_id(connection),
        list_id=said.list_id,
        version=first.version if first else _rising(said.list_id, said.version, past.known),
        # What is now verified was known from the day it first came in.
        received_at=first.received_at if first else offer.received_at,
        submitter=said.submitter,
        role=said.role,
        basis=said.basis,
        format="package" if checked.declared else checked.format,
        file_name=said.file_name,
        file_sha256=checked.sha256,
        status=status,
        entries=len(checked.entries) + len(checked.digests),
        refused=len(checked.refusals) + coming.unknown,
        change=coming.change,
        held=coming.held,
    )


def _steps(
    offer: Offer, past: _Past, coming: _Coming, receipt: Receipt, now: datetime
) -> Iterator[Event]:
    """Yield all that happens to the version and its entries when it comes."""
    yield from _marks(receipt, offer.checked, now)
    if past.unverified or receipt.held:
        yield _of_version(receipt, offer.said, now)
    if receipt.status != "accepted":
        return
    named: list[Entry | DigestEntry] = [*offer.checked.entries, *offer.checked.digests]
    overtaken = past.unverified and past.latest and past.latest.received_at > receipt.received_at
    yield from succession(
        coming.before, receipt, named, offer.said.watched,
        now=now, overtaken=bool(overtaken), withdrawn=coming.withdrawn,
    )  # fmt: skip


def _of_version(receipt: Receipt, said: Said, now: datetime) -> Event:
    """Return the step of a version as a whole: held back, or accepted later than it came."""
    return Event(
        recorded_at=now,
        from_at=now if receipt.held else receipt.received_at,
        list_id=receipt.list_id,
        entry_id="",
        file_sha256=receipt.file_sha256,
        what=Step.QUARANTINED if receipt.held else Step.ACCEPTED,
        reason="mass-change" if receipt.held else "",
        actor=OURS if receipt.held else show(said.confirmed_by or receipt.submitter),
        note=receipt.change if receipt.held else show(said.note, 2000),
    )


def _marks(receipt: Receipt, checked: Checked, now: datetime) -> Iterator[Event]:
    """Yield what a version as a whole is marked as when it comes."""
    declared = checked.declared
    marks = {DELTA: declared and declared.mode == DELTA, RESTRICTED: checked.restricted}
    for mark in (name for name, is_so in marks.items() if is_so):
        yield Event(
            recorded_at=now, from_at=now, list_id=receipt.list_id, entry_id="",
            file_sha256=receipt.file_sha256, what=Step.RECEIVED, reason=mark, actor=OURS,
        )  # fmt: skip


def _refuse_others(said: Said, known: list[Receipt]) -> None:
    """Refuse to let one submitter change another's list."""
    first = min(known, key=lambda one: one.received_at, default=None)
    if first and not same_name(first.submitter, said.submitter):
        fact = f"it is the list of {show(first.submitter)}, not of {show(said.submitter)}"
        raise UsageRefused(said.list_id, fact, "hand it in under a list id of your own")


def _rising(list_id: str, version: int | None, known: list[Receipt]) -> int:
    last = max(known, key=lambda one: one.version, default=None)
    if version is None:
        return last.version + 1 if last else 1
    if last and version <= last.version:
        day = last.received_at.date().isoformat()
        what = f"version {version} does not rise: version {last.version} was received on {day}"
        raise ListRefused(list_id, "F_VERSION", what)
    if not 0 < version <= _LAST_VERSION:
        raise ListRefused(list_id, "F_VERSION", f"version {version} is not a number from 1")
    return version


def _next_id(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute("SELECT nextval('submission_ids')").fetchall()[0][0])


def _row(receipt: Receipt, said: Said) -> tuple[Any, ...]:
    issued, published = (at and stored(at) for at in (said.issued_at, said.published_at))
    return (
        receipt.submission_id, receipt.list_id, receipt.version, stored(receipt.received_at),
        issued, published, receipt.submitter, receipt.role, receipt.basis, receipt.format,
        receipt.file_name, receipt.file_sha256, suffix_list().sha256, receipt.status,
    )  # fmt: skip
