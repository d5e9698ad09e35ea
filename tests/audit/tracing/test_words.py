"""Every word of a statement is there in both languages, and none concludes anything."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

import pytest

from audit.tracing import words
from audit.tracing.works import KINDS
from tests.audit.explaining.test_words import NEVER

if TYPE_CHECKING:
    from audit.terms import Term

BARE = {"SHA-256 {sha256}", "{way}: {rows}", "{copy}, {way}: {rows}"}
TERMS = [
    *words.METHOD, *words.LIMITS,
    *(term for table in (words.HEADINGS, words.ANSWERS, words.KINDS, words.WAYS, words.LABELS)
      for term in table.values()),
]  # fmt: skip


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.en[:40])
def test_every_term_is_said_in_japanese_with_the_same_values(term: Term) -> None:
    def values(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert re.search("[\u3040-\u30ff\u4e00-\u9fff]", term.ja) or term.en in BARE
    assert values(term.en) == values(term.ja)
    assert not NEVER.search(f"{term.en} {term.ja}")


def test_every_kind_and_way_has_its_words() -> None:
    assert set(words.KINDS) == set(KINDS)
    assert {"address", "www", "host", "subdomain", "digest", "creator"} <= set(words.WAYS)
    assert {"archive", "cache", "amp", "translate"} <= set(words.WAYS)
