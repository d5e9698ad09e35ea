"""A line, or a whole list, that is not taken: where, which words, why, and what helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blocklists.codes import explain, say
from provenance.errors import InputRefused
from provenance.show import show

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Refusal:
    """One line that is not taken."""

    code: str
    what: str = ""
    """The words in question, or what was found instead."""
    line: int = 0
    """From 1; 0 where it is not known yet."""
    text: str = ""
    """The value as it was written; empty where the list is restricted."""
    file: str = ""
    """Of a package; elsewhere the list itself."""

    @property
    def said(self) -> str:
        """The sentence its author reads, safe for a terminal."""
        cause, remedy = explain(self.code, self.what)
        line = say("line", f"{self.line}")
        where = f"{show(self.file)}, {line}" if self.file else line
        return f"{where}: {show(self.text, 80)}: {self.code}: {cause}; {remedy}"


class ListRefused(InputRefused):
    """A list that is not taken: nothing of it was stored."""

    def __init__(
        self, place: str, code: str, what: str = "", *, refusals: tuple[Refusal, ...] = ()
    ) -> None:
        cause, remedy = explain(code, what)
        super().__init__(show(place), f"{code}: {cause}", remedy)
        self.code = code
        self.what = what
        self.refusals = refusals
        # Said now: who reads it later may have gone back to another language.
        self._said = _said(super().__str__(), refusals)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it travel from the process that read the list, with what is said of it."""
        return type(self), (self.place, self.code), self.__dict__

    def again(self, place: str = "") -> str:
        """Return all of it in the language that is spoken now, of *place* where one is named."""
        return str(ListRefused(place or self.place, self.code, self.what, refusals=self.refusals))

    def __str__(self) -> str:
        """Return the sentence, then the first refused lines and how many more there are."""
        return self._said


def _said(sentence: str, refusals: tuple[Refusal, ...]) -> str:
    lines = [sentence, *(refusal.said for refusal in refusals[:_SHOWN])]
    more = len(refusals) - _SHOWN
    if more > 0:
        lines.append(say("more", f"{more:,}"))
    return "\n".join(lines)
