"""Steps in the life of entries, as they are recorded: added, never changed or removed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from blocklists.life import Step
from provenance.moments import stored
from provenance.rows import insert_rows
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

OURS = "provisor"
"""The actor of what a rule decides, and no person."""

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Event:
    """One step: who decided what, when and why."""

    recorded_at: datetime
    """By our clock; aware, UTC."""
    from_at: datetime
    """Since when it holds: the receipt for what is accepted late, the end for what expires."""
    list_id: str
    entry_id: str
    """Empty: the version as a whole."""
    file_sha256: str
    """The version it came with; empty: none."""
    what: Step
    reason: str
    """A code: why an entry is held back, or a `Cause`."""
    actor: str
    note: str = ""

    @property
    def event_id(self) -> str:
        """The digest by which the same step is known in every store."""
        said = (
            moment_text(self.recorded_at), moment_text(self.from_at), self.list_id, self.entry_id,
            self.file_sha256, self.what, self.reason, self.actor, self.note,
        )  # fmt: skip
        return hashlib.sha256(_SEPARATOR.join(said).encode()).hexdigest()


def moment_text(moment: datetime) -> str:
    """Return *moment* as the digests of the store write it: UTC, with microseconds."""
    return stored(moment).isoformat(timespec="microseconds")


def record_events(connection: duckdb.DuckDBPyConnection, events: Sequence[Event]) -> None:
    """Add *events* to the store."""
    insert_rows(
        connection,
        "entry_event",
        [
            (e.event_id, stored(e.recorded_at), stored(e.from_at), e.list_id, e.entry_id,
             e.file_sha256, e.what, e.reason, e.actor, e.note)
            for e in events
        ],
    )  # fmt: skip


def time_of_next(connection: duckdb.DuckDBPyConnection, list_id: str, now: datetime) -> datetime:
    """Return *now*, or just after the last step of the list if the clock was set back since."""
    rows = connection.execute(statement("blocklists", "last_step"), [list_id, list_id]).fetchall()
    last, received = (moment and moment.replace(tzinfo=UTC) for moment in rows[0])
    after_last = last + timedelta(microseconds=1) if last else now
    return max(now, after_last, received or now)


def history(connection: duckdb.DuckDBPyConnection, list_id: str, entry_id: str) -> list[Event]:
    """Return every step of an entry in order; what its receipts say is among them.

    `provenance.listing.find_periods` has to be called before.
    """
    rows = connection.execute(statement("blocklists", "history"), [list_id, entry_id]).fetchall()
    return [
        Event(recorded.replace(tzinfo=UTC), since.replace(tzinfo=UTC), list_id, entry_id, file,
              Step(what), reason, actor, note)
        for recorded, since, file, what, reason, actor, note in rows
    ]  # fmt: skip
