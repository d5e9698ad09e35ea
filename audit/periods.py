"""Refusals among the sources over time, held against when the rows were collected."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from audit.collected import DAY, MONTH, MOST_DAYS, YEAR, cut
from audit.summary import Period
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

_FORMATS = {DAY: "%Y-%m-%d", MONTH: "%Y-%m", YEAR: "%Y"}
_MOST_MONTHS = 60
_MONTHS = 12


def periods(connection: duckdb.DuckDBPyConnection, collected: dict[str, int]) -> tuple[Period, ...]:
    """Return days, months or years without a gap, from the first that is known of to the last.

    Args:
        connection: where an audit is gathered, with its snapshot at hand.
        collected: rows by day or month.
    """
    ((first, last),) = connection.execute(
        "SELECT strftime(min(first_capture), '%Y-%m-%d'), strftime(max(last_capture), '%Y-%m-%d')"
        " FROM host_seen WHERE host_id IN (SELECT host_id FROM shard_tally)"
    ).fetchall()
    ends = sorted([*collected, *(day for day in (first, last) if day)])
    if not ends:
        return ()
    length = _length(ends)
    connection.execute("SET VARIABLE period = ?", [_FORMATS[length]])
    found = connection.execute(statement("audit", "summary/periods")).fetchall()
    changes = {name: (seen, refusing) for name, seen, refusing in found}
    rows = cut(collected, length)
    return tuple(_told(ends[0], ends[-1], length, changes, rows))


def _length(ends: list[str]) -> int:
    """Return which names are fine enough, and few enough to be read."""
    first, last = ends[0], ends[-1]
    if all(len(one) == DAY for one in ends):
        between = date.fromisoformat(last) - date.fromisoformat(first)
        if between.days < MOST_DAYS:
            return DAY
    return MONTH if _month(last) - _month(first) < _MOST_MONTHS else YEAR


def _told(
    first: str,
    last: str,
    length: int,
    changes: dict[str, tuple[int, int]],
    rows: dict[str, int],
) -> Iterator[Period]:
    observed = refusing = 0
    for name in _names(first, last, length):
        seen, more = changes.get(name, (0, 0))
        observed, refusing = observed + seen, refusing + more
        yield Period(name, observed, refusing, rows.get(name, 0))


def _names(first: str, last: str, length: int) -> Iterator[str]:
    """Yield the days, months or years from one to the other."""
    if length == DAY:
        ends = (date.fromisoformat(one).toordinal() for one in (first, last))
        start, end = ends
        yield from (date.fromordinal(day).isoformat() for day in range(start, end + 1))
    elif length == MONTH:
        for month in range(_month(first), _month(last) + 1):
            yield f"{month // _MONTHS:04}-{month % _MONTHS + 1:02}"
    else:
        yield from (f"{year:04}" for year in range(int(first[:YEAR]), int(last[:YEAR]) + 1))


def _month(name: str) -> int:
    return int(name[:YEAR]) * _MONTHS + int(name[YEAR + 1 : MONTH]) - 1
