"""Sentences that show what was found, said in another language: `{}` stands for what is shown."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Phrases:
    """A table from sentences of ours to their translation."""

    def __init__(self, table: Mapping[str, str], words: Mapping[str, str] | None = None) -> None:
        """Take the table, and words of ours that may stand in the place of a `{}`."""
        self._table = table
        self._words = words or {}

    def said(self, text: str) -> str:
        """Return *text* translated, or as it stands where no sentence of the table fits."""
        for shape, translation in self._shapes:
            if found := shape.fullmatch(text):
                shown = (self._words.get(one, one) for one in found.groups())
                return translation.format(*shown)
        return text

    @cached_property
    def _shapes(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        # The one with the most words of its own decides: `{} of {}` would fit many.
        longest_first = sorted(self._table.items(), key=lambda item: -len(item[0]))
        return tuple(
            (re.compile(re.escape(phrase).replace(r"\{\}", "(.*)"), re.DOTALL), said)
            for phrase, said in longest_first
        )
