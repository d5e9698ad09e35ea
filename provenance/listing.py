"""Which hosts and pages the lists name, and in what state each entry of a list is at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from provenance.moments import stored
from provenance.statements import execute, statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry that names a host."""

    host: str
    entry_id: str
    submission_id: int
    list_id: str
    received_at: datetime
    """The notice date: UTC, without a zone, as the store keeps it."""


def find_periods(
    connection: duckdb.DuckDBPyConnection, *, store: str = "", as_of: datetime | None = None
) -> None:
    """Make `listing_period`, `entry_state` and `entry_step`: the life of every entry.

    Args:
        connection: the store, or what it is attached to.
        store: the name it is attached by; empty: it is the store itself.
        as_of: aware; only what was recorded until then counts. None: all that is recorded.
    """
    connection.execute("SET VARIABLE as_of = ?::TIMESTAMP", [as_of and stored(as_of)])
    text = statement("provenance", "listing_periods")
    execute(connection, text.replace("{store}", f"{store}." if store else ""))


def listed_hosts(
    connection: duckdb.DuckDBPyConnection, hosts: Iterable[str], *, now: datetime | None = None
) -> dict[str, tuple[Listing, ...]]:
    """Return the entries that name each of *hosts* and count now; unlisted hosts are left out.

    Args:
        connection: the store.
        hosts: canonical, with a port where it is not the scheme's own.
        now: aware; None: this computer's clock.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE asked AS SELECT unnest(?::VARCHAR[]) AS host", [list(hosts)]
    )
    found: dict[str, tuple[Listing, ...]] = {}
    for row in _asked(connection, "listed_hosts", now):
        listing = Listing(*row)
        found[listing.host] = (*found.get(listing.host, ()), listing)
    return found


def listed_pages(
    connection: duckdb.DuckDBPyConnection,
    pages: Iterable[tuple[str, str]],
    *,
    now: datetime | None = None,
) -> frozenset[tuple[str, str]]:
    """Return those of *pages*, as host and canonical path, that an entry names which counts now."""
    hosts, paths = zip(*pages, strict=True) if (pages := list(pages)) else ((), ())
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE asked AS"
        " SELECT unnest(?::VARCHAR[]) AS host, unnest(?::VARCHAR[]) AS path",
        [list(hosts), list(paths)],
    )
    return frozenset(_asked(connection, "listed_pages", now))


def _asked(connection: duckdb.DuckDBPyConnection, name: str, now: datetime | None) -> list[Any]:
    execute(connection, statement("provenance", "naming"))
    find_periods(connection)
    connection.execute("SET VARIABLE moment = ?::TIMESTAMP", [stored(now or datetime.now(UTC))])
    return connection.execute(statement("provenance", name)).fetchall()
