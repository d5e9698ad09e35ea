"""The macros of Table A and B one by one, with every answer they give."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from audit.statements import run

if TYPE_CHECKING:
    from collections.abc import Iterator

ACT = datetime(2024, 2, 10)  # noqa: DTZ001
NOTHING = "SQL NULL::TIMESTAMP"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)
TIMINGS = ("undated", "inside", "never", "after", "fresh", "near", "far", "carried", "stale")
BASES = (
    "no_collection_date", "never_observed", "after_only", "inside_window", "contemporaneous",
    "carried", "carried_stale", "changed_between", "bracketed", "bracketed_wide",
)  # fmt: skip


@pytest.fixture(scope="module")
def macros() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(
            "SET VARIABLE fresh = INTERVAL 1 DAY; SET VARIABLE bracket = INTERVAL 90 DAY;"
            " SET VARIABLE carry = INTERVAL 30 DAY;"
            " SET VARIABLE access_agents = ['CCBot', 'GPTBot']"
        )
        run(connection, "timing")
        yield connection


def said(macros: duckdb.DuckDBPyConnection, macro: str, *values: Any) -> Any:
    """Return what *macro* says of *values*; a text of SQL stands as it is."""
    marks = [one[4:] if str(one).startswith("SQL ") else "?" for one in values]
    given = [one for one in values if not str(one).startswith("SQL ")]
    return macros.execute(f"SELECT {macro}({', '.join(marks)})", given).fetchall()[0][0]


@pytest.mark.parametrize(
    ("hi", "p_at", "n_at", "flips", "timing"),
    [
        (0 * DAY, None, None, False, "never"),
        (0 * DAY, None, DAY, False, "after"),
        (0 * DAY, None, DAY, True, "inside"),
        (0 * DAY, -DAY, DAY, False, "fresh"),
        (HOUR, -DAY, 80 * DAY, False, "near"),
        (0 * DAY, -DAY - SECOND, 89 * DAY - SECOND, False, "near"),
        (0 * DAY, -DAY - SECOND, 89 * DAY, False, "far"),
        (0 * DAY, -30 * DAY, None, False, "carried"),
        (SECOND, -30 * DAY, None, False, "stale"),
        (0 * DAY, -30 * DAY - SECOND, None, False, "stale"),
    ],
)
def test_a_timing_is_told_by_the_distances(
    macros: duckdb.DuckDBPyConnection,
    hi: timedelta,
    p_at: timedelta | None,
    n_at: timedelta | None,
    flips: bool,
    timing: str,
) -> None:
    around = [NOTHING if one is None else ACT + one for one in (p_at, n_at)]

    assert said(macros, "timing_of", ACT, ACT + hi, *around, flips) == timing
    assert said(macros, "timing_of", NOTHING, ACT, *around, flips) == "undated"


YES, NO, OPEN = True, False, None
STATES = {
    # timing: what p and n come to, for (yes, yes), (yes, no), (yes, open), (no, yes), (no, no),
    # (no, open), (open, yes), (open, no), (open, open)
    "undated": (OPEN,) * 9,
    "never": (OPEN,) * 9,
    "after": (OPEN,) * 9,
    "inside": (YES, YES, YES, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN),
    "fresh": (YES, YES, YES, NO, NO, NO, OPEN, OPEN, OPEN),
    "carried": (YES, YES, YES, NO, NO, NO, OPEN, OPEN, OPEN),
    "stale": (YES, YES, YES, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN),
    "near": (YES, YES, OPEN, YES, NO, OPEN, OPEN, OPEN, OPEN),
    "far": (YES, YES, OPEN, YES, OPEN, OPEN, OPEN, OPEN, OPEN),
}


@pytest.mark.parametrize("timing", STATES)
def test_a_state_hangs_on_the_timing_and_what_was_seen_around(
    macros: duckdb.DuckDBPyConnection, timing: str
) -> None:
    pairs = list(product((YES, NO, OPEN), repeat=2))

    found = tuple(said(macros, "state_of", timing, *pair, False) for pair in pairs)

    assert found == STATES[timing]
    inside = tuple(said(macros, "state_of", timing, *pair, True) for pair in pairs)
    assert inside == ((YES,) * 9 if timing == "inside" else found)


def test_a_basis_is_named_after_its_timing(macros: duckdb.DuckDBPyConnection) -> None:
    alike = [said(macros, "basis_of", timing, True, True) for timing in TIMINGS]
    differing = [said(macros, "basis_of", timing, True, False) for timing in TIMINGS]

    assert alike == [
        "no_collection_date", "inside_window", "never_observed", "after_only", "contemporaneous",
        "bracketed", "bracketed_wide", "carried", "carried_stale",
    ]  # fmt: skip
    assert differing == [*alike[:5], "changed_between", "changed_between", *alike[7:]]


def test_every_timing_and_basis_has_a_number_of_its_own_that_fits_beside_the_others(
    macros: duckdb.DuckDBPyConnection,
) -> None:
    assert [said(macros, "timing_number", one) for one in TIMINGS] == list(range(1, 10))
    assert [said(macros, "basis_number", one) for one in BASES] == list(range(1, 11))
    assert [said(macros, "known_number", one) for one in (None, "before", "during", "after")] == [
        0, 1, 2, 3,
    ]  # fmt: skip
    assert [said(macros, "tri", one) for one in (None, False, True)] == [0, 1, 2]


def test_whatever_lists_say_has_a_number_of_its_own(macros: duckdb.DuckDBPyConnection) -> None:
    """Parts of a core: two that were alike would give a row the facts of another."""
    every = list(
        product((True, False), (None, "before", "during", "after"), (None, True, False),
                (None, True, False), (True, False))
    )  # fmt: skip

    found = {said(macros, "listing_number", *one) for one in every}

    assert len(found) == len(every)
    assert all(0 <= one < 144 for one in found)


def test_an_act_is_the_datasets_or_that_of_the_agent_it_names(
    macros: duckdb.DuckDBPyConnection,
) -> None:
    agents = ["CCBot", "GPTBot"]

    assert said(macros, "self_of", False, agents, None) is False
    assert said(macros, "self_of", None, agents, None) is None
    assert said(macros, "self_of", False, agents, "GPTBot") is True
    assert said(macros, "self_of", True, agents, "other") is False
    assert [said(macros, "agent_of", f"SQL {one}") for one in (1, 2, "NULL")] == [*agents, None]


PERIOD = "STRUCT(received_at TIMESTAMP, published_at TIMESTAMP, ended_at TIMESTAMP)"


def periods(macros: duckdb.DuckDBPyConnection, *entries: tuple[str, int, Any, Any]) -> Any:
    """Return the periods of entries: (counts, received, published, ended), in days from the act."""
    rows = [
        (counts, *(None if one is None else ACT + one * DAY for one in days))
        for counts, *days in entries
    ]
    macros.execute(
        "CREATE OR REPLACE TEMP TABLE entry (counts VARCHAR, received TIMESTAMP,"
        " published TIMESTAMP, ended TIMESTAMP)"
    )
    macros.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)
    ((found,),) = macros.execute(
        "SELECT periods_of(counts, received, published, ended) FROM entry"
    ).fetchall()
    return found and [
        tuple(None if one is None else (one - ACT) // DAY for one in period.values())
        for period in found
    ]


def test_entries_that_last_come_to_their_first_receipt_and_publication(
    macros: duckdb.DuckDBPyConnection,
) -> None:
    found = periods(
        macros, ("yes", 3, 2, None), ("yes", 1, None, None), ("yes", 2, 9, None), ("pending", -9, -9, None),
        ("no", -9, -9, 8),
    )  # fmt: skip

    assert found == [(1, 2, None)]


def test_where_one_has_ended_each_period_is_told_once(macros: duckdb.DuckDBPyConnection) -> None:
    found = periods(
        macros, ("yes", 3, 2, None), ("yes", 1, None, 5), ("yes", 1, None, 5),
        ("pending", -9, -9, 8),
    )  # fmt: skip

    assert found == [(1, None, 5), (3, 2, None)]


def test_what_does_not_count_has_no_period(macros: duckdb.DuckDBPyConnection) -> None:
    assert periods(macros, ("pending", 1, 1, None), ("no", 1, 1, 2)) is None


@pytest.mark.parametrize(
    ("moment", "received", "published"),
    [(None, 1, -5), (1, 1, -5), (2, 1, -5), (3, 4, 0), (4, 4, 0), (9, 4, 0)],
)
def test_what_has_ended_counts_for_no_later_moment(
    macros: duckdb.DuckDBPyConnection, moment: int | None, received: int, published: int
) -> None:
    def day(number: int) -> str:
        return f"TIMESTAMP '{ACT + number * DAY}'"

    lists = (
        f"SQL [{{'received_at': {day(1)}, 'published_at': {day(-5)}, 'ended_at': {day(3)}}},"
        f" {{'received_at': {day(4)}, 'published_at': {day(0)}, 'ended_at': NULL}}]::{PERIOD}[]"
    )
    asked = NOTHING if moment is None else ACT + moment * DAY

    assert said(macros, "received_in", lists, asked) == ACT + received * DAY
    assert said(macros, "published_in", lists, asked) == ACT + published * DAY


@pytest.mark.parametrize(
    ("received", "known"),
    [(None, None), (-1, "before"), (0, "during"), (23, "during"), (24, "after"), (25, "after")],
)
def test_knowledge_is_told_against_both_ends_of_the_act(
    macros: duckdb.DuckDBPyConnection, received: int | None, known: str | None
) -> None:
    moment = NOTHING if received is None else ACT + received * HOUR

    assert said(macros, "known_of", moment, ACT, ACT + DAY) == known
    assert said(macros, "known_of", moment, NOTHING, ACT) is None


def test_knowledge_before_a_later_act_needs_a_later_act(macros: duckdb.DuckDBPyConnection) -> None:
    macros.execute("RESET VARIABLE last_later_act")
    assert said(macros, "known_before_later_act_of", NOTHING, NOTHING) is False
    assert said(macros, "known_before_later_act_of", ACT, ACT) is None

    macros.execute(f"SET VARIABLE last_later_act = TIMESTAMP '{ACT}'")
    assert said(macros, "known_before_later_act_of", ACT, ACT) is False
    assert said(macros, "known_before_later_act_of", ACT, ACT - SECOND) is True
    assert said(macros, "known_before_later_act_of", ACT, NOTHING) is False
    assert said(macros, "known_before_later_act_of", NOTHING, ACT - SECOND) is False


def test_a_publication_counts_from_before_the_act(macros: duckdb.DuckDBPyConnection) -> None:
    assert said(macros, "published_before_of", ACT - SECOND, ACT) is True
    assert said(macros, "published_before_of", ACT, ACT) is False
    assert said(macros, "published_before_of", NOTHING, ACT) is False
    assert said(macros, "published_before_of", ACT, NOTHING) is None
