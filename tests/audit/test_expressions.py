"""What a rule may say, what it may not, and that both are said where they stand."""

from __future__ import annotations

from functools import cache

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.expressions import NotARule, parse, parse_choice
from audit.rules import LEVELS


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("gate", "gate"),
        ("NOT gate", "(NOT gate)"),
        ("NOT NOT gate", "gate"),
        ("gate AND NOT listed OR declared", "((gate AND (NOT listed)) OR declared)"),
        ("gate AND (NOT listed OR declared)", "(gate AND ((NOT listed) OR declared))"),
        ("NOT purpose = 'analysis'", "(NOT (purpose = 'analysis'))"),
        ("known IN ('before', 'during')", "(known IN ('before', 'during'))"),
        ("known NOT IN ('after')", "(known NOT IN ('after'))"),
        ("gate IS NULL -- nobody looked", "(gate IS NULL)"),
        ("coalesce(gate, FALSE)", "coalesce(gate, FALSE)"),
        (
            "CASE WHEN gate THEN TRUE WHEN listed THEN NULL END",
            "CASE WHEN gate THEN TRUE WHEN listed THEN NULL END",
        ),
    ],
)
def test_a_rule_is_written_anew_from_what_was_understood(text: str, sql: str) -> None:
    assert parse(text).sql == sql


@pytest.mark.parametrize(
    "text",
    [
        "read_text('/etc/passwd') = ''",
        "gate OR getenv('HOME') = ''",
        "(SELECT TRUE)",
        "gate; DROP TABLE facts",
        "gate /* all */",
        "gate = 1",
        "1 = 1",
        "facts.gate",
        '"gate"',
        "gate::VARCHAR = 'x'",
        "purpose LIKE '%'",
        "purpose = 'it''s'",
        "purpose || 'x' = 'x'",
        "getvariable('purpose') = 'analysis'",
        "fact_id",
        "GATE",
        "gate COLLATE nocase",
        "coalesce",
        "x -> 1",
        "$purpose",
        "?",
        "gate\x00",
        "ɡate",
        "AND",
        "",
        "gate gate",
        "gate AND",
        "(gate",
        "gate)",
        "CASE END",
        "CASE WHEN gate THEN TRUE",
        "known IN ()",
        "coalesce()",
    ],
)
def test_nothing_but_facts_and_a_few_words_is_a_rule(text: str) -> None:
    with pytest.raises(NotARule):
        parse(text)


@pytest.mark.parametrize(
    ("text", "line", "column", "fact"),
    [
        ("gate AND\n  no_such_fact", 2, 3, "there is no fact 'no_such_fact'"),
        ("known = 'yesterday'", 1, 20, "'yesterday' is never the case"),
        ("known IN ('before', 'never')", 1, 29, "'never' is never the case"),
        ("'before' = purpose", 1, 19, "'before' is never the case"),
        ("gate = TRUE", 1, 12, "yes and no are not compared"),
        ("known AND gate", 1, 15, "a text stands where yes or no is meant"),
        ("known", 1, 1, "it comes to a text, not to yes or no"),
        ("gate ! listed", 1, 6, "'! listed' is no part of a rule"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(
    text: str, line: int, column: int, fact: str
) -> None:
    with pytest.raises(NotARule) as caught:
        parse(text)

    assert (caught.value.line, caught.value.column, caught.value.fact) == (line, column, fact)


@pytest.mark.parametrize("text", ["(" * 5000 + "gate" + ")" * 5000, "gate AND " * 2000 + "gate"])
def test_what_is_endless_is_no_rule(text: str) -> None:
    with pytest.raises(NotARule, match=r"deeper|longer"):
        parse(text)


@pytest.mark.parametrize(
    "text", ["'tremendous'", "gate", "CASE WHEN gate THEN 'high' ELSE known END"]
)
def test_a_level_is_one_of_the_levels(text: str) -> None:
    with pytest.raises(NotARule):
        parse_choice(text, LEVELS)

    assert parse_choice("CASE WHEN gate THEN 'high' ELSE 'low' END", LEVELS).facts == {"gate"}


_WORDS = st.sampled_from(
    ["gate", "known", "'before'", "AND", "OR", "NOT", "(", ")", "=", "<>", "IN", ",", "IS", "NULL",
     "TRUE", "CASE", "WHEN", "THEN", "ELSE", "END", "coalesce", ";", "SELECT", "--", "\n"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=14).map(" ".join))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_whatever_is_understood_the_database_understands_too(text: str) -> None:
    try:
        sql = parse(text).sql
    except NotARule:
        return

    connection = _facts().execute(f"SELECT ({sql})::BOOLEAN FROM facts")
    assert len(connection.fetchall()) == 1


@cache
def _facts() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    return connection.execute("CREATE TABLE facts AS SELECT TRUE AS gate, 'before' AS known")
