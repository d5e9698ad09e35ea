"""Receiving a list: stored whole, or not at all, under the time at which it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from blocklists.deciding import same_name
from blocklists.doubts import sites_of
from blocklists.keeping import refuse_unkept
from blocklists.offer import Offer, Said
from blocklists.packages import BASES, LIST_ID, ROLES
from blocklists.reading import read_list
from blocklists.receiving import receive
from blocklists.refusals import ListRefused
from provenance.defaults import WAIT_S
from provenance.errors import UsageRefused
from provenance.show import show
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blocklists.gathering import Checked
    from blocklists.packages import Declared
    from blocklists.receipts import Receipt

_STATUSES = ("accepted", "received")
# The least that can be claimed of a list whose author says nothing.
_ROLE, _BASIS = "list_maintainer", "third_party_list"
_SLACK = timedelta(days=1)
_DECLARED = ("list_id", "submitter", "role", "basis", "version")


def _clock() -> datetime:
    return datetime.now(UTC)


def _be_silent(_: str) -> None:
    """Say nothing while waiting."""


def submit(
    store_path: Path,
    path: Path,
    *,
    clock: Callable[[], datetime] = _clock,
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = _be_silent,
    **said: Any,
) -> Receipt:
    """Store the list at *path* and return the receipt.

    Args:
        store_path: the store; it is made if there is none.
        path: a list, or the folder of a package.
        clock: returns the time of receipt; aware. It is asked once, when the list has come in.
        wait_s: how long to wait for the store, in seconds.
        say: told when the store is held by another process.
        said: who hands in what, and how it is read: the fields of `offer.Said`.

    Raises:
        ListRefused: the file cannot be used, a line is refused, or the version does not rise.
        UsageRefused: an argument does not exist or contradicts the manifest, or the list is of
            another submitter.
        StoreError: the store cannot be written.
    """
    offer = offered(path, Said(**said), received_at=clock())
    with writing(store_path, wait_s=wait_s, say=say) as connection:
        receipt = receive(connection, offer)
        if offer.checked.restricted and not receipt.already:
            # What partners keep to themselves: before it is written, whatever ends us afterwards.
            store_path.chmod(0o600)
    return receipt


def offered(path: Path, said: Said, *, received_at: datetime) -> Offer:
    """Read the list at *path* and return what can be received of it; nothing is stored.

    Args:
        path: a list, or the folder of a package.
        said: who hands in what, and how it is read.
        received_at: the time of receipt; aware.

    Raises:
        ListRefused: the file cannot be used, or a line is refused.
        UsageRefused: an argument does not exist or contradicts the manifest.
    """
    checked = read_list(path, format_name=said.format_name, encoding=said.encoding, now=received_at)
    said = _completed(checked, replace(said, file_name=said.file_name or path.absolute().name))
    refuse_unkept(checked, said.basis)
    _refuse_losses(checked, skip_refused=said.skip_refused)
    published = said.published_at
    if published and published > received_at + _SLACK:
        fact = f"published on {published.date()}, which has not come yet"
        raise UsageRefused(checked.place, fact)
    if said.confirmed_by and same_name(said.confirmed_by, said.submitter):
        fact = f"{show(said.confirmed_by)} hands it in and cannot confirm it"
        raise UsageRefused("--confirmed-by", fact, "let another person confirm it")
    return Offer(checked, said, received_at)


def _completed(checked: Checked, said: Said) -> Said:
    """Return all that is said; refuse what is missing, unknown, or said in two ways."""
    if checked.declared:
        said = _declared(checked.place, checked.declared, said)
    said = replace(
        said,
        submitter=said.submitter.strip(),
        role=said.role or _ROLE,
        basis=said.basis or _BASIS,
    )
    for fact, right in (
        (f"list id {said.list_id!r} is not owner/slug", LIST_ID.fullmatch(said.list_id)),
        ("the submitter is not named", said.submitter),
        (f"there is no role {said.role!r}", said.role in ROLES),
        (f"there is no basis {said.basis!r}", said.basis in BASES),
        (f"there is no status {said.status!r}", said.status in _STATUSES),
    ):
        if not right:
            raise UsageRefused(checked.place, fact, "see docs/blocklists.md for what can be said")
    return said


def _declared(place: str, declared: Declared, said: Said) -> Said:
    """Return *said* with what the manifest says; refuse what contradicts it."""
    by_manifest = {name: getattr(declared, name) for name in _DECLARED}
    for name, value in by_manifest.items():
        if getattr(said, name) and getattr(said, name) != value:
            remedy = f"leave --{name.replace('_', '-')} out"
            raise UsageRefused(place, f"the manifest says {name} {value}", remedy)
    return replace(
        said,
        **by_manifest,
        issued_at=declared.issued_at,
        watched=replace(said.watched, own=said.watched.own | sites_of(*declared.own_names)),
    )


def _refuse_losses(checked: Checked, *, skip_refused: bool) -> None:
    """Refuse the list when lines of it would be lost, unless that is asked for."""
    if checked.refusals and not skip_refused:
        what = f"{len(checked.refusals):,} of {checked.lines:,}"
        raise ListRefused(checked.place, "F_LINES", what, refusals=checked.refusals)
    if not checked.entries and not checked.digests and not checked.withdrawn:
        raise ListRefused(checked.place, "F_EMPTY", refusals=checked.refusals)
