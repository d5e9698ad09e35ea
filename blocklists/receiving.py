"""What is received of a list that was read: its receipt, its entries, and the steps it brings."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from blocklists.changing import DELTA, changes_of
from blocklists.deciding import same_name
from blocklists.doubts import NOTHING_WATCHED, Watched
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
    from collections.abc import Iterator
    from datetime import datetime

    import duckdb

    from blocklists.check import Checked
    from blocklists.packages import Declared
    from blocklists.vetting import DigestEntry, Entry

_LAST_VERSION = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Terms:
    """Who hands in what, from the call and the manifest."""

    list_id: str
    submitter: str
    role: str
    basis: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A list that was read and can be received."""

    checked: Checked
    terms: Terms
    file_name: str
    status: str
    """`accepted`, or `received` for one that nobody has verified yet."""
    received_at: datetime
    """Aware: the notice date."""
    version: int | None = None
    issued_at: datetime | None = None
    published_at: datetime | None = None
    watched: Watched = NOTHING_WATCHED
    confirmed_by: str = ""
    note: str = ""
    skip_refused: bool = False


def receive(connection: duckdb.DuckDBPyConnection, offer: Offer) -> Receipt:
    """Record *offer* within the transaction that is open, and return its receipt.

    Raises:
        ListRefused: its version does not rise. Then nothing was recorded.
        UsageRefused: the list is of another submitter. Then nothing was recorded.
    """
    checked, terms, received_at = offer.checked, offer.terms, offer.received_at
    known = [one for one in receipts(connection) if one.list_id == terms.list_id]
    _refuse_others(terms, known)
    same = [one for one in known if one.file_sha256 == checked.sha256]
    same.sort(key=lambda one: one.received_at)  # a merge numbers by store, not by time
    latest = _latest(known)
    if latest and latest.file_sha256 == checked.sha256:
        first = next(one for one in same if one.status == "accepted")
        return replace(first, already=True, refused=len(checked.refusals))
    now = time_of_next(connection, terms.list_id, received_at)
    stood = standings(connection, terms.list_id, as_of=now)
    before = {one.entry_id: one for one in stood}
    standing = frozenset(one for one in before if before[one].state in HELD)
    changes = changes_of(checked, latest, standing, skip_refused=offer.skip_refused)
    change = difference(standing, changes.whole if changes else checked.ids)
    told = str(change) if latest else ""
    # What a submitter takes back and signs for is no sign of a wrong file.
    guarded = difference(standing, standing | checked.ids) if changes else change
    held = offer.status == "accepted" and guarded.needs_confirmation and not offer.confirmed_by
    status = "received" if held else offer.status
    again = [one for one in same if one.status == "received"]
    if status == "received" and same:
        return replace(
            (again or same)[0],
            already=True,
            refused=len(checked.refusals),
            change=told,
            held=held,
        )
    # What was accepted before and replaced since is a version of its own, received now.
    unverified = same if same and not any(one.status == "accepted" for one in same) else []
    receipt = Receipt(
        submission_id=_next_id(connection),
        # What is now verified was known from the day it first came in.
        version=same[0].version if unverified else _rising(terms.list_id, offer.version, known),
        received_at=same[0].received_at if unverified else received_at,
        format="package" if checked.declared else checked.format,
        file_name=offer.file_name,
        file_sha256=checked.sha256,
        status=status,
        entries=len(checked.entries) + len(checked.digests),
        refused=len(checked.refusals),
        change=told,
        held=held,
        **asdict(terms),
    )
    insert_rows(connection, "submission", [_row(receipt, offer.issued_at, offer.published_at)])
    record_entries(connection, receipt.submission_id, checked)
    overtaken = bool(unverified and latest and latest.received_at > receipt.received_at)
    named: list[Entry | DigestEntry] = [*checked.entries, *checked.digests]
    events = (
        list(
            succession(
                before,
                receipt,
                named,
                offer.watched,
                now=now,
                overtaken=overtaken,
                withdrawn=changes.withdrawn if changes else None,
            )
        )
        if receipt.status == "accepted"
        else []
    )
    if unverified or held:
        events = [_of_version(receipt, offer.confirmed_by, offer.note, now), *events]
    record_events(connection, [*_marks(receipt, checked.declared, now), *events])
    counts = Counter(event.what for event in events if event.entry_id)
    return replace(receipt, quarantined=counts[Step.QUARANTINED])


def _latest(known: list[Receipt]) -> Receipt | None:
    """Return the receipt of the version that stands."""
    accepted = [one for one in known if one.status == "accepted"]
    return max(accepted, key=lambda one: (one.received_at, one.version), default=None)


def _of_version(receipt: Receipt, confirmed_by: str, note: str, now: datetime) -> Event:
    """Return the step of a version as a whole: held back, or accepted later than it came."""
    return Event(
        recorded_at=now,
        from_at=now if receipt.held else receipt.received_at,
        list_id=receipt.list_id,
        entry_id="",
        file_sha256=receipt.file_sha256,
        what=Step.QUARANTINED if receipt.held else Step.ACCEPTED,
        reason="mass-change" if receipt.held else "",
        actor=OURS if receipt.held else show(confirmed_by or receipt.submitter),
        note=receipt.change if receipt.held else show(note, 2000),
    )


def _marks(receipt: Receipt, declared: Declared | None, now: datetime) -> Iterator[Event]:
    """Yield what a version as a whole is marked as when it comes."""
    marks = {DELTA: declared and declared.mode == DELTA,
             RESTRICTED: declared and declared.sensitivity == RESTRICTED}  # fmt: skip
    for mark in (name for name, is_so in marks.items() if is_so):
        yield Event(
            recorded_at=now, from_at=now, list_id=receipt.list_id, entry_id="",
            file_sha256=receipt.file_sha256, what=Step.RECEIVED, reason=mark, actor=OURS,
        )  # fmt: skip


def _refuse_others(terms: Terms, known: list[Receipt]) -> None:
    """Refuse to let one submitter change another's list."""
    first = min(known, key=lambda one: one.received_at, default=None)
    if first and not same_name(first.submitter, terms.submitter):
        fact = f"it is the list of {show(first.submitter)}, not of {show(terms.submitter)}"
        raise UsageRefused(terms.list_id, fact, "hand it in under a list id of your own")


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


def _row(
    receipt: Receipt, issued_at: datetime | None, published_at: datetime | None
) -> tuple[Any, ...]:
    return (
        receipt.submission_id, receipt.list_id, receipt.version, stored(receipt.received_at),
        issued_at and stored(issued_at), published_at and stored(published_at), receipt.submitter,
        receipt.role, receipt.basis, receipt.format, receipt.file_name, receipt.file_sha256,
        suffix_list().sha256, receipt.status,
    )  # fmt: skip
