"""A refusal as whoever handed something in reads it, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocklists.telling import Teller
from portal import refusing_ja
from provenance.show import show

if TYPE_CHECKING:
    from provenance.errors import ProvisorError

LANGUAGES = ("en", "ja")
_LONGEST = 4000
_TELLER = Teller(refusing_ja.FACTS, refusing_ja.REMEDIES, refusing_ja.PLACES, refusing_ja.WORDS)


def refused_in(language: str, error: ProvisorError, *, place: str = "") -> str:
    """Return what *error* says in *language*; with *place* instead of a path of ours."""
    return _TELLER.told(error, language, place=place)


def refused_in_each(error: ProvisorError, *, place: str = "") -> dict[str, str]:
    """Return what *error* says as it is kept: `said` in English, `said_ja` in Japanese."""
    told = (show(refused_in(one, error, place=place), _LONGEST) for one in LANGUAGES)
    english, japanese = told
    return {"said": english, "said_ja": japanese}


def fact_in_each(fact: str) -> dict[str, str]:
    """Return why there is no answer: `refused` in English, `refused_ja` in Japanese."""
    english, japanese = fact, _TELLER.said(fact)[0]
    return {"refused": show(english, 1000), "refused_ja": show(japanese, 1000)}
