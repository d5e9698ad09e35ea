"""From a date of any kind to the SQL of its interval [lo, hi) in UTC."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from provenance.manifests import quoted

_WIDEST = "INTERVAL 28 DAY"
"""For a crawl that the table does not know. Since 2016 crawls began 19 to 1 days before the Monday
of the ISO week they are named by, and ended between 5 days before it and 7 after; this is wider."""


@dataclass(frozen=True, slots=True)
class Interval:
    """SQL for when a row's date says the row was collected."""

    has_date: str
    lo: str
    hi: str
    first: tuple[str, ...] = ()
    """Statements that have to run before."""


def holds_dates(kind: str) -> bool:
    """Whether a column of that DuckDB type may hold dates."""
    return kind.startswith(("TIMESTAMP", "DATE", "VARCHAR")) and not kind.endswith("]")


def interval(column: str, kind: str, *, zone: str, names_crawl: bool = False) -> Interval:
    """Return the interval of the SQL expression *column*, which has the DuckDB type *kind*.

    A date without a time of day is the whole day or month in *zone*; 14 digits are a moment of UTC
    (CDX); a crawl's name is the window of that crawl.
    """
    if names_crawl:
        return _crawl(column)
    return Interval(f"{column} IS NOT NULL", *_moments(column, kind, zone))


def dated_view(name: str, when: Interval, *, columns: str, source: str, also: str = "") -> str:
    """Return the SQL of a view: *columns* of *source*, has_date, lo and hi, and *also*."""
    return (
        f"CREATE TEMP VIEW {name} AS SELECT * REPLACE ("  # noqa: S608
        "CASE WHEN isfinite(lo) THEN lo END AS lo, CASE WHEN isfinite(hi) THEN hi END AS hi) FROM "
        f"(SELECT {columns}, {when.has_date} AS has_date, {when.lo} AS lo, {when.hi} AS hi{also} "
        f"FROM {source})"
    )


def _moments(column: str, kind: str, zone: str) -> tuple[str, str]:
    in_zone = f"({{}} AT TIME ZONE {quoted(zone)}) AT TIME ZONE 'UTC'"
    if kind.startswith(("TIMESTAMP WITH", "TIMESTAMPTZ")):  # the second of nanoseconds
        moment = f"({column} AT TIME ZONE 'UTC')::TIMESTAMP"
        return moment, moment
    if kind in {"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"} and zone == "UTC":
        return f"{column}::TIMESTAMP", f"{column}::TIMESTAMP"
    if kind.startswith("TIMESTAMP"):
        moment = in_zone.format(f"{column}::TIMESTAMP")
        return moment, moment
    if kind == "DATE":
        return in_zone.format(f"{column}::TIMESTAMP"), in_zone.format(f"({column} + 1)::TIMESTAMP")
    return _text(column, in_zone)


def _text(column: str, in_zone: str) -> tuple[str, str]:
    column = f"trim({column})"
    day = f"try_strptime({column}, '%Y-%m-%d')"
    month = f"try_strptime({column} || '-01', '%Y-%m-%d')"
    zoned = f"regexp_matches({column}, '(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$')"
    moment = (
        f"CASE WHEN {zoned} THEN (try_cast({column} AS TIMESTAMPTZ) AT TIME ZONE 'UTC') "
        f"ELSE {in_zone.format(f'try_cast({column} AS TIMESTAMP)')} END"
    )

    def shaped(length: int, pattern: str) -> str:
        # Most texts have another length, and a length costs less than a pattern.
        return f"length({column}) = {length} AND regexp_full_match({column}, '{pattern}')"

    def at(days: str, months: str) -> str:
        return (
            f"CASE WHEN {shaped(10, '[0-9]{4}-[0-9]{2}-[0-9]{2}')} "
            f"THEN {in_zone.format(f'({day}{days})')} "
            f"WHEN {shaped(7, '[0-9]{4}-[0-9]{2}')} THEN {in_zone.format(f'({month}{months})')} "
            f"WHEN {shaped(14, '[0-9]{14}')} THEN try_strptime({column}, '%Y%m%d%H%M%S') "
            # A moment only where a time of day is written: `2025/01/31` is no midnight.
            f"WHEN regexp_matches({column}, '[0-9]:[0-9]') THEN {moment} END"
        )

    return at("", ""), at(" + INTERVAL 1 DAY", " + INTERVAL 1 MONTH")


def _crawl(column: str) -> Interval:
    """Return the window of the crawl that *column* names; a row that names none has no date."""
    shape = "'(CC-MAIN-[0-9]{4}(-[0-9]{4}|-[0-9]{2})?)([^0-9]|$)'"
    name = f"regexp_extract({column}, {shape}, 1)"
    monday = f"try_strptime(substr({name}, 9) || '-1', '%G-%V-%u')"
    known = f"FROM crawl_window w WHERE w.crawl = {name}"
    return Interval(
        has_date=f"coalesce(regexp_matches({column}, {shape}), FALSE)",
        lo=f"coalesce((SELECT w.lo {known}), {monday} - {_WIDEST})",
        hi=f"coalesce((SELECT w.hi {known}), {monday} + {_WIDEST})",
        first=(_crawl_table(),),
    )


@cache
def _crawl_table() -> str:
    lines = resources.files("provenance.manifests").joinpath("crawl_windows.csv").read_text("utf-8")
    known = csv.DictReader(line for line in lines.splitlines() if not line.startswith("#"))
    values = ", ".join(
        f"({quoted(row['crawl'])}, TIMESTAMP '{row['first']}', "
        f"TIMESTAMP '{row['last']}' + INTERVAL 2 DAY)"
        for row in known
    )
    return f"CREATE OR REPLACE TEMP TABLE crawl_window AS FROM (VALUES {values}) w(crawl, lo, hi)"
