"""Sentences that show what was found, said in another language: `{}` stands for what is shown."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Phrases:
    """A table from sentences of ours to their translation."""

    def __init__(self, table: Mapping[str, str], words: Mapping[str, str] | None = None) -> None:
        """Take the table, and words of ours that may stand in the place of a `{}`."""
        self._table = table
        self._words = words or {}

    def said(self, text: str) -> str:
        """Return *text* translated, or as it stands where no sentence of the table fits."""
        for parts, translation in self._shapes:
            shown = _between(parts, text)
            if shown is not None:
                return translation.format(*(self._words.get(one, one) for one in shown))
        return text

    @cached_property
    def _shapes(self) -> tuple[tuple[list[str], str], ...]:
        # The one with the most words of its own decides: `{} of {}` would fit many.
        longest_first = sorted(self._table.items(), key=lambda item: -len(item[0]))
        return tuple((phrase.split("{}"), said) for phrase, said in longest_first)


def _between(parts: Sequence[str], text: str) -> Sequence[str] | None:
    """Return what *text* holds between *parts*; None: it is not made of them.

    The text may be a stranger's: a regular expression would try every place for every part.
    """
    first, *rest = parts
    if not rest:
        return () if text == first else None
    *middle, last = rest
    begin, end = len(first), len(text) - len(last)
    if begin > end or not (text.startswith(first) and text.endswith(last)):
        return None
    found = []
    for part in reversed(middle):
        at = text.rfind(part, begin, end)
        if at < 0:
            return None
        found.append(text[at + len(part) : end])
        end = at
    return [text[begin:end], *reversed(found)]
