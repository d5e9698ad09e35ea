"""Which hosts and pages an accepted list names, before they are contacted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

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


def listed_hosts(
    connection: duckdb.DuckDBPyConnection, hosts: Iterable[str]
) -> dict[str, tuple[Listing, ...]]:
    """Return the accepted entries that name each of *hosts*; unlisted hosts are left out."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE asked AS SELECT unnest(?::VARCHAR[]) AS host", [list(hosts)]
    )
    connection.execute(statement("provenance", "naming"))
    found: dict[str, tuple[Listing, ...]] = {}
    for row in connection.execute(statement("provenance", "listed_hosts")).fetchall():
        listing = Listing(*row)
        found[listing.host] = (*found.get(listing.host, ()), listing)
    return found


def listed_pages(
    connection: duckdb.DuckDBPyConnection, pages: Iterable[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    """Return those of *pages*, as host and canonical path, that an accepted entry names."""
    hosts, paths = zip(*pages, strict=True) if (pages := list(pages)) else ((), ())
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE asked AS"
        " SELECT unnest(?::VARCHAR[]) AS host, unnest(?::VARCHAR[]) AS path",
        [list(hosts), list(paths)],
    )
    connection.execute(statement("provenance", "naming"))
    return frozenset(connection.execute(statement("provenance", "listed_pages")).fetchall())
