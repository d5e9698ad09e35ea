"""Receiving a list: stored whole, or not at all, under the time at which it came."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from blocklists.deciding import same_name
from blocklists.doubts import NOTHING_WATCHED, Watched, sites_of
from blocklists.keeping import refuse_unkept
from blocklists.packages import BASES, LIST_ID, ROLES
from blocklists.reading import read_list
from blocklists.receiving import Offer, Terms, receive
from blocklists.refusals import ListRefused
from provenance.defaults import WAIT_S
from provenance.errors import UsageRefused
from provenance.show import show
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blocklists.check import Checked
    from blocklists.receipts import Receipt

_STATUSES = ("accepted", "received")
# The least that can be claimed of a list whose author says nothing.
_ROLE, _BASIS = "list_maintainer", "third_party_list"
_SLACK = timedelta(days=1)


def _clock() -> datetime:
    return datetime.now(UTC)


def _be_silent(_: str) -> None:
    """Say nothing while waiting."""


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
    offer = offered(
        path, list_id=list_id, submitter=submitter, role=role, basis=basis, version=version,
        issued_at=issued_at, published_at=published_at, status=status, format_name=format_name,
        encoding=encoding, skip_refused=skip_refused, watched=watched, confirmed_by=confirmed_by,
        note=note, received_at=clock(),
    )  # fmt: skip
    with writing(store_path, wait_s=wait_s, say=say) as connection:
        receipt = receive(connection, offer)
    if offer.checked.restricted and not receipt.already:
        store_path.chmod(0o600)  # what partners keep to themselves
    return receipt


def offered(
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
    file_name: str = "",
    received_at: datetime,
) -> Offer:
    """Read the list at *path* and return what can be received of it; nothing is stored.

    Args are those of `submit`; *file_name* is kept instead of the path's own, *received_at* is the
    time of receipt, aware.

    Raises:
        ListRefused: the file cannot be used, or a line is refused.
        UsageRefused: an argument does not exist or contradicts the manifest.
    """
    checked = read_list(path, format_name=format_name, encoding=encoding, now=received_at)
    terms = _terms(checked, Terms(list_id, submitter, role, basis), status)
    refuse_unkept(checked, terms.basis)
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
    return Offer(
        checked=checked, terms=terms, file_name=file_name or path.absolute().name, status=status,
        received_at=received_at, version=version, issued_at=issued_at, published_at=published_at,
        watched=watched, confirmed_by=confirmed_by, note=note,
        skip_refused=skip_refused,
    )  # fmt: skip


def _terms(checked: Checked, asked: Terms, status: str) -> Terms:
    """Return who hands in what; refuse what is missing, unknown, or said in two ways."""
    told = asdict(asked)
    if checked.declared:
        for name, said in told.items():
            declared = getattr(checked.declared, name)
            if said and said != declared:
                remedy = f"leave --{name.replace('_', '-')} out"
                raise UsageRefused(checked.place, f"the manifest says {name} {declared}", remedy)
            told[name] = declared
    terms = Terms(
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
    if checked.refusals and not skip_refused:
        what = f"{len(checked.refusals):,} of {checked.lines:,}"
        raise ListRefused(checked.place, "F_LINES", what, refusals=checked.refusals)
    if not checked.entries and not checked.digests and not checked.withdrawn:
        raise ListRefused(checked.place, "F_EMPTY", refusals=checked.refusals)
