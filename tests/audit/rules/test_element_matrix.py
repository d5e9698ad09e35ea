"""The element matrix of the proviso, Tables A, B and C: every cell by itself (docs/rules.md)."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import duckdb
import pytest

from audit.settings import Limits
from audit.statements import run
from tests.audit.rules.asking import ask

# E1: a measure was there. E2: facts from which a future sale can be inferred. E3: it was avoided.
E1: dict[str, dict[str, Any]] = {
    "yes": {"robots_ai": True},
    "possibly": {
        "robots_ai": True, "robots_ai_basis": "carried_stale", "robots_self_basis": "carried_stale",
    },
    "after only": {
        "robots_ai": None, "robots_self": None, "robots_later": True,
        "robots_ai_basis": "after_only", "robots_self_basis": "after_only",
    },
    "unknown": {
        "robots_ai": None, "robots_self": None, "robots_ai_basis": "never_observed",
        "robots_self_basis": "never_observed",
    },
    "no": {},
}  # fmt: skip
E2 = {"yes": True, "no": False, "unknown": None}
E3 = {"yes": {"robots_self": True}, "unknown": {"agent_known": False}, "no": {}}

LEVELS_OF = {
    # E1, E3: the level for E2 yes, no, unknown
    ("yes", "yes"): ("high", "high", "high"),
    ("yes", "unknown"): ("medium", "medium", "medium"),
    ("yes", "no"): ("medium", "low", "low"),
    ("possibly", "yes"): ("medium", "medium", "medium"),
    ("possibly", "unknown"): ("low", "low", "low"),
    ("possibly", "no"): ("low", "low", "low"),
    ("after only", "yes"): ("low", "low", "low"),
    ("after only", "unknown"): ("low", "low", "low"),
    ("after only", "no"): ("low", "low", "low"),
    ("unknown", "yes"): ("unknown", "unknown", "unknown"),
    ("unknown", "unknown"): ("unknown", "unknown", "unknown"),
    ("unknown", "no"): ("unknown", "unknown", "unknown"),
    ("no", "unknown"): ("info", "info", "info"),
    ("no", "no"): ("info", "info", "info"),
}


def facts(measure: str, sold: str, avoided: str) -> dict[str, Any]:
    told = {**E1[measure], "sold_before": E2[sold], **E3[avoided]}
    if measure in {"after only", "unknown"}:
        told |= {"robots_self": None}  # what nobody saw refused nobody that we know of
    elif avoided == "unknown" and measure != "no":
        told |= {"robots_self": None}
    return told


def test_the_element_matrix_of_the_proviso_holds_cell_by_cell() -> None:
    cells = [(one, sold) for one, sold in product(LEVELS_OF, E2)]

    found = ask(*(facts(measure, sold, avoided) for (measure, avoided), sold in cells))

    assert {cell: one.level for cell, one in zip(cells, found, strict=True)} == {
        (one, sold): LEVELS_OF[one][place]
        for one, (place, sold) in product(LEVELS_OF, enumerate(E2))
    }


def test_that_a_sale_is_likely_changes_no_level_where_a_measure_was_avoided() -> None:
    with_sale, without = ask(facts("yes", "yes", "yes"), facts("yes", "no", "yes"))

    assert with_sale.rules == ("LIC-07", "PRV-01", "PRV-05")
    assert without.rules == ("PRV-01",)
    assert with_sale.level == without.level == "high"


# Table A, on the macros that every audit uses. P and N: what the observations around the act said.

ACT = datetime(2024, 2, 10, 12)  # noqa: DTZ001
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def tables() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET VARIABLE levels = ['info']")
    for name, value in (
        ("fresh", Limits().fresh),
        ("bracket", Limits().bracket),
        ("carry", Limits().carry),
    ):
        connection.execute(f"SET VARIABLE {name} = ?::INTERVAL", [value])
    run(connection, "timing", "marks/macros")
    return connection


def table_a(
    tables: duckdb.DuckDBPyConnection,
    p: tuple[timedelta, bool | None] | None,
    n: tuple[timedelta, bool | None] | None,
    *,
    dated: bool = True,
    flips: bool = False,
) -> tuple[bool | None, str]:
    """Return state and basis; P lies so long before the act, N so long after it."""
    p_said, n_said = p[1] if p else None, n[1] if n else None
    return tables.execute(
        "SELECT state_of(timing, p, n, $any), basis_of(timing, p, n) FROM (SELECT $p::BOOLEAN AS p,"
        " $n::BOOLEAN AS n, timing_of($lo::TIMESTAMP, $lo::TIMESTAMP, $p_at::TIMESTAMP,"
        " $n_at::TIMESTAMP, $flips) AS timing)",
        {
            "lo": ACT if dated else None, "p_at": ACT - p[0] if p else None,
            "n_at": ACT + n[0] if n else None, "p": p_said, "n": n_said, "flips": flips,
            "any": flips,
        },
    ).fetchall()[0]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "p", "n", "state", "basis"),
    [
        ("A1", (23 * HOUR, True), None, True, "contemporaneous"),
        ("A1", (23 * HOUR, False), None, False, "contemporaneous"),
        ("A1", (24 * HOUR, False), (DAY, True), False, "contemporaneous"),
        ("A2", (30 * DAY, True), (60 * DAY, True), True, "bracketed"),
        ("A2", (30 * DAY, False), (60 * DAY, False), False, "bracketed"),
        ("A3", (31 * DAY, True), (60 * DAY, True), True, "bracketed_wide"),
        ("A3", (31 * DAY, False), (60 * DAY, False), None, "bracketed_wide"),
        ("A4", (2 * DAY, True), (2 * DAY, False), True, "changed_between"),
        ("A4", (2 * DAY, False), (2 * DAY, True), True, "changed_between"),
        ("A4", (200 * DAY, False), (200 * DAY, True), True, "changed_between"),
        ("A5", (30 * DAY, True), None, True, "carried"),
        ("A5", (30 * DAY, False), None, False, "carried"),
        ("A6", (31 * DAY, True), None, True, "carried_stale"),
        ("A6", (31 * DAY, False), None, None, "carried_stale"),
        ("A7", None, (HOUR, True), None, "after_only"),
        ("A7", None, (HOUR, False), None, "after_only"),
        ("A8", None, None, None, "never_observed"),
    ],
)
def test_table_a_gives_one_answer_in_each_row(
    tables: duckdb.DuckDBPyConnection,
    row: str,
    p: tuple[timedelta, bool | None] | None,
    n: tuple[timedelta, bool | None] | None,
    state: bool | None,
    basis: str,
) -> None:
    assert table_a(tables, p, n) == (state, basis), row


def test_table_a0_has_no_state_for_an_act_without_a_date(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    assert table_a(tables, (HOUR, True), None, dated=False) == (None, "no_collection_date")


def test_table_a9_is_only_possible_where_the_state_flips_during_the_act(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    assert table_a(tables, (HOUR, False), None, flips=True) == (True, "inside_window")


def test_table_a_never_answers_that_nothing_was_refused_where_that_is_only_possible(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    """Every pair of states and distances: `possibly allowed` is shown as unknown."""
    spans = [HOUR, 24 * HOUR, 25 * HOUR, 29 * DAY, 31 * DAY, 89 * DAY, 200 * DAY]
    seen = [None, *product(spans, (True, False, None))]
    said = [
        (p and ACT - p[0], p and p[1], n and ACT + n[0], n and n[1])
        for p, n in product(seen, seen[:15])
    ]
    tables.execute("CREATE TEMP TABLE around (p_at TIMESTAMP, p BOOL, n_at TIMESTAMP, n BOOL)")
    tables.executemany("INSERT INTO around VALUES (?, ?, ?, ?)", said)
    found = tables.execute(
        "SELECT basis, state, count(*) FROM (SELECT basis_of(timing, p, n) AS basis,"
        " state_of(timing, p, n, FALSE) AS state FROM (SELECT *, timing_of($lo, $lo, p_at, n_at,"
        " FALSE) AS timing FROM around)) GROUP BY ALL",
        {"lo": ACT},
    ).fetchall()

    only_possible = {"bracketed_wide", "changed_between", "carried_stale", "after_only"}
    assert sum(count for _, _, count in found) == len(said)
    assert all(state is not False for basis, state, _ in found if basis in only_possible)


# Table B: knowledge.


@pytest.mark.parametrize(
    ("row", "received", "lo", "hi", "known"),
    [
        ("B1", -DAY, ACT, ACT, "before"),
        ("B2", HOUR, ACT, ACT + DAY, "during"),
        ("B2", timedelta(0), ACT, ACT + DAY, "during"),
        ("B3", DAY, ACT, ACT + DAY, "after"),
        ("B3", timedelta(0), ACT, ACT, "after"),
        ("B9", -DAY, None, None, None),
    ],
)
def test_table_b_starts_the_clock_at_the_receipt(
    tables: duckdb.DuckDBPyConnection,
    row: str,
    received: timedelta,
    lo: datetime | None,
    hi: datetime | None,
    known: str | None,
) -> None:
    ((found,),) = tables.execute("SELECT known_of(?, ?, ?)", [ACT + received, lo, hi]).fetchall()

    assert found == known, row


KNOWLEDGE: list[tuple[str, dict[str, Any], tuple[str, ...], str]] = [
        ("B1", {"listed": True, "known": "before"}, ("PIR-01",), "high"),
        (
            "B2 and a later act", {"listed": True, "known": "during", "known_before_later_act": True},
            ("PIR-01", "PIR-02"), "high",
        ),
        ("B2", {"listed": True, "known": "during"}, ("PIR-01",), "medium"),
        ("B3", {"listed": True, "known": "after"}, ("PIR-03",), "medium"),
        ("B3 and a later act", {"listed": True, "known": "after", "known_before_later_act": True},
         ("PIR-02",), "high"),
        ("B4", {"ended_before": True}, ("PIR-10",), "info"),
        ("B5", {}, ("ENJ-01",), "info"),
        ("B6", {"listed": True, "known": "before"}, ("PIR-01",), "high"),
        ("B7", {"listed": True, "known": "after", "published_before": True},
         ("PIR-03", "PIR-05"), "medium"),
        ("B8", {"unverified": True}, ("PIR-07",), "low"),
        ("B9", {"listed": True, "known": None, "known_before_later_act": None}, (), "unknown"),
]  # fmt: skip


def test_table_b_leads_to_its_rules() -> None:
    found = ask(*(changed for _, changed, _, _ in KNOWLEDGE))

    assert [(row[0], one.rules, one.level) for row, one in zip(KNOWLEDGE, found, strict=True)] == [
        (row, rules, level) for row, _, rules, level in KNOWLEDGE
    ]


# Table C: offers and licences against an act of [lo, hi).

BEGIN, END = ACT, ACT + 10 * DAY


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        ((BEGIN - DAY, END + DAY), "active"),
        ((BEGIN, END), "active"),
        ((BEGIN - DAY, None), "active"),
        ((END, None), "later"),
        ((END + DAY, END + 2 * DAY), "later"),
        ((BEGIN - 9 * DAY, BEGIN), "ended"),
        ((BEGIN + DAY, None), "unclear"),
        ((BEGIN - DAY, BEGIN + DAY), "unclear"),
        ((None, None), "unclear"),
        ((None, BEGIN - DAY), "ended"),
    ],
)
def test_table_c_tells_an_offer_at_the_act_from_one_before_and_after(
    tables: duckdb.DuckDBPyConnection, offer: tuple[datetime | None, datetime | None], said: str
) -> None:
    assert macro(tables, "offered", offer, BEGIN, END, FALSE) == said


FALSE = "FALSE"


def macro(
    tables: duckdb.DuckDBPyConnection,
    name: str,
    period: tuple[datetime | None, datetime | None],
    lo: datetime | None,
    hi: datetime | None,
    *more: str,
) -> Any:
    text = f"SELECT {name}([{{'lo': $a::TIMESTAMP, 'hi': $b::TIMESTAMP}}], $lo::TIMESTAMP, $hi::TIMESTAMP"
    told = {"a": period[0], "b": period[1], "lo": lo, "hi": hi}
    return tables.execute("".join([text, *(f", {one}" for one in more), ")"]), told).fetchall()[0][
        0
    ]


def test_table_c_says_of_no_offer_only_what_was_looked_for(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    said = tables.execute(
        "SELECT offered(NULL, $lo, $lo, TRUE), offered(NULL, $lo, $lo, NULL)", {"lo": ACT}
    ).fetchall()

    assert said == [("none", None)]
    assert macro(tables, "offered", (BEGIN, None), None, None, FALSE) == "unclear"


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ((BEGIN, END), "held"),
        ((BEGIN - DAY, None), "held"),
        ((BEGIN - 9 * DAY, BEGIN), "expired"),
        ((BEGIN + DAY, None), "none"),
        ((BEGIN - DAY, END - DAY), "none"),
    ],
)
def test_a_licence_covers_the_whole_act_or_none_of_it(
    tables: duckdb.DuckDBPyConnection, licence: tuple[datetime, datetime | None], said: str
) -> None:
    assert macro(tables, "held", licence, BEGIN, END) == said
    assert macro(tables, "held", licence, None, None) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CC BY-NC 4.0", "nc"), ("https://creativecommons.org/licenses/by-nc-nd/4.0/", "nc-nd"),
        ("by-nc-sa", "nc-sa"), ("CC-BY-SA-3.0", "sa"), ("cc by nd 2.0", "nd"), ("CC BY 4.0", "by"),
        ("https://creativecommons.org/licenses/by/4.0/", "by"), ("CC0", "free"), ("cc-0", "free"),
        ("Public Domain", "free"), ("MIT", "by"), ("All rights reserved", "another"),
        ("Nearby shop", "another"), ("", None), ("unknown", None), (None, None),
    ],
)  # fmt: skip
def test_an_open_licence_is_read_by_what_it_asks_for(
    tables: duckdb.DuckDBPyConnection, text: str | None, said: str | None
) -> None:
    ((found,),) = tables.execute("SELECT licence_class(?)", [text]).fetchall()

    assert found == said


# What rules do to one another.


EFFECTS: list[tuple[dict[str, Any], str]] = [
    ({"robots_self": True, "licence": "held"}, "low"),
    ({"robots_self": None, "robots_ai": None, "licence": "held"}, "low"),
    ({"robots_self": True, "licence": "expired"}, "high"),
    ({"listed": True, "known": "before", "licence": "held"}, "high"),  # a licence caps no PIR
    ({"licence": "held", "licence_lapses": True}, "medium"),
    ({"listed": True, "known": "before", "shared_host": True}, "medium"),
    ({"listed": True, "known": "before", "shared_host": True, "listed_by_page": True}, "high"),
    ({"listed": True, "known": "before", "disputed": True}, "medium"),
    ({"listed": True, "known": "before", "acquired": True}, "medium"),
]


def test_a_rule_caps_or_lowers_others_of_its_pack() -> None:
    found = ask(*(changed for changed, _ in EFFECTS))

    assert [
        (changed, one.level) for (changed, _), one in zip(EFFECTS, found, strict=True)
    ] == EFFECTS


def test_what_one_law_comes_to_lowers_nothing_under_another() -> None:
    refused = {"robots_self": True, "robots_ai": True, "research_body": True, "licence": "held"}

    jp, eu, both = ask(refused), ask(refused, laws=("eu",)), ask(refused, laws=("jp", "eu"))

    assert jp[0].level == "low"
    assert (eu[0].level, eu[0].rules) == ("low", ("EU-01", "EU-02"))
    assert set(both[0].rules) == {*jp[0].rules, *eu[0].rules}
    assert ask(refused | {"research_body": False}, laws=("jp", "eu"))[0].level == "high"
