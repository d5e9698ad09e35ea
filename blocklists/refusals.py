"""A line, or a whole list, that is not taken: where, which words, why, and what helps."""

from __future__ import annotations

from dataclasses import dataclass

from blocklists.codes import explain
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
    """The value as it was written."""

    @property
    def said(self) -> str:
        """The sentence its author reads, safe for a terminal."""
        cause, remedy = explain(self.code, self.what)
        return f"line {self.line}: {show(self.text, 80)}: {self.code}: {cause}; {remedy}"


class ListRefused(InputRefused):
    """A list that is not taken: nothing of it was stored."""

    def __init__(
        self, place: str, code: str, what: str = "", *, refusals: tuple[Refusal, ...] = ()
    ) -> None:
        cause, remedy = explain(code, what)
        super().__init__(show(place), f"{code}: {cause}", remedy)
        self.code = code
        self.refusals = refusals

    def __str__(self) -> str:
        """Return the sentence, then the first refused lines and how many more there are."""
        lines = [super().__str__(), *(refusal.said for refusal in self.refusals[:_SHOWN])]
        more = len(self.refusals) - _SHOWN
        if more > 0:
            lines.append(f"and {more:,} more: `provisor blocklist check` shows them all")
        return "\n".join(lines)
