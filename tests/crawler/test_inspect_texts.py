"""The words of `inspect`: whole in both languages."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

import pytest

from crawler.inspect_texts import LANGUAGES, TEXTS, default_language, text
from provenance.agents import Purpose
from provenance.records import Outcome
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINT = re.compile(r'Lint\(\s*"([a-z-]+)"|applies, "([a-z-]+)"|, "([a-z-]+)"\),$', re.MULTILINE)
_CODE = re.compile(
    r'text\(\s*language,\s*"([a-z -]+)"|_head\(language, "([a-z-]+)"|say\("([a-z-]+)"'
)


def codes(pattern: re.Pattern[str], *names: str) -> Iterator[str]:
    for name in names:
        for found in pattern.finditer((ROOT / "crawler" / name).read_text("utf-8")):
            yield next(filter(None, found.groups()))


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", TEXTS)
def test_both_languages_say_it_with_the_same_words_filled_in(code: str) -> None:
    english, japanese = TEXTS[code]

    assert english
    assert japanese
    assert fields(english) == fields(japanese)


@pytest.mark.parametrize("code", [code for code, (en, _) in TEXTS.items() if len(fields(en)) < 1])
def test_what_is_a_sentence_in_english_is_japanese_in_japanese(code: str) -> None:
    english, japanese = TEXTS[code]
    if " " in english:
        assert re.search(r"[ぁ-んァ-ン一-龯]", japanese)


def test_every_lint_every_purpose_and_every_word_of_the_report_has_a_text() -> None:
    lints = set(codes(_LINT, "linting.py", "linting_agents.py", "linting_rules.py"))
    noted = set(codes(_LINT, "robots/reading.py")) | {"over-limit"}
    words = set(codes(_CODE, "inspect_report.py"))

    assert len(lints) >= 17
    assert len(noted) >= 5
    assert len(words) >= 19
    told = lints | noted | words | set(Purpose) | (set(Outcome) - {"parsed"})
    assert told - TEXTS.keys() == set()


def test_a_code_without_a_text_is_shown_as_it_is() -> None:
    assert text("ja", "a-new-finding") == "a-new-finding"


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ({"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LC_MESSAGES": "ja_JP", "LANG": "en_US.UTF-8"}, "ja"),
    ],
)
def test_the_language_is_that_of_the_users_messages(
    named: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in named.items():
        monkeypatch.setenv(variable, value)

    assert default_language() == language


def test_there_are_two_languages() -> None:
    assert LANGUAGES == ("en", "ja")
