"""A mutant: one file of ours with one small change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Mutant:
    """What is changed, told by the lines that differ."""

    file: str
    """Its path from the root of the project."""
    text: str
    """The whole file, changed."""
    line: int
    was: str
    becomes: str
    nth: int = 1
    """Which of those that read the same, from the top."""

    @property
    def name(self) -> tuple[str, str, str, int]:
        """What tells it from all others, however far its line moves."""
        return self.file, self.was, self.becomes, self.nth


def mutants_of(file: str, text: str, changed: Iterable[str]) -> Iterator[Mutant]:
    """Yield a mutant for each different text of *changed*."""
    alike: Counter[tuple[str, str]] = Counter()
    for other in dict.fromkeys(changed):
        if other == text:
            continue
        found = _told(file, text, other)
        alike[found.was, found.becomes] += 1
        yield replace(found, nth=alike[found.was, found.becomes])


def _told(file: str, text: str, other: str) -> Mutant:
    old, new = text.splitlines(), other.splitlines()
    above = _alike(old, new)
    below = min(_alike(old[::-1], new[::-1]), len(old) - above, len(new) - above)
    was, becomes = (" ".join(" ".join(one[above : len(one) - below]).split()) for one in (old, new))
    same = _alike(was, becomes)
    if same > _SHOWN:  # of a long line what stands around the change
        was, becomes = (f"…{one[same - _SHOWN // 2 :]}" for one in (was, becomes))
    same = _alike(was[::-1], becomes[::-1])
    if same > _SHOWN:
        was, becomes = (f"{one[: len(one) - same + _SHOWN // 2]}…" for one in (was, becomes))
    return Mutant(file, other, above + 1, was, becomes)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many from the first on are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
