"""What only the whole manifest can tell: who made most of it, which sites and contents recur.

One pass before the shards are judged, and only where the declaration names a column or a threshold
that asks for it. Memory is bounded as in an audit: groups that do not fit go to the disk.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit.marks import NAMES_CREATOR, column
from provenance.intake.manifest import exact_file, load_statements
from provenance.suffixes import place
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from audit.settings import Question
    from provenance.intake.manifest import Manifest

_COUNTED = ("creator", "person", "digest")
_MOST = 100_000
"""Of contents that recur, so many are kept, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a manifest is made of."""

    rows: int
    creators: tuple[str, ...] = ()
    """Those with at least the declared share of all rows."""
    persons: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    """Contents that stand in it more often than declared."""
    sites: tuple[str, ...] = ()
    """Registrable domains with at least the declared number of rows."""
    captioned: float = 0.0
    """The share of rows whose caption names its creator or a declared token."""


def surveyed(parts: Sequence[Manifest], question: Question) -> Question:
    """Return *question* with what the whole of *parts* tells, where it asks for that.

    Raises:
        InputRefused: a column that the declaration names is not there.
    """
    declared = question.declaration
    if not declared.columns and not declared.thresholds.site_rows:
        return question
    beside = {column(name): said for name, said in declared.columns.items()}
    with ExitStack() as stack, workplace(question.memory) as connection:
        views = []
        for number, part in enumerate(parts):
            if part.url_column:
                file, view = stack.enter_context(exact_file(part.path)), f"dated_{number}"
                for text in load_statements(part, file, zone="UTC", view=view, beside=beside):
                    connection.execute(text)
                views.append(f"SELECT url, {', '.join(['lo', *beside])} FROM {view}")  # noqa: S608
        if not views:
            return replace(question, survey=Survey(0))
        connection.execute(f"CREATE TEMP VIEW every AS {' UNION ALL '.join(views)}")
        return replace(question, survey=_counted(connection, question))


def _counted(connection: duckdb.DuckDBPyConnection, question: Question) -> Survey:
    declared, limits = question.declaration, question.declaration.thresholds
    groups = {name: column(name) for name in _COUNTED if name in declared.columns}
    if limits.site_rows:
        groups["host"] = "lower(split_part(split_part(url, '/', 3), ':', 1))"
    named = NAMES_CREATOR.format(
        caption=column("caption") if "caption" in declared.columns else "NULL",
        creator=column("creator") if "creator" in declared.columns else "NULL",
    )
    connection.execute(
        "SET VARIABLE caption_tokens = ?::VARCHAR[]",
        [[token.lower() for token in declared.caption_tokens]],
    )
    kept = "".join(f"{sql} AS {name}, " for name, sql in groups.items())
    sets = ", ".join(f"({name})" for name in groups) + ", " * bool(groups) + "()"
    which = "".join(f"{name}, " for name in groups)
    number = f"grouping({', '.join(groups)})" if groups else "0"
    connection.execute(
        f"CREATE TEMP TABLE counted AS SELECT {which}count(*) AS row_count,"  # noqa: S608
        f" count(*) FILTER (named) AS captioned, {number} AS kind"
        f" FROM (SELECT {kept}coalesce({named}, FALSE) AS named FROM every)"
        f" GROUP BY GROUPING SETS ({sets})"
        f" HAVING row_count >= {limits.repeats} OR {number} <> {_kind('digest', groups)}"
    )
    whole = 2 ** len(groups) - 1 if groups else 0
    ((rows, captioned),) = connection.execute(
        "SELECT row_count, captioned FROM counted WHERE kind = ?", [whole]
    ).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    bounds = {
        "creator": limits.creator_share * rows, "person": limits.creator_share * rows,
        "digest": limits.repeats,
    }  # fmt: skip
    for name in bounds:
        if name in groups:
            found[f"{name}s"] = tuple(
                text
                for (text,) in connection.execute(
                    f"SELECT {name} FROM counted WHERE kind = ? AND {name} <> ''"  # noqa: S608
                    f" AND row_count >= ? ORDER BY row_count DESC, {name} LIMIT {_MOST}",
                    [_kind(name, groups), bounds[name]],
                ).fetchall()
            )
    if limits.site_rows:
        found["sites"] = _heavy_sites(connection, limits.site_rows, _kind("host", groups))
    return Survey(rows, captioned=captioned / rows if rows else 0.0, **found)


def _kind(name: str, groups: dict[str, str]) -> int:
    """Return what GROUPING says of the set of the one column *name*; -1: it is not counted."""
    names = list(groups)
    if name not in names:
        return -1
    return (1 << len(names)) - 1 - (1 << (len(names) - 1 - names.index(name)))


def _heavy_sites(connection: duckdb.DuckDBPyConnection, least: int, kind: int) -> tuple[str, ...]:
    """Return the sites with so many rows; only hosts below a name with as many are looked up."""
    hosts = connection.execute(
        "WITH of_name AS (SELECT host, row_count,"
        " array_to_string(string_split(host, '.')[-2:], '.') AS name"
        " FROM counted WHERE kind = ? AND host <> '')"
        " SELECT host, row_count FROM of_name SEMI JOIN (SELECT name FROM of_name GROUP BY name"
        " HAVING sum(row_count) >= ?) AS heavy USING (name)",
        [kind, least],
    ).fetchall()
    counts: dict[str, int] = {}
    for host, count in hosts:
        site = place(host).site
        counts[site] = counts.get(site, 0) + count
    return tuple(sorted(site for site, count in counts.items() if site and count >= least))
