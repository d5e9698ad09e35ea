"""A second judge, slow and plain, for a sample of an audit's rows.

It shares nothing with audit/: robots.txt by Protego and a reader of its own, Table A by bisection,
lists by sets and comparisons of text. Only oddly written URLs go through the project's own
canonicaliser. Docs: docs/rules.md, docs/auditing.md.

    python -m benchmarks.oracle FOLDER AUDIT [--sample 200000]

judges rows of the corpus in FOLDER and compares them with the audit in the folder AUDIT.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from audit.declaration import read_declaration
from benchmarks.audited import audited
from benchmarks.oracle_lists import listing
from benchmarks.oracle_pages import pages
from benchmarks.oracle_places import NOWHERE, placed
from benchmarks.oracle_timeline import FRESH, POSSIBLY, Act, around, state
from benchmarks.oracle_world import known_of
from provenance.agents import agents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import duckdb

    from audit.declaration import Declaration
    from benchmarks.oracle_robots import Body
    from benchmarks.oracle_timeline import Around, Seen
    from benchmarks.oracle_world import World

SHOWN = 5


class Difference(NamedTuple):
    """A row of which the judge and the audit say different things."""

    row: int
    url: str
    field: str
    audit: object
    oracle: object


@dataclass(frozen=True, slots=True)
class Oracle:
    """What a row is judged by."""

    world: World
    agents: tuple[str, ...]
    training: frozenset[str]
    declaration: Declaration

    def answer(self, url: str | None, at: datetime | None) -> dict[str, object]:
        """Return what the audit has to say of the row."""
        place = placed(url)
        collection = self.declaration.collection
        act = Act(at, at)
        if at is None and collection:
            act = Act(collection.lo, collection.hi)
        if place is None:
            place = NOWHERE
        key = place.authority
        found = around(self.world.robots.get(key, ()), act)
        seen = pages(self.world.pages.get(key, {}), place.path, act)
        listed = listing(
            self.world, place.host, place.port, place.path, act, self.declaration.last_later_act
        )
        failed = _failure(self.world, key, found, act)
        return {
            "readable": bool(place.host),
            **self._robots(found, place.asked, act),
            **{name: value for name, value in seen._asdict().items() if name != "captures"},
            **listed._asdict(),
            "robots_unreachable": failed is not None,
            "captures": _captures(found) | seen.captures
            | ({("robots_unreachable", failed)} if failed is not None else set()),
        }  # fmt: skip

    def _robots(self, found: Around[Body | None], path: str, act: Act) -> dict[str, object]:
        def refused(body: Body | None) -> frozenset[str]:
            return body.refused(self.agents, path) if body else frozenset()

        def by_training(body: Body | None) -> bool:
            return bool(refused(body) & self.training)

        def by_self(body: Body | None) -> bool:
            return self.declaration.agent in refused(body)

        ai, own = state(found, act, by_training), state(found, act, by_self)
        later = found.after is not None and ai.basis == "after_only"
        return {
            "robots": _in_words(ai.value, ai.basis),
            "basis": ai.basis,
            "robots_self": own.value,
            "robots_self_basis": own.basis,
            "robots_later": later
            and found.after is not None
            and (by_training(found.after.what) or by_self(found.after.what)),
            "agents_before": refused(found.before.what) if found.before else None,
            "agents_after": refused(found.after.what) if found.after else None,
        }


def oracle(world: World, declaration: Declaration) -> Oracle:
    """Return the judge of *declaration*'s rows by what *world* holds."""
    every = {agent.key: agent.token for agent in agents()}
    every.setdefault(declaration.agent.casefold(), declaration.agent)
    return Oracle(
        world,
        tuple(every.values()),
        frozenset(agent.token for agent in agents() if agent.training),
        declaration,
    )


def differences(
    verdicts: duckdb.DuckDBPyRelation, *, store: Path, declaration: Declaration
) -> list[Difference]:
    """Judge every row of *verdicts* anew and return where the two disagree.

    Args:
        verdicts: rows with their URL, date and verdict, as `benchmarks.audited` joins them.
        store: the store that was audited by.
        declaration: the declaration that was audited by.
    """
    names = verdicts.columns
    rows = verdicts.fetchall()
    where = [dict(zip(names, row, strict=True)) for row in rows]
    hosts = {place.authority for row in where if (place := placed(row["url"]))}
    judge = oracle(known_of(store, hosts), declaration)
    return [found for row in where for found in _compared(judge, row)]


def _compared(judge: Oracle, row: dict[str, Any]) -> list[Difference]:
    said = row | {
        "captures": {(one["role"], one["id"]) for one in row["captures"] or []},
        "entries": set(row["entries"] or []),
        "agents_before": _set(row["agents_before"]),
        "agents_after": _set(row["agents_after"]),
    }
    return [
        Difference(row["row"], row["url"], name, said[name], value)
        for name, value in judge.answer(row["url"], row["collected_at"]).items()
        if said[name] != value
    ]


def _set(agents_: list[str] | None) -> frozenset[str] | None:
    return None if agents_ is None else frozenset(agents_)


def _in_words(value: bool | None, basis: str) -> str:  # noqa: FBT001
    if value is None:
        return "unknown"
    if not value:
        return "not_refused"
    return "possibly_refused" if basis in POSSIBLY else "refused"


def _failure(world: World, key: str, found: Around[Body | None], act: Act) -> int | None:
    """Return the failure of the last day before *act*, or within it, that nothing settles."""
    if act.lo is None or act.hi is None:
        return None
    last = found.before.at if found.before else None
    unsettled = [
        one.capture
        for one in world.failures.get(key, ())
        if act.lo - FRESH <= one.at
        and (one.at < act.hi or one.at == act.lo)
        and not any(
            at >= one.at - FRESH
            for at in (_last_before(world.robots.get(key, ()), one.at), last)
            if at
        )
    ]
    return max(unsettled, default=None)


def _last_before(seen: Sequence[Seen[Body | None]], at: datetime) -> datetime | None:
    return max((one.at for one in seen if one.at <= at), default=None)


def _captures(found: Around[Body | None]) -> frozenset[tuple[str, int]]:
    named = (("robots_before", found.before), ("robots_after", found.after))
    return frozenset((role, one.capture) for role, one in named if one) | frozenset(
        ("robots_during", one.capture) for one in found.within[:SHOWN]
    )


def report(found: list[Difference], rows: int) -> str:
    """Return what was found, in words: how many, in which fields, and some examples."""
    lines = [f"oracle: {len(found):,} differences in {rows:,} rows"]
    lines += [f"  {name}: {count:,}" for name, count in Counter(d.field for d in found).items()]
    lines += [f"  {one}" for one in found[:20]]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Judge rows of an audit anew.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("audit", type=Path)
    parser.add_argument("--sample", type=int, default=200_000)
    asked = parser.parse_args()
    found = judged(asked.corpus, asked.audit, asked.sample)
    print(report(*found))
    sys.exit(bool(found[0]))


def judged(corpus: Path, audit: Path, sample: int) -> tuple[list[Difference], int]:
    """Return the differences in about *sample* rows of *corpus*, and how many were judged."""
    with audited(sorted((corpus / "manifest").glob("*.parquet")), audit, sample) as verdicts:
        declaration = read_declaration(corpus / "dataset.toml")
        found = differences(verdicts, store=corpus / "store.duckdb", declaration=declaration)
        return found, len(verdicts)


if __name__ == "__main__":
    main()
