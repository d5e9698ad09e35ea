"""Two finished audits compared row by row; rows of files that only one of them is of, by site.

from audit.comparing.compare import compare

comparison = compare(Path("monday"), Path("friday"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.comparing.causes import find_causes
from audit.comparing.comparison import (
    WAYS,
    Change,
    Comparison,
    Lone,
    Move,
    RuleChange,
    Run,
    SiteChange,
    SiteCount,
    WholeChange,
)
from audit.comparing.differing import differences
from audit.comparing.rows import compare_rows, count_lone, lay_side_by_side, resolve
from audit.comparing.sides import aligned, read_side
from audit.rules import LEVELS, reaching
from audit.sites import find_sites
from provenance.defaults import AUDIT_MEMORY
from provenance.errors import UsageRefused
from provenance.statements import statement
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import duckdb

    from audit.comparing.sides import Piece, Side, Stretch

_NAMED = (
    "SELECT host FROM (FROM (SELECT host, sealed FROM memory.explained)"
    " UNION ALL FROM (SELECT host, sealed FROM memory.lone_row))"
    " WHERE host IS NOT NULL GROUP BY host HAVING NOT bool_or(sealed)"
)
"""Hosts that may be named."""


def compare(
    before: Path, after: Path, *, gate: str = "high", shown: int = 20, memory: str = AUDIT_MEMORY
) -> Comparison:
    """Return what changed between the audits in two folders.

    Args:
        before: the earlier one.
        after: the later one.
        gate: the level from which a row counts as reached.
        shown: of how many sites it is told.
        memory: how much is held before it spills to disk.

    Raises:
        InputRefused: a folder holds no finished audit, or its snapshot is gone.
        UsageRefused: it is the same folder twice.
    """
    if before.resolve() == after.resolve():
        raise UsageRefused(
            str(after), "the same audit twice", "name the one before and the one after"
        )
    old, new = read_side(before), read_side(after)
    stretches, gone, came = aligned(old, new)
    with workplace(memory) as connection:
        _declare(connection, gate, shown)
        lay_side_by_side(connection, old, new, stretches)
        count_lone(connection, (("before", old, gone), ("after", new, came)))
        facts = [
            resolve(connection, name, side) for name, side in (("before", old), ("after", new))
        ]
        compare_rows(connection)
        find_causes(connection, old, new, facts[0] if facts[0] == facts[1] else None)
        connection.execute(statement("audit", "comparing/lone_rows"))
        find_sites(connection, _NAMED)
        return _comparison(connection, old, new, gate, (stretches, gone, came))


def _declare(connection: duckdb.DuckDBPyConnection, gate: str, shown: int) -> None:
    reached = [] if gate == "never" else sorted(reaching(gate))
    for name, kind, value in (
        ("levels", "VARCHAR[]", list(LEVELS)), ("ways", "VARCHAR[]", list(WAYS)),
        ("reaching", "VARCHAR[]", reached), ("shown", "INTEGER", shown),
    ):  # fmt: skip
        connection.execute(f"SET VARIABLE {name} = ?::{kind}", [value])


def _comparison(
    connection: duckdb.DuckDBPyConnection,
    old: Side,
    new: Side,
    gate: str,
    aligned: tuple[Sequence[Stretch], Sequence[Piece], Sequence[Piece]],
) -> Comparison:
    stretches, gone, came = aligned
    moves = tuple(Move(*row) for row in _all(connection, "moves"))
    changes = tuple(
        Change(way, tuple(causes), rows, tuple(first))
        for way, causes, rows, first in _all(connection, "changes")
    )
    sites = _all(connection, "sites")
    lone = {"before": _lone(connection, "before", gone), "after": _lone(connection, "after", came)}
    reached = frozenset() if gate == "never" else reaching(gate)
    whole = tuple(_of_whole(old, new))
    return Comparison(
        before=_run(old),
        after=_run(new),
        gate=gate,
        differences=differences(old, new),
        files=len({one.file for one in stretches}),
        rows=sum(one.count for one in stretches),
        unchanged=sum(one.count for one in stretches) - sum(one.rows for one in changes),
        changes=changes,
        moves=tuple(move for move in moves if move.before != move.after),
        rules=tuple(
            one
            for one in (RuleChange(*row) for row in _all(connection, "rules"))
            if one.came or one.went or one.untold_came or one.untold_went
        ),
        sites=tuple(_site(row) for row in sites),
        sites_changed=sites[0][-1] if sites else 0,
        gone=lone["before"],
        came=lone["after"],
        lone_sites=tuple(SiteCount(*row) for row in _all(connection, "lone_sites")),
        reached=sum(
            move.rows for move in moves if move.after in reached and move.before not in reached
        )
        + sum(rows for level, rows in lone["after"].levels.items() if level in reached),
        of_dataset=whole,
        reached_of_dataset=tuple(
            one.rule for one in whole if one.after in reached and one.before not in reached
        ),
    )


def _of_whole(old: Side, new: Side) -> Iterator[WholeChange]:
    """Yield the rules about the dataset as a whole that come to something else, by id."""
    of_dataset = {
        rule["id"]
        for side in (old, new)
        for rule in side.said["rules"]
        if rule.get("about") == "dataset"
    }
    for rule in sorted(of_dataset):
        before, after = (
            side.whole.get(rule) or ("unasked" if rule in side.unasked else None)
            for side in (old, new)
        )
        if before != after:
            yield WholeChange(rule, before, after)


def _lone(connection: duckdb.DuckDBPyConnection, side: str, pieces: Sequence[Piece]) -> Lone:
    levels = dict(
        connection.execute(
            "SELECT level, sum(row_count)::BIGINT FROM lone_row WHERE side = ? GROUP BY level",
            [side],
        ).fetchall()
    )
    rules = connection.execute(
        "SELECT rule, sum(row_count)::BIGINT FROM (SELECT unnest(rules) AS rule, row_count"
        " FROM lone_row WHERE side = ?) GROUP BY rule ORDER BY rule",
        [side],
    ).fetchall()
    return Lone(
        files=tuple(dict.fromkeys(piece.file for piece in pieces)),
        rows=sum(piece.count for piece in pieces),
        levels={level: levels[level] for level in reversed(LEVELS) if level in levels},
        rules=dict(rules),
    )


def _site(row: tuple[Any, ...]) -> SiteChange:
    site, riskier, untold, cured, told, other, rules, _ = row
    return SiteChange(site, riskier, untold, cured, told, other, tuple(rules))


def _run(side: Side) -> Run:
    said = side.said
    return Run(side.folder.name, said["made_at"], said["version"], said["rows"], said["levels"])


def _all(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[Any, ...]]:
    return connection.execute(statement("audit", f"comparing/{name}")).fetchall()
