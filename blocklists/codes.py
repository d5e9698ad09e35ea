"""Why a list or a line of it is refused, and what its author can do: one place for all messages.

F_ codes refuse a whole file, E_ codes one line. Q_ codes are doubts that a reviewer can settle.
W_ codes refuse nothing and stay with the entry. The tables stand in `codes_en` and `codes_ja`.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

from blocklists import codes_en, codes_ja
from blocklists.phrases import Phrases
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "ja")

_EXPLAINED = {"en": codes_en.CODES, "ja": codes_ja.CODES}
_WARNED = {"en": codes_en.WARNINGS, "ja": codes_ja.WARNINGS}
_WORDS = {"en": codes_en.WORDS, "ja": codes_ja.WORDS}
_PHRASES = Phrases(codes_ja.PHRASES)
_LANGUAGE: ContextVar[str] = ContextVar("language", default="en")


class Explanation(NamedTuple):
    """What is said about a code; `{what}` stands for the words in question."""

    cause: str
    remedy: str


CODES = {code: Explanation(*said) for code, said in codes_en.CODES.items()}
WARNINGS = codes_en.WARNINGS


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in *language*, one of LANGUAGES, while the block runs."""
    before = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def spoken() -> str:
    """Return the language that is spoken here."""
    return _LANGUAGE.get()


def explain(code: str, what: str = "") -> Explanation:
    """Return cause and remedy of *code*, with what was found in the place of `{what}`."""
    cause, remedy = _EXPLAINED[_LANGUAGE.get()][code]
    return Explanation(cause.replace("{what}", show(_phrase(what), 240)), remedy)


def meaning(code: str) -> str:
    """Return what the warning *code* means."""
    return _WARNED[_LANGUAGE.get()][code]


def say(word: str, *texts: str) -> str:
    """Return one of the small words of a report around *texts*."""
    return _WORDS[_LANGUAGE.get()][word].format(*texts)


def _phrase(what: str) -> str:
    """Return *what* in the language spoken, where it is a phrase of ours and not of the list."""
    if _LANGUAGE.get() == "en":
        return what
    return _PHRASES.said(what)
