"""A refusal in the language of whoever is refused, with a code or without."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from blocklists import sentences_ja
from blocklists.codes import speaking
from blocklists.phrases import Phrases
from blocklists.refusals import ListRefused
from provenance.errors import InputRefused, ProvisorError, UsageRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Teller:
    """Says refusals in Japanese by tables of facts, of remedies, and of places."""

    def __init__(
        self,
        facts: Mapping[str, str],
        remedies: Mapping[str, str],
        places: Mapping[str, str] | None = None,
        words: Mapping[str, str] = sentences_ja.WORDS,
    ) -> None:
        self._facts = Phrases(facts, words)
        self._remedies = Phrases(remedies)
        self._places = places or {}

    def told(self, error: ProvisorError, language: str, *, place: str = "") -> str:
        """Return what *error* says in *language*, `en` or `ja`.

        With *place* it is said to be there: a path of ours means nothing to whoever handed it in.
        """
        if isinstance(error, ListRefused):
            with speaking(language):
                return error.again(place)
        parts = [place or error.place, error.fact, error.remedy]
        if language != "en":
            parts[1:] = self.said(error.fact, error.remedy)
            parts[0] = self._places.get(parts[0], parts[0])
        return str(ProvisorError(*parts))

    def said(self, fact: str, remedy: str = "") -> tuple[str, str]:
        """Return a fact and its remedy in Japanese."""
        return self._facts.said(fact), self._remedies.said(remedy)


TELLER = Teller(sentences_ja.FACTS, sentences_ja.REMEDIES)
"""What this package refuses."""


@contextmanager
def refusing_in(language: str) -> Iterator[None]:
    """Let what the block refuses be refused in *language*."""
    with speaking(language):
        try:
            yield
        except (InputRefused, UsageRefused) as error:
            if language == "en" or isinstance(error, ListRefused):
                raise  # said in that language already
            kind = UsageRefused if isinstance(error, UsageRefused) else InputRefused
            raise kind(error.place, *TELLER.said(error.fact, error.remedy)) from error
