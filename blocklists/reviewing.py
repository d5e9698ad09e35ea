"""What waits for a person: entries held back or disputed, versions to confirm, lists to verify."""

from __future__ import annotations

from collections import Counter
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


def unverified(
    connection: duckdb.DuckDBPyConnection, held: list[HeldVersion], list_id: str = ""
) -> dict[str, int]:
    """Return how many entries of each list wait because nobody has verified it yet.

    Those that wait with a version of *held* are left out: that one is told as a whole.
    """
    told = {(version.list_id, version.file_sha256) for version in held}
    return dict(
        Counter(
            one.list_id
            for one in standings(connection, list_id)
            if one.state == State.RECEIVED and (one.list_id, one.file_sha256) not in told
        )
    )
