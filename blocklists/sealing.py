"""Sealing a list of illegal content: its entries are kept as keyed digests, and shown to nobody.

Nothing of the list leaves this module but counts, line numbers and codes: neither its text nor
what was found wrong with a line, for that is often the text again.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

import duckdb

from blocklists.packages import LIST_ID
from blocklists.unseen import read_unseen
from blocklists.vetting import DigestEntry
from provenance import sealed
from provenance.defaults import VERSION, WAIT_S
from provenance.errors import StoreError, UsageRefused
from provenance.recording import record_run
from provenance.records import SEALED_KINDS
from provenance.rows import insert_rows
from provenance.show import show
from provenance.statements import statement
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from blocklists.vetting import Entry

ROLES = ("authority", "hotline")
"""Who may hand in such a list: bodies that are recognised for it."""

_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Terms:
    """Who hands in a list of illegal content, and how it may be used."""

    list_id: str
    kind: str
    """One of `provenance.records.SEALED_KINDS`."""
    submitter: str
    role: str
    terms: str
    """The licence or agreement that permits to match with it."""


@dataclass(frozen=True, slots=True)
class SealReceipt:
    """That a list was sealed: all that may be told of it."""

    list_id: str
    kind: str
    received_at: datetime
    """When its first version came; aware, UTC."""
    entries: int
    refused: dict[str, tuple[int, ...]]
    """Lines that were left out, by code."""
    removed: int
    """Entries of the version before that this one has not."""


def seal(
    store: Path,
    path: Path,
    terms: Terms,
    *,
    format_name: str | None = None,
    encoding: str = "utf-8",
    skip_refused: bool = False,
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = lambda _: None,
) -> SealReceipt:
    """Seal the list at *path* beside *store*, in the place of its version before.

    That it was done is recorded in the store: which list, how many entries, when; nothing else.

    Raises:
        InputRefused: it cannot be read, or lines of it would be lost; told by number and code.
        StoreError: the sealed lists or the store cannot be written.
        UsageRefused: *terms* are not those of a list that may be sealed.
    """
    _refuse_unfit(terms)
    now = datetime.now(UTC)
    entries, refused = read_unseen(
        path, format_name=format_name, encoding=encoding, skip_refused=skip_refused, now=now
    )
    folder = sealed.make_folder(store)
    receipt = _write(folder, sealed.key_in(folder), terms, entries, refused, now)
    with writing(store, wait_s=wait_s, say=say) as connection:
        record_run(
            connection,
            run_id=f"seal-{now:%Y%m%dT%H%M%SZ}-{token_hex(4)}",
            kind="seal",
            started_at=now,
            settings={"list_id": terms.list_id, "kind": terms.kind, "submitter": terms.submitter,
                      "role": terms.role, "terms": terms.terms, "entries": receipt.entries},
            version=VERSION,
        )  # fmt: skip
    return receipt


def unseal(store: Path, list_id: str) -> int:
    """Remove a sealed list, as its owner asks; return how many entries it had.

    Raises:
        UsageRefused: there is no such list.
    """
    found = sealed.sealed_beside(store)
    if not found or list_id not in {one.list_id for one in found.lists}:
        raise UsageRefused(show(list_id, 80), "no sealed list is called that", _SEE)
    with _opened(found.folder) as lists:
        count = _forget(lists, list_id)
        _renew(lists)
    return count


_SEE = "see `provisor blocklist sealed`"


def _refuse_unfit(terms: Terms) -> None:
    for option, wrong, fact in (
        ("--list-id", not LIST_ID.fullmatch(terms.list_id), "is not owner/slug"),
        ("--kind", terms.kind not in SEALED_KINDS, f"is none of {', '.join(SEALED_KINDS)}"),
        ("--submitter", not terms.submitter.strip(), "is not named"),
        ("--role", terms.role not in ROLES, f"is none of {', '.join(ROLES)}"),
        ("--terms", not terms.terms.strip(), "do not say what permits its use"),
    ):
        if wrong:
            remedy = "only recognised bodies hand in such lists, under terms that permit matching"
            raise UsageRefused(option, fact, remedy)


def _write(
    folder: Path,
    key: bytes,
    terms: Terms,
    entries: list[Entry | DigestEntry],
    refused: dict[str, tuple[int, ...]],
    now: datetime,
) -> SealReceipt:
    stored = now.replace(tzinfo=None)
    with _opened(folder) as lists:
        before = lists.execute(
            "SELECT first_at FROM sealed_list WHERE list_id = ?", [terms.list_id]
        ).fetchall()
        first_at = before[0][0] if before else stored
        old = _targets(lists, terms.list_id)
        _forget(lists, terms.list_id)
        unique = {entry.entry_id: entry for entry in entries}
        rows = [
            (terms.list_id, number, scope, sealed.keyed(key, text))
            for number, entry in enumerate(unique.values())
            for scope, text in _texts(entry)
        ]
        for start in range(0, len(rows), _AT_ONCE):
            insert_rows(lists, "sealed_entry", rows[start : start + _AT_ONCE])
        insert_rows(
            lists, "sealed_list",
            [(terms.list_id, terms.kind, terms.submitter, terms.terms, first_at, stored)],
        )  # fmt: skip
        _renew(lists)
        removed = len(old - _targets(lists, terms.list_id))
    return SealReceipt(
        terms.list_id, terms.kind, first_at.replace(tzinfo=UTC), len(unique), refused, removed
    )


def _texts(entry: Entry | DigestEntry) -> Iterator[tuple[str, str]]:
    """Yield the scope and the text of each keyed digest that *entry* is kept by."""
    if isinstance(entry, DigestEntry):
        algorithm = entry.digest.algorithm
        for spelling in entry.digest.spellings:
            yield "hash", sealed.of_digest(algorithm, spelling)
        return
    target = entry.target
    if target.path:
        yield "pages", sealed.of_places(target.host, target.port)
        yield target.scope, sealed.of_page(target.scope, target.host, target.port, target.path)
        return
    yield target.scope, sealed.of_name(target.host)


def _targets(lists: duckdb.DuckDBPyConnection, list_id: str) -> set[tuple[str, bytes]]:
    """Return the first keyed digest of each entry of a list: the same for the same entry."""
    text = statement("blocklists", "sealed_targets")
    return {(scope, bytes(one)) for scope, one in lists.execute(text, [list_id]).fetchall()}


def _forget(lists: duckdb.DuckDBPyConnection, list_id: str) -> int:
    count = len(_targets(lists, list_id))
    for table in ("sealed_entry", "sealed_list"):
        lists.execute(f"DELETE FROM {table} WHERE list_id = ?", [list_id])  # noqa: S608
    return count


def _renew(lists: duckdb.DuckDBPyConnection) -> None:
    """Say that the lists changed: what was matched before is matched anew."""
    lists.execute("DELETE FROM sealed_state")
    lists.execute("INSERT INTO sealed_state VALUES (?)", [token_hex(16)])


@contextmanager
def _opened(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the keyed digests to write, in one transaction, readable by their owner alone."""
    path = folder / "lists.duckdb"
    try:
        with duckdb.connect(str(path)) as connection:
            sealed.private(path)
            connection.execute(statement("provenance", "sealed/schema"))
            connection.begin()
            yield connection
            connection.commit()
        sealed.private(path)
    except duckdb.Error:  # its words could hold what is written
        failed = True
    else:
        failed = False
    if failed:
        fact = "the sealed lists cannot be written"
        raise StoreError(str(folder), fact, "make room, and let nothing else hold them")
