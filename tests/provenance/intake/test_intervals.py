"""Dates of rows, of every type and spelling, become the interval in which a row was collected."""

from __future__ import annotations

from functools import cache
from typing import Any

import duckdb
import pytest

from provenance.intake.intervals import dated_view, holds_dates, interval

TOKYO, UTC = "Asia/Tokyo", "UTC"
NONE = (None, None)
CRAWL = "CC-MAIN-2024-10"


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect().execute("SET TimeZone = 'America/New_York'")


def dated(said: str, kind: str, zone: str = UTC, *, names_crawl: bool = False) -> tuple[Any, ...]:
    """Return has_date, lo and hi, as texts, of the SQL *said*, cast to *kind*."""
    when = interval("said", kind, zone=zone, names_crawl=names_crawl)
    connection = _database()
    for one in when.first:
        connection.execute(one)
    source = f"(SELECT ({said})::{kind} AS said)"
    connection.execute("DROP VIEW IF EXISTS dated")
    connection.execute(dated_view("dated", when, columns="said", source=source, also=", 7 AS also"))
    ((*found, also),) = connection.execute(
        "SELECT has_date, lo::VARCHAR, hi::VARCHAR, also FROM dated"
    ).fetchall()
    assert also == 7
    return tuple(found)


@pytest.mark.parametrize(
    ("said", "lo", "hi"),
    [
        ("2024-02-10", "2024-02-09 15:00:00", "2024-02-10 15:00:00"),
        (" 2024-02-10 ", "2024-02-09 15:00:00", "2024-02-10 15:00:00"),
        ("2024-12", "2024-11-30 15:00:00", "2024-12-31 15:00:00"),
        ("20240210123456", "2024-02-10 12:34:56", "2024-02-10 12:34:56"),
        ("2024-02-10T12:34:56", "2024-02-10 03:34:56", "2024-02-10 03:34:56"),
        ("2024-02-10 12:34", "2024-02-10 03:34:00", "2024-02-10 03:34:00"),
        ("2024-02-10T12:34:56Z", "2024-02-10 12:34:56", "2024-02-10 12:34:56"),
        ("2024-02-10 12:34:56+02", "2024-02-10 10:34:56", "2024-02-10 10:34:56"),
        ("2024-02-10 12:34:56-02:30", "2024-02-10 15:04:56", "2024-02-10 15:04:56"),
    ],
)
def test_a_text_is_a_day_a_month_or_a_moment_of_the_zone(said: str, lo: str, hi: str) -> None:
    assert dated(f"'{said}'", "VARCHAR", TOKYO) == (True, lo, hi)


@pytest.mark.parametrize(
    "said",
    ["soon", "2024", "2024-13", "2024-02-30", "2024/02/10", "20240210", "20241310123456",
     "x2024-02-10", "2024-2-1", "12345678901234", ""],
)  # fmt: skip
def test_another_text_is_told_as_a_date_that_cannot_be_read(said: str) -> None:
    assert dated(f"'{said}'", "VARCHAR", TOKYO) == (True, None, None)


@pytest.mark.parametrize(
    ("kind", "zone", "lo", "hi"),
    [
        ("TIMESTAMP", UTC, "2024-02-10 12:00:00", "2024-02-10 12:00:00"),
        ("TIMESTAMP", TOKYO, "2024-02-10 03:00:00", "2024-02-10 03:00:00"),
        ("TIMESTAMP_S", TOKYO, "2024-02-10 03:00:00", "2024-02-10 03:00:00"),
        ("TIMESTAMP_MS", UTC, "2024-02-10 12:00:00", "2024-02-10 12:00:00"),
        ("TIMESTAMP_NS", UTC, "2024-02-10 12:00:00", "2024-02-10 12:00:00"),
        ("DATE", UTC, "2024-02-10 00:00:00", "2024-02-11 00:00:00"),
        ("DATE", TOKYO, "2024-02-09 15:00:00", "2024-02-10 15:00:00"),
    ],
)
def test_a_time_without_a_zone_is_one_of_the_zone_that_is_named(
    kind: str, zone: str, lo: str, hi: str
) -> None:
    assert dated("TIMESTAMP '2024-02-10 12:00:00'", kind, zone) == (True, lo, hi)
    assert dated("NULL", kind, zone) == (False, *NONE)


@pytest.mark.parametrize("kind", ["TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"])
def test_a_time_with_a_zone_needs_none(kind: str) -> None:
    moment = "2024-02-10 12:00:00"

    assert dated(f"TIMESTAMPTZ '{moment}+00'", kind, TOKYO) == (True, moment, moment)


def test_what_never_ends_is_no_moment() -> None:
    assert dated("TIMESTAMP 'infinity'", "TIMESTAMP") == (True, *NONE)
    assert dated("TIMESTAMP '-infinity'", "TIMESTAMP") == (True, *NONE)


@pytest.mark.parametrize(
    ("said", "lo", "hi"),
    [
        # As the table says: from its first day to the end of the day after its last.
        (CRAWL, "2024-02-20 00:00:00", "2024-03-07 00:00:00"),
        (f"crawl-data/{CRAWL}/segments/1", "2024-02-20 00:00:00", "2024-03-07 00:00:00"),
        # A crawl that it does not know: four weeks around its Monday.
        ("CC-MAIN-2031-05", "2030-12-30 00:00:00", "2031-02-24 00:00:00"),
    ],
)
def test_the_name_of_a_crawl_is_its_window(said: str, lo: str, hi: str) -> None:
    assert dated(f"'{said}'", "VARCHAR", TOKYO, names_crawl=True) == (True, lo, hi)


@pytest.mark.parametrize("said", ["CC-NEWS-2024-10", "CC-MAIN-20241", "2024-02-10"])
def test_what_names_no_crawl_is_no_date(said: str) -> None:
    assert dated(f"'{said}'", "VARCHAR", names_crawl=True) == (False, *NONE)
    assert dated("NULL", "VARCHAR", names_crawl=True) == (False, *NONE)


def test_a_crawl_of_no_week_is_a_date_that_cannot_be_read() -> None:
    assert dated("'CC-MAIN-2024-100'", "VARCHAR", names_crawl=True) == (True, *NONE)


@pytest.mark.parametrize(
    ("kind", "holds"),
    [("VARCHAR", True), ("DATE", True), ("TIMESTAMP_NS", True), ("TIMESTAMP[]", False),
     ("BIGINT", False), ("STRUCT(d DATE)", False)],
)  # fmt: skip
def test_dates_stand_in_columns_of_dates_and_texts(kind: str, *, holds: bool) -> None:
    assert holds_dates(kind) is holds


def test_a_column_names_no_crawl_and_a_view_has_no_more_unless_it_is_said() -> None:
    when = interval("said", "DATE", zone=UTC)

    assert when == interval("said", "DATE", zone=UTC, names_crawl=False)
    made = dated_view("plain", when, columns="said", source="(SELECT DATE '2024-02-10' AS said)")
    _database().execute(made)
    names = [row[0] for row in _database().execute("DESCRIBE plain").fetchall()]
    assert names == ["said", "has_date", "lo", "hi"]
