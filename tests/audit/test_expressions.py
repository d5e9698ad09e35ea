"""What a rule may say, what it may not, and that both are said where they stand."""

from __future__ import annotations

from functools import cache

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.expressions import Expression, NotARule, parse, parse_choice
from audit.facts import FACTS
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
        ("-- of old\ngate IS NOT NULL", "(gate IS NOT NULL)"),
        ("NOT NOT NOT gate", "(NOT gate)"),
        ("gate AND listed AND declared", "(gate AND listed AND declared)"),
        ("known <> purpose", "(known <> purpose)"),
        ("'before' = known", "('before' = known)"),
        ("known = NULL", "(known = NULL)"),
        ("coalesce(known, NULL) = 'after'", "(coalesce(known, NULL) = 'after')"),
        ("gate OR NULL", "(gate OR NULL)"),
        ("((known)) = ('before')", "(known = 'before')"),
        ("'a' = 'a'", "('a' = 'a')"),
        (
            "CASE WHEN gate THEN TRUE WHEN listed THEN NULL ELSE declared END",
            "CASE WHEN gate THEN TRUE WHEN listed THEN NULL ELSE declared END",
        ),
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


NEVER = "it is one of after, before, during"
ALONE = "write the fact alone, or NOT before it"
COMPARE = "compare it with a value"
JOIN = "join the two by AND or OR"
NAME = "name a fact"


@pytest.mark.parametrize(
    ("text", "line", "column", "fact", "remedy"),
    [
        ("gate AND\n  no_such_fact", 2, 3, "there is no fact 'no_such_fact'",
         "see the facts in docs/rules.md"),
        (f"gate OR {'x' * 61}", 1, 9, f"there is no fact '{'x' * 60}…'",
         "see the facts in docs/rules.md"),
        ("AND", 1, 1, "there is no fact 'AND'", "it stands in the wrong place"),
        ("known = 'yesterday'", 1, 20, "'yesterday' is never the case", NEVER),
        ("known = 'unknown'", 1, 18, "'unknown' is never the case", NEVER),
        ("known <> 'x'", 1, 13, "'x' is never the case", NEVER),
        ("known IN ('before', 'never')", 1, 29, "'never' is never the case", NEVER),
        ("'before' = purpose", 1, 19, "'before' is never the case",
         f"it is one of {', '.join(sorted(FACTS['purpose'].values))}"),
        ("gate = TRUE", 1, 12, "yes and no are not compared", ALONE),
        ("gate IN ('x')", 1, 14, "yes and no are not compared", ALONE),
        ("known = gate", 1, 13, "yes and no are not compared", ALONE),
        ("known AND gate", 1, 15, "a text stands where yes or no is meant", COMPARE),
        ("gate OR 'x'", 1, 12, "a text stands where yes or no is meant", COMPARE),
        ("NOT known", 1, 10, "a text stands where yes or no is meant", COMPARE),
        ("CASE WHEN known THEN TRUE END", 1, 17, "a text stands where yes or no is meant", COMPARE),
        ("known", 1, 1, "it comes to a text, not to yes or no", COMPARE),
        ("\n\n known", 3, 1, "it comes to a text, not to yes or no", COMPARE),
        ("NULL", 1, 1, "it comes to a text, not to yes or no", COMPARE),
        ("gate ! listed", 1, 6, "'! listed' is no part of a rule", "see docs/rules.md"),
        ("gate\n--x\nAND listed\n\n !- quite long", 5, 2, "'!- quite lon' is no part of a rule",
         "see docs/rules.md"),
        ("", 1, 1, "'the end' stands where a fact or a value was expected", NAME),
        ("gate OR NOT", 1, 12, "'the end' stands where a fact or a value was expected", NAME),
        ("gate OR = known", 1, 9, "'=' stands where a fact or a value was expected", NAME),
        ("known IN ()", 1, 11, "')' stands where a fact or a value was expected", NAME),
        ("gate 'gate'", 1, 6, "'gate' follows a whole expression", JOIN),
        ("gate)", 1, 5, "')' follows a whole expression", JOIN),
        ("gate IS", 1, 6, "'IS' follows a whole expression", JOIN),
        ("(gate", 1, 6, "'the end' stands where ')' was expected", "write )"),
        ("known IN 'before'", 1, 10, "'before' stands where '(' was expected", "write ("),
        ("known IN ('before' 'after')", 1, 20, "'after' stands where ')' was expected", "write )"),
        ("coalesce gate", 1, 10, "'gate' stands where '(' was expected", "write ("),
        ("coalesce(gate listed)", 1, 15, "'listed' stands where ')' was expected", "write )"),
        ("CASE END", 1, 6, "CASE without WHEN", "write CASE WHEN … THEN … END"),
        ("CASE WHEN gate 'x'", 1, 16, "'x' stands where 'THEN' was expected", "write THEN"),
        ("CASE WHEN gate THEN TRUE", 1, 25, "'the end' stands where 'END' was expected",
         "write END"),
        ("coalesce(gate, known) = 'before'", 1, 23,
         "it comes to a text here and to yes or no there", "make them alike"),
        ("CASE WHEN gate THEN known ELSE TRUE END", 1, 40,
         "it comes to a text here and to yes or no there", "make them alike"),
        ("x" * 8001, 1, 1, "longer than 8,000 characters", "make it shorter"),
        ("(" * 40 + "gate" + ")" * 40, 1, 41, "nested deeper than 40", "make two rules of it"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_stands(
    text: str, line: int, column: int, fact: str, remedy: str
) -> None:
    with pytest.raises(NotARule) as caught:
        parse(text)

    error = caught.value
    assert (error.line, error.column, error.fact, error.remedy) == (line, column, fact, remedy)
    assert str(error) == fact


@pytest.mark.parametrize("word", ["AND", "OR", "NOT", "IN", "IS", "WHEN", "THEN", "ELSE", "END"])
def test_a_word_in_the_wrong_place_is_told_as_one(word: str) -> None:
    with pytest.raises(NotARule) as caught:
        parse(f"gate = {word}")

    assert caught.value.fact == f"there is no fact '{word}'"
    assert caught.value.remedy == "it stands in the wrong place"


def test_how_deep_it_is_hangs_on_what_is_open_alone() -> None:
    many = " AND ".join(["(gate)"] * 60)
    assert parse(many).sql.count("gate") == 60

    deep = "gate"
    for _ in range(41):
        deep = f"((gate) AND {deep})"
    with pytest.raises(NotARule, match="nested deeper than 40"):
        parse(deep)


@pytest.mark.parametrize("text", ["gate" + " " * 7996, "(" * 39 + "gate" + ")" * 39])
def test_what_is_long_or_deep_is_a_rule_up_to_the_limit(text: str) -> None:
    assert parse(text).sql == "gate"


@pytest.mark.parametrize("text", ["(" * 5000 + "gate" + ")" * 5000, "gate AND " * 2000 + "gate"])
def test_what_is_endless_is_no_rule(text: str) -> None:
    with pytest.raises(NotARule, match=r"deeper|longer"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("TRUE", set()),
        ("gate AND known = 'before'", {"gate", "known"}),
        ("NOT gate IS NULL OR purpose IN ('analysis', 'unknown')", {"gate", "purpose"}),
        ("coalesce(gate, listed, FALSE)", {"gate", "listed"}),
        ("CASE WHEN gate THEN listed WHEN known <> 'after' THEN TRUE ELSE declared END",
         {"gate", "listed", "known", "declared"}),
    ],
)  # fmt: skip
def test_the_facts_that_a_rule_asks_for_are_known(text: str, facts: set[str]) -> None:
    found = parse(text)

    assert (set(found.facts), found.texts, found.fixed) == (facts, None, False)


@pytest.mark.parametrize(
    "text", ["'tremendous'", "gate", "CASE WHEN gate THEN 'high' ELSE known END"]
)
def test_a_level_is_one_of_the_levels(text: str) -> None:
    with pytest.raises(NotARule) as caught:
        parse_choice(f"\n\n {text}", LEVELS)

    error = caught.value
    assert (error.line, error.column, error.fact) == (3, 1, "it comes to something else")
    assert error.remedy == "choose from info, low, unknown, medium, high, critical"


def test_a_level_may_be_any_of_them() -> None:
    every = ", ".join(f"'{level}'" for level in LEVELS)

    assert parse_choice(f"coalesce({every})", LEVELS).texts == frozenset(LEVELS)


def test_a_level_that_hangs_on_facts_is_written_anew() -> None:
    found = parse_choice("CASE WHEN gate THEN 'high' ELSE coalesce('low', NULL) END", LEVELS)

    assert found == Expression(
        "CASE WHEN gate THEN 'high' ELSE coalesce('low', NULL) END",
        frozenset({"gate"}), frozenset({"high", "low"}),
    )  # fmt: skip


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
