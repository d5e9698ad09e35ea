"""What waits for a person: entries that are held back or disputed, and versions to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blocklists.life import State
from blocklists.standing import Standing, standings
from provenance.statements import statement

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A version that changes so much that nothing of it counts until it is confirmed."""

    list_id: str
    version: int
    file_name: str
    file_sha256: str
    received_at: datetime
    """Aware, UTC: known from then on, once it is confirmed."""
    change: str
    """As `+304 -1, 583 kept`."""


def waiting(
    connection: duckdb.DuckDBPyConnection, list_id: str = ""
) -> tuple[list[Standing], list[HeldVersion]]:
    """Return the entries and the versions that wait, of one list or of all."""
    entries = [
        one
        for one in standings(connection, list_id)
        if one.state in {State.QUARANTINED, State.DISPUTED}
    ]
    rows = connection.execute(statement("blocklists", "held_versions"), [list_id, list_id])
    versions = [
        HeldVersion(name, version, file, sha256, received.replace(tzinfo=UTC), change)
        for name, version, file, sha256, received, change in rows.fetchall()
    ]
    return entries, versions
