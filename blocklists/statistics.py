"""What became of all that each submitter handed in, and which targets several of them name."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blocklists.deciding import folded
from blocklists.life import STANDING, State
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from blocklists.standing import Standing

_ORDERS = frozenset({"court_order", "administrative_order"})


@dataclass(frozen=True, slots=True)
class Statistics:
    """What became of the entries of one submitter; an entry on two of their lists counts twice."""

    submitter: str
    lists: int
    entries: int
    standing: int
    """Accepted, disputed or upheld."""
    quarantined: int
    rejected: int
    disputed: int
    upheld: int
    withdrawn_as_error: int
    corroborated: int
    """Of those standing, named by another submitter as well."""

    @property
    def error_share(self) -> float:
        """Which part of all entries turned out wrong: rejected, or withdrawn as an error."""
        return (self.rejected + self.withdrawn_as_error) / self.entries if self.entries else 0.0


def statistics(every: Iterable[Standing]) -> list[Statistics]:
    """Return what became of the entries of each submitter, by name."""
    every = list(every)
    namers = _namers(every)
    by_submitter: dict[str, list[Standing]] = defaultdict(list)
    for one in every:
        by_submitter[folded(one.submitter)].append(one)
    return [_of(entries, namers) for _, entries in sorted(by_submitter.items())]


def corroboration(
    connection: duckdb.DuckDBPyConnection, every: Iterable[Standing]
) -> dict[str, str]:
    """Return how each entry id that stands is borne out.

    `ordered`: by a court or an authority; `corroborated`: named by two submitters or more;
    `claimed`: by one. Who copies another's list is not told from who knows by themselves: names of
    submitters are all there is to go by.
    """
    namers = _namers(every)
    bases = dict(connection.execute(statement("blocklists", "bases")).fetchall())
    return {
        entry_id: "ordered"
        if _ORDERS & set(bases.get(entry_id, ()))
        else "corroborated"
        if len(names) > 1
        else "claimed"
        for entry_id, names in namers.items()
    }


def _namers(every: Iterable[Standing]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in every:
        if one.state in STANDING:
            found[one.entry_id].add(folded(one.submitter))
    return found


def _of(entries: list[Standing], namers: dict[str, set[str]]) -> Statistics:
    states = Counter(one.state for one in entries)
    return Statistics(
        submitter=entries[0].submitter,
        lists=len({one.list_id for one in entries}),
        entries=len(entries),
        standing=sum(states[state] for state in STANDING),
        quarantined=states[State.QUARANTINED],
        rejected=states[State.REJECTED],
        disputed=states[State.DISPUTED],
        upheld=states[State.UPHELD],
        withdrawn_as_error=sum(one.struck for one in entries),
        corroborated=sum(
            one.state in STANDING and len(namers[one.entry_id]) > 1 for one in entries
        ),
    )
