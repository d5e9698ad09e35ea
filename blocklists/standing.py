"""In what state the entries of the lists are at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.listing import find_periods
from provenance.statements import statement
from provenance.told_times import zoned

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry of a list, and the state it is in."""

    list_id: str
    entry_id: str
    scope: str
    """`hash` for a digest, which has no host."""
    host: str
    port: str
    path: str
    """Of a digest its algorithm."""
    restricted: bool
    """Its list is one that partners keep to themselves: what it names is not shown."""
    state: str
    """One of `life.State`."""
    reason: str
    """Of the step that led to the state; empty for an entry that was simply accepted."""
    since: datetime
    """When it came to this state; aware, UTC."""
    received_at: datetime
    """When it first came in: the notice date, unless it ended and was listed again."""
    submitter: str
    file_sha256: str
    """The version of the last step that came with one; empty: a decision without one."""
    came_at: datetime
    """When that version came in: from then on it is known, once it is accepted."""
    struck: bool
    """It was once withdrawn as an error."""
    accepted: bool
    """It was once accepted."""
    expires_at: datetime | None
    """The end that is announced."""

    @property
    def target(self) -> str:
        """What it names, as one would write it; a digest is told by its entry's id."""
        if self.scope == "hash":
            return f"{self.path} digest {self.entry_id[:12]}"
        if self.restricted:
            return f"restricted {self.entry_id[:12]}"
        if self.scope in {"domain", "host", "subdomains"}:
            return self.host
        port = f":{self.port}" if self.port else ""
        return f"https://{self.host}{port}{self.path}"


def standings(
    connection: duckdb.DuckDBPyConnection, list_id: str = "", *, as_of: datetime | None = None
) -> list[Standing]:
    """Return every entry of a list, or of all, in the order of its hosts.

    Args:
        connection: the store.
        list_id: empty: every list.
        as_of: aware; what was recorded later is not looked at. None: all that is recorded.
    """
    find_periods(connection, as_of=as_of)
    rows = connection.execute(statement("blocklists", "standings"), [list_id, list_id]).fetchall()
    return [Standing(*(zoned(value) for value in row)) for row in rows]
