"""The words of the pages, in English and Japanese; codes, names and addresses stay as they are."""

from __future__ import annotations

from portal.words_holder import HOLDER
from portal.words_open import OPEN
from portal.words_review import REVIEW
from provenance.many import Counted

LANGUAGES = ("en", "ja")

WORDS = OPEN | HOLDER | REVIEW
"""By code, in the order of LANGUAGES; `{rows:row}` stands for a number with its noun."""


def word(language: str, code: str, **said: object) -> str:
    """Return the words for *code* in *language*."""
    counted = {
        name: Counted(value) if type(value) is int else value for name, value in said.items()
    }
    return WORDS[code][LANGUAGES.index(language)].format(**counted)
