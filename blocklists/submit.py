"""Receiving a list: stored whole, or not at all, under the time at which it came."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from blocklists.changing import DELTA, changes_of
from blocklists.check import Checked, check
from blocklists.deciding import same_name
from blocklists.doubts import NOTHING_WATCHED, Watched, sites_of
from blocklists.events import OURS, Event, record_events, time_of_next
from blocklists.keeping import record_entries, refuse_unkept
from blocklists.life import Step
from blocklists.packages import BASES, LIST_ID, RESTRICTED, ROLES
from blocklists.receipts import Receipt, receipts
from blocklists.refusals import ListRefused
from blocklists.standing import standings
from blocklists.succession import HELD, succession
from blocklists.versions import difference
from provenance.defaults import WAIT_S
from provenance.errors import UsageRefused
from provenance.moments import stored
from provenance.rows import insert_rows
from provenance.show import show
from provenance.store import writing
from provenance.suffixes import suffix_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb

    from blocklists.packages import Declared
    from blocklists.vetting import DigestEntry, Entry

_STATUSES = ("accepted", "received")
# The least that can be claimed of a list whose author says nothing.
_ROLE, _BASIS = "list_maintainer", "third_party_list"
_SLACK = timedelta(days=1)

_LAST_VERSION = 2**31 - 1


def _clock() -> datetime:
    return datetime.now(UTC)


def _be_silent(_: str) -> None:
    """Say nothing while waiting."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """Who hands in what, from the call and the manifest."""

    list_id: str
    submitter: str
    role: str
    basis: str


def submit(
    store_path: Path,
    path: Path,
    *,
    list_id: str = "",
    submitter: str = "",
    role: str = "",
    basis: str = "",
    version: int | None = None,
    issued_at: datetime | None = None,
    published_at: datetime | None = None,
    status: str = "accepted",
    format_name: str | None = None,
    encoding: str = "utf-8",
    skip_refused: bool = False,
    watched: Watched = NOTHING_WATCHED,
    confirmed_by: str = "",
    note: str = "",
    clock: Callable[[], datetime] = _clock,
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = _be_silent,
) -> Receipt:
    """Store the list at *path* and return the receipt.

    Args:
        store_path: the store; it is made if there is none.
        path: a list, or the folder of a package.
        list_id: `owner/slug`; this and the next three may be left out for a package.
        submitter: who hands it in.
        role: one of `packages.ROLES`.
        basis: one of `packages.BASES`.
        version: has to rise within a list; None: the package's, or the last one and 1.
        issued_at: what the document says; aware.
        published_at: since when anybody could read the list; aware.
        status: `accepted`, or `received` for one that nobody has verified yet.
        format_name: as for `check`.
        encoding: as for `check`.
        skip_refused: leave refused lines out instead of refusing the list.
        watched: names for which an entry is held back until a second person has looked.
        confirmed_by: who looked at a version that changes much, another than the submitter.
        note: in their words.
        clock: returns the time of receipt; aware. It is asked once, when the list has come in.
        wait_s: how long to wait for the store, in seconds.
        say: told when the store is held by another process.

    Raises:
        ListRefused: the file cannot be used, a line is refused, or the version does not rise.
        UsageRefused: an argument does not exist or contradicts the manifest, or the list is of
            another submitter.
        StoreError: the store cannot be written.
    """
    received_at = clock()
    checked = check(path, format_name=format_name, encoding=encoding, now=received_at)
    terms = _terms(checked, _Terms(list_id, submitter, role, basis), status)
    refuse_unkept(checked)
    _refuse_losses(checked, skip_refused=skip_refused)
    if published_at and published_at > received_at + _SLACK:
        raise UsageRefused(
            checked.place, f"published on {published_at.date()}, which has not come yet"
        )
    if confirmed_by and same_name(confirmed_by, terms.submitter):
        fact = f"{show(confirmed_by)} hands it in and cannot confirm it"
        raise UsageRefused("--confirmed-by", fact, "let another person confirm it")
    if checked.declared:
        version, issued_at = version or checked.declared.version, checked.declared.issued_at
        watched = replace(watched, own=watched.own | sites_of(*checked.declared.own_names))
    with writing(store_path, wait_s=wait_s, say=say) as connection:
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
        changes = changes_of(checked, latest, standing, skip_refused=skip_refused)
        change = difference(standing, changes.whole if changes else checked.ids)
        told = str(change) if latest else ""
        # What a submitter takes back and signs for is no sign of a wrong file.
        guarded = difference(standing, standing | checked.ids) if changes else change
        held = status == "accepted" and guarded.needs_confirmation and not confirmed_by
        status = "received" if held else status
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
            version=same[0].version if unverified else _rising(terms.list_id, version, known),
            received_at=same[0].received_at if unverified else received_at,
            format="package" if checked.declared else checked.format,
            file_name=path.absolute().name,
            file_sha256=checked.sha256,
            status=status,
            entries=len(checked.entries) + len(checked.digests),
            refused=len(checked.refusals),
            change=told,
            held=held,
            **asdict(terms),
        )
        insert_rows(connection, "submission", [_row(receipt, issued_at, published_at)])
        record_entries(connection, receipt.submission_id, checked)
        overtaken = bool(unverified and latest and latest.received_at > receipt.received_at)
        named: list[Entry | DigestEntry] = [*checked.entries, *checked.digests]
        events = (
            list(
                succession(
                    before,
                    receipt,
                    named,
                    watched,
                    now=now,
                    overtaken=overtaken,
                    withdrawn=changes.withdrawn if changes else None,
                )
            )
            if receipt.status == "accepted"
            else []
        )
        if unverified or held:
            events = [_of_version(receipt, confirmed_by, note, now), *events]
        record_events(connection, [*_marks(receipt, checked.declared, now), *events])
    if checked.declared and checked.declared.sensitivity == RESTRICTED:
        store_path.chmod(0o600)  # what partners keep to themselves
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


def _refuse_others(terms: _Terms, known: list[Receipt]) -> None:
    """Refuse to let one submitter change another's list."""
    first = min(known, key=lambda one: one.received_at, default=None)
    if first and not same_name(first.submitter, terms.submitter):
        fact = f"it is the list of {show(first.submitter)}, not of {show(terms.submitter)}"
        raise UsageRefused(terms.list_id, fact, "hand it in under a list id of your own")


def _terms(checked: Checked, asked: _Terms, status: str) -> _Terms:
    """Return who hands in what; refuse what is missing, unknown, or said in two ways."""
    told = asdict(asked)
    if checked.declared:
        for name, said in told.items():
            declared = getattr(checked.declared, name)
            if said and said != declared:
                remedy = f"leave --{name.replace('_', '-')} out"
                raise UsageRefused(checked.place, f"the manifest says {name} {declared}", remedy)
            told[name] = declared
    terms = _Terms(
        told["list_id"], told["submitter"].strip(), told["role"] or _ROLE, told["basis"] or _BASIS
    )
    for fact, right in (
        (f"list id {terms.list_id!r} is not owner/slug", LIST_ID.fullmatch(terms.list_id)),
        ("the submitter is not named", terms.submitter),
        (f"there is no role {terms.role!r}", terms.role in ROLES),
        (f"there is no basis {terms.basis!r}", terms.basis in BASES),
        (f"there is no status {status!r}", status in _STATUSES),
    ):
        if not right:
            raise UsageRefused(checked.place, fact, "see docs/blocklists.md for what can be said")
    return terms


def _refuse_losses(checked: Checked, *, skip_refused: bool) -> None:
    """Refuse the list when lines of it would be lost, unless that is asked for."""
    refused, lines = len(checked.refusals), len(checked.refusals) + len(checked.entries)
    if refused and not skip_refused:
        what = f"{refused:,} of {lines:,}"
        raise ListRefused(checked.place, "F_LINES", what, refusals=checked.refusals)
    if not checked.entries and not checked.digests and not checked.withdrawn:
        raise ListRefused(checked.place, "F_EMPTY", refusals=checked.refusals)


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
