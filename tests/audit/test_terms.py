"""The terms of a report cover all that an audit can say, and conclude nothing."""

from __future__ import annotations

import re

from audit.declaration import ACCESSING, ActKind
from audit.evidence import ACCESSING as TOLD_AS_ACCESS
from audit.rules import LEVELS, rules
from audit.terms import ACTS, ANSWERS, BASES, GRADES, LEVEL_TERMS, NOBODY_MAY_CONCLUDE
from tests.conftest import ROOT


def _sql(name: str) -> str:
    return (ROOT / "audit" / "sql" / f"{name}.sql").read_text("utf-8")


def test_every_level_answer_and_basis_has_its_words() -> None:
    basis_of = _sql("timing").partition("MACRO basis_of")[2].partition("END;")[0]
    robots = _sql("answer").partition("CASE")[2].partition("END;")[0]

    assert set(LEVEL_TERMS) == set(LEVELS)
    assert set(BASES) == set(re.findall(r"(?:THEN|ELSE) '(\w+)'", basis_of))
    assert set(ANSWERS) == set(re.findall(r"(?:THEN|ELSE) '(\w+)'", robots))


def test_every_act_that_can_be_declared_has_its_words() -> None:
    assert set(ACTS) == set(map(str, ActKind))
    assert set(TOLD_AS_ACCESS) == set(map(str, ACCESSING))


def test_every_rule_has_a_grade_and_codes_that_are_spelt_out() -> None:
    for rule in rules():
        assert rule.grade in GRADES
        assert set(rule.must_not.split()) <= set(NOBODY_MAY_CONCLUDE)


def test_every_term_is_said_in_japanese() -> None:
    terms = (
        *LEVEL_TERMS.values(),
        *ANSWERS.values(),
        *BASES.values(),
        *ACTS.values(),
        *GRADES.values(),
        *NOBODY_MAY_CONCLUDE.values(),
    )

    assert [
        term.en for term in terms if not re.search("[\u3040-\u30ff\u4e00-\u9fff]", term.ja)
    ] == []
