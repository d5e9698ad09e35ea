"""Mutants are what they are said to be, the tests are asked of each, and none survives unseen."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

import pytest

from tests.conftest import ROOT
from tests.mutants.mutant import Mutant, mutants_of
from tests.mutants.of_python import changed_python
from tests.mutants.of_rules import changed_rule
from tests.mutants.of_sql import changed_sql
from tests.mutants.reporting import entry, explained, judged
from tests.mutants.running import Outcome
from tests.mutants.subjects import SUBJECTS


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("CREATE OR REPLACE TEMP TABLE t AS SELECT * FROM u -- 1 AND 2", []),
        ("a <= 9", ["a < 9", "a <= 10"]),
        ("a BETWEEN b AND c AND d", ["a BETWEEN b AND c OR d"]),
        ("NOT a IS NOT NULL", ["a IS NOT NULL", "NOT a IS NULL"]),
        ("a IS NULL OR b", ["a IS NOT NULL OR b", "a IS NULL AND b"]),
        ("a IS NOT DISTINCT FROM b", ["a = b"]),
        ("coalesce(f(a, b), 'x')", ["(f(a, b))", "coalesce(f(a, b), 'x?')"]),
        ("min(a) FILTER (b > c)", ["max(a) FILTER (b > c)", "min(a) ", "min(a) FILTER (b >= c)"]),
        ("SELECT min FROM t LEFT JOIN u", ["SELECT min FROM t  JOIN u"]),
        ("CASE WHEN a THEN b END", []),
        (
            "CASE WHEN a THEN CASE WHEN b THEN c END WHEN d THEN e ELSE f END",
            [
                "CASE WHEN d THEN e ELSE f END",
                "CASE WHEN a THEN CASE WHEN b THEN c END ELSE f END",
                "CASE WHEN a THEN CASE WHEN b THEN c END WHEN d THEN e END",
            ],
        ),
        ("SET VARIABLE a = b", []),
    ],
)
def test_of_sql_one_word_is_changed_at_a_time(text: str, changed: list[str]) -> None:
    assert list(changed_sql(text)) == changed


def test_of_python_one_node_is_changed_at_a_time_and_sentences_stay() -> None:
    text = 'def f(a: int) -> int:\n    """Add 1."""\n    if a < 2:\n        raise ValueError("it is too small")\n    return a + 1\n'

    changes = [(one.line, one.becomes) for one in mutants_of("f.py", text, changed_python(text))]

    assert changes == [
        (3, "if a <= 2:"),
        (3, "if a < 3:"),
        (4, "raise ValueError(None)"),
        (5, "return a - 1"),
        (5, "return a + 2"),
    ]


def test_of_a_rule_the_expression_the_level_and_its_effects_are_changed() -> None:
    text = "-- level: low\n-- effect: cap PRV at low\nknown = 'after'\n"

    assert list(changed_rule(text)) == [
        "-- level: low\n-- effect: cap PRV at low\nknown <> 'after'\n",
        "-- level: low\n-- effect: cap PRV at low\nknown = 'before'\n",
        "-- level: unknown\n-- effect: cap PRV at low\nknown = 'after'\n",
        "-- level: low\n-- effect: none\nknown = 'after'\n",
    ]


def test_a_mutant_goes_by_what_is_changed_and_not_by_its_line() -> None:
    one, other = mutants_of("f.py", "a = 1\na = 1\n", ["a = 2\na = 1\n", "a = 1\na = 2\n"])
    (moved,) = mutants_of("f.py", "\n\na = 1\n", ["\n\na = 2\n"])

    assert one.name == moved.name == ("f.py", "a = 1", "a = 2", 1)
    assert other.name == ("f.py", "a = 1", "a = 2", 2)


LIVES = Mutant("f.py", "", 3, "a < b", "a <= b")
DIES = Mutant("f.py", "", 4, "b", "c")
NINE = [Outcome(DIES, "killed")] * 8 + [Outcome(DIES, "time")]


def test_a_survivor_that_nobody_explained_is_an_end_with_an_error() -> None:
    lines, well = judged([*NINE, Outcome(LIVES, "survived")], {}, {"f.py"})

    assert not well
    assert lines == [
        f"{entry(LIVES)}(survived; nothing says why it may)",
        "f.py: 9 of 10 killed",
        "all: 10 mutants, 8 killed, 1 killed by their limit, 1 survived (1 unexplained): 90.0% killed",
    ]


def test_a_survivor_with_its_reason_is_well_and_one_that_dies_is_not() -> None:
    reasons = {LIVES.name: "both are never equal"}
    outcomes = [*NINE, Outcome(LIVES, "survived")]

    assert judged(outcomes, reasons, {"f.py"})[1]
    assert judged(outcomes, {**reasons, ("g.py", "a", "b", 1): "of another run"}, {"f.py"})[1]
    assert not judged([*NINE, Outcome(LIVES, "killed")], reasons, {"f.py"})[1]


def test_that_more_than_one_in_ten_survive_is_never_well() -> None:
    assert not judged([*NINE[1:], Outcome(LIVES, "survived")], {LIVES.name: "so"}, {"f.py"})[1]


def test_every_reason_is_given_for_a_file_of_a_subject() -> None:
    files = {part.file for parts in SUBJECTS.values() for part in parts}

    assert {name[0] for name in explained()} <= files
    assert all(explained().values())
    assert tomllib.loads(entry(LIVES).replace("why = ", 'why = ""'))["survivor"] == [
        {"file": "f.py", "was": "a < b", "becomes": "a <= b", "why": ""}
    ]


RUN = """
import json
from tests.mutants.asking import asked
from tests.mutants.subjects import Part
ends = []
for test in ("test_a_time_is_kept", "test_a_time_without", "test_there_is_none"):
    run = asked([Part("provenance/moments.py", (f"tests/provenance/test_moments.py::{test}",))])
    ends.append([run.failed, [(one.end, one.mutant.becomes) for one in run.outcomes]])
print("found:", json.dumps(ends))
"""


def test_the_tests_are_asked_of_each_mutant_and_what_they_overlook_survives() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    kept, without, nothing = json.loads(done.stdout.partition("found:")[2])

    unnoticed = ["message = None", "raise ValueError(None)"]
    told = {becomes: end for end, becomes in kept[1]}
    assert kept[0] == without[0] == []
    assert set(told) == {
        *unnoticed, "offset = None", "if offset is not None:",
        "return moment.replace(tzinfo=None) + offset",
    }  # fmt: skip
    assert sorted(one for one, end in told.items() if end == "survived") == unnoticed
    assert sorted(becomes for end, becomes in without[1] if end == "survived") == [
        "offset = None",
        "return moment.replace(tzinfo=None) + offset",
    ]
    assert nothing == [["provenance/moments.py: no test is asked of its mutants"], []]
