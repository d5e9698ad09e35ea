"""A store with lists of two holders, and what became of their entries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from blocklists.deciding import Decision, decide
from blocklists.doubts import NOTHING_WATCHED, Watched
from blocklists.life import Cause, Step
from blocklists.standing import Standing, standings
from blocklists.submit import submit
from provenance.store import reading, writing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blocklists.events import Event
    from blocklists.receipts import Receipt

PRESS, STUDIO = "press/comics", "studio/films"
NAMES = {PRESS: "Press KK", STUDIO: "Studio Ltd"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Lists:
    """Lists handed in and decided on, each at a day of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store.duckdb"

    def hand_in(
        self, day: str, *lines: str, list_id: str = PRESS, name: str = "list.txt", **terms: Any
    ) -> Receipt:
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        submitter = terms.pop("submitter", NAMES.get(list_id, "Press KK"))
        return submit(
            self.store, path, list_id=list_id, submitter=submitter, clock=lambda: at(day), **terms
        )

    def decide(
        self,
        day: str,
        step: Step,
        *entries: str,
        by: str,
        list_id: str = PRESS,
        cause: Cause | None = None,
        note: str = "said so",
        watched: Watched = NOTHING_WATCHED,
    ) -> Sequence[Event]:
        decision = Decision(step, by, cause, note)
        with writing(self.store) as connection:
            return decide(connection, list_id, entries, decision, now=at(day), watched=watched)

    def withdraw(
        self, day: str, *entries: str, cause: Cause = Cause.SETTLED, list_id: str = PRESS
    ) -> Sequence[Event]:
        by = NAMES[list_id]
        return self.decide(day, Step.WITHDRAWN, *entries, by=by, list_id=list_id, cause=cause)

    def standings(self, day: str = "", list_id: str = "") -> list[Standing]:
        with reading(self.store) as connection:
            return standings(connection, list_id, as_of=at(day) if day else None)

    def states(self, day: str = "", list_id: str = PRESS) -> dict[str, str]:
        """Return the state of each entry of a list, by what it names."""
        return {one.target: str(one.state) for one in self.standings(day, list_id)}

    def periods(self, list_id: str = PRESS) -> list[tuple[Any, ...]]:
        """Return when what counts: target, counts, status, from, to (days)."""
        from provenance.listing import find_periods

        with reading(self.store) as connection:
            find_periods(connection)
            rows = connection.execute(
                "SELECT host, counts, status, received_at, ended_at FROM listing_period"
                " JOIN (SELECT DISTINCT entry_id, host FROM entry) USING (entry_id)"
                " WHERE list_id = ? ORDER BY ALL",
                [list_id],
            ).fetchall()
        return [
            (*rest, f"{start:%Y-%m-%d}", end and f"{end:%Y-%m-%d}") for *rest, start, end in rows
        ]
