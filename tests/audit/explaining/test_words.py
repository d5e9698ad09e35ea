"""Every word of an explanation is there in both languages, and none concludes anything."""

from __future__ import annotations

import re
import string

import pytest

from audit import fact_words
from audit.declaration import ActKind, Purpose
from audit.explaining import words
from audit.explaining.alternatives import ALTERNATIVES
from audit.facts import FACTS
from audit.settings import CONFIDENCES
from audit.terms import BASES, Term

TABLES = (
    words.HEADINGS, words.LABELS, fact_words.VALUES, words.CONFIDENCES, fact_words.FACTS, words.OTHERWISE,
    words.EVENTS, words.OUTCOMES, fact_words.MORE_FACTS, words.ROLES, words.NOTES,
)  # fmt: skip
TERMS = [term for table in TABLES for term in table.values()]
NEVER = re.compile(
    r"\b(il)?legal|infring|complian|lawful|違法|合法|適法|侵害|海賊版", re.IGNORECASE
)


def test_every_term_is_said_in_japanese_but_a_file_name() -> None:
    spoken = [term for term in TERMS if term.en not in {"robots.txt", "if {what}", ", "}]

    assert [one.en for one in spoken if not re.search("[\u3040-\u30ff\u4e00-\u9fff]", one.ja)] == []


def test_both_languages_say_the_same_values() -> None:
    def values(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [term.en for term in TERMS if values(term.en) != values(term.ja)] == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.en[:40])
def test_no_term_is_a_conclusion_of_law(term: Term) -> None:
    assert not NEVER.search(f"{term.en} {term.ja}")


def test_every_fact_alternative_value_and_code_has_its_words() -> None:
    values = {value for fact in FACTS.values() for value in fact.values}

    assert {*fact_words.FACTS, *fact_words.MORE_FACTS} == {*FACTS, "access"}
    assert values <= {*fact_words.VALUES, *BASES}
    assert set(words.OTHERWISE) == {one.code for one in ALTERNATIVES}
    assert set(words.CONFIDENCES) == set(CONFIDENCES)
    assert {str(one) for one in Purpose} | {"before", "during", "after"} <= set(fact_words.VALUES)
    assert {str(one) for one in ActKind} <= set(words.EVENTS)


def test_every_alternative_changes_facts_that_there_are() -> None:
    assert {name for one in ALTERNATIVES for name in one.facts} <= set(fact_words.FACTS)
