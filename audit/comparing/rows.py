"""The verdicts of two audits laid side by side; only what is distinct of them is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.folder import table
from audit.gathering import exact_folder, gathered
from audit.snapshot import at_hand
from audit.statements import run
from provenance.manifests import identifier, quoted
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import duckdb

    from audit.comparing.sides import Piece, Side, Stretch

_OWN = frozenset({
    "shard", "fact_id", "level", "confidence", "rules", "untold", "unobserved", "row_count",
    "first_rows", "refused_before", "refused_after",
})  # fmt: skip
"""Columns of the facts of a shard that rules do not speak of."""


def lay_side_by_side(
    connection: duckdb.DuckDBPyConnection,
    before: Side,
    after: Side,
    stretches: Sequence[Stretch],
) -> None:
    """Fill `pair`: how many rows have which numbers in both audits, and three of them."""
    connection.execute(
        "CREATE TEMP TABLE pair (before_shard INTEGER, before_state INTEGER, before_fact INTEGER,"
        " after_shard INTEGER, after_state INTEGER, after_fact INTEGER, row_count BIGINT,"
        " first_rows BIGINT[])"
    )
    firsts = _first_rows(after)
    with exact_folder(before.folder) as old, exact_folder(after.folder) as new:
        for one in stretches:
            connection.execute(
                f"INSERT INTO pair SELECT {one.before[0]:d}, said.state, said.fact,"  # noqa: S608
                f" {one.after[0]:d}, now.state, now.fact, count(*),"
                f" list_transform(min(now.nth, 3), lambda nth: nth + {firsts[one.after[0]]:d})"
                f" FROM ({_verdicts(old, one.before, one.count)}) AS said"
                f" JOIN ({_verdicts(new, one.after, one.count)}) AS now"
                f" ON now.nth - {one.after[1]:d} = said.nth - {one.before[1]:d}"
                " GROUP BY said.state, said.fact, now.state, now.fact"
            )
    ((laid,),) = connection.execute(
        "SELECT coalesce(sum(row_count), 0)::BIGINT FROM pair"
    ).fetchall()
    if laid != sum(one.count for one in stretches):
        message = f"{laid} rows were laid side by side, which is not all of them"
        raise RuntimeError(message)


def count_lone(
    connection: duckdb.DuckDBPyConnection, sides: Iterable[tuple[str, Side, Sequence[Piece]]]
) -> None:
    """Fill `lone`: how many rows of files that only one audit is of have which numbers."""
    connection.execute(
        "CREATE TEMP TABLE lone"
        " (side VARCHAR, shard INTEGER, state INTEGER, fact INTEGER, row_count BIGINT)"
    )
    for name, side, pieces in sides:
        with exact_folder(side.folder) as place:
            for one in pieces:
                rows = _verdicts(place, (one.shard, one.at), one.count)
                connection.execute(
                    f"INSERT INTO lone SELECT '{name}', {one.shard:d}, state, fact, count(*)"  # noqa: S608
                    f" FROM ({rows}) GROUP BY state, fact"
                )


def resolve(connection: duckdb.DuckDBPyConnection, name: str, side: Side) -> frozenset[str]:
    """Make the tables of *side* that say what its numbers stand for; return its fact columns."""
    with at_hand(connection, side.snapshot), gathered(connection, side.folder, side.shards):
        columns = [row[0] for row in connection.execute("DESCRIBE shard_facts").fetchall()]
        facts = sorted(set(columns) - _OWN)
        packed = ", ".join(f"{quoted(one)}: {identifier(one)}" for one in facts)
        text = statement("audit", "comparing/answers")
        connection.execute(text.replace("{side}", name).replace("{facts}", f"{{{packed}}}"))
    return frozenset(facts)


def compare_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `compared` and `changed` of what was resolved."""
    run(connection, "comparing/changed")


def _verdicts(place: Path, start: tuple[int, int], count: int) -> str:
    shard, at = start
    file = quoted(str(table(place, "verdicts", shard)))
    return (
        f"SELECT state, fact, file_row_number AS nth FROM read_parquet({file},"  # noqa: S608
        f" file_row_number = true) WHERE file_row_number >= {at:d}"
        f" AND file_row_number < {at + count:d}"
    )


def _first_rows(side: Side) -> dict[int, int]:
    """Return the number of each shard's first row in the whole."""
    found, row = {}, 0
    for shard in side.shards:
        found[shard.number] = row
        row += shard.row_count
    return found
