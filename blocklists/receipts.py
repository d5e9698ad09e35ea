"""What was received: the receipts, as the store holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.statements import statement
from provenance.told_times import zoned

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a list was received, and when: from then on its content is known."""

    submission_id: int
    list_id: str
    version: int
    received_at: datetime
    """The notice date, by our clock; aware, UTC."""
    submitter: str
    role: str
    basis: str
    format: str
    file_name: str
    file_sha256: str
    """Of the file; of manifest.json for a package."""
    status: str
    """`accepted`, or `received`: not verified yet, and not used."""
    entries: int
    refused: int = 0
    """Lines that were left out of the file that was handed in now."""
    already: bool = False
    """The same file was received before under this list id; this is its first receipt."""
    quarantined: int = 0
    """Entries that wait for a second person, of the file that was handed in now."""
    held: bool = False
    """The version changes so much that another person has to confirm it: nothing of it counts."""
    change: str = ""
    """What the file that was handed in now changes of the list as it stood: `+3 -1, 40 kept`."""


def receipts(connection: duckdb.DuckDBPyConnection) -> list[Receipt]:
    """Return every receipt in the order they were given."""
    rows = connection.execute(statement("blocklists", "receipts")).fetchall()
    return [Receipt(*(zoned(value) for value in row)) for row in rows]
