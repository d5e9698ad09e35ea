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


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person, of one list or of all."""

    entries: list[Standing]
    """Held back or disputed."""
    versions: list[HeldVersion]
    unverified: dict[str, int]
    """How many entries of each list wait because nobody has verified it yet; those of `versions`
    are left out: each of these is told as a whole."""


def waiting(connection: duckdb.DuckDBPyConnection, list_id: str = "") -> Waiting:
    """Return what waits, of one list or of all."""
    every = standings(connection, list_id)
    entries = [one for one in every if one.state in {State.QUARANTINED, State.DISPUTED}]
    rows = connection.execute(statement("blocklists", "held_versions"), [list_id, list_id])
    versions = [
        HeldVersion(name, version, file, sha256, received.replace(tzinfo=UTC), change)
        for name, version, file, sha256, received, change in rows.fetchall()
    ]
    told = {(version.list_id, version.file_sha256) for version in versions}
    unverified = Counter(
        one.list_id
        for one in every
        if one.state == State.RECEIVED and (one.list_id, one.file_sha256) not in told
    )
    return Waiting(entries, versions, dict(unverified))
