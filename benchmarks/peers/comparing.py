"""Two verdicts a row: where they differ, by what, and how fast each side is.

A cause is shown, not guessed: the peer is asked again with the row written otherwise. The first
rewriting by which it comes to our verdict is the cause; each one goes on from those before it.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Given = dict[str, Any]
TIMES = 3
UNEXPLAINED = "unexplained"


class Asked(Protocol):
    """A peer that answers."""

    def load(self, given: Given) -> None: ...  # noqa: D102
    def verdicts(self) -> list[bool]: ...  # noqa: D102
    def seconds(self) -> float: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Cause:
    """Why verdicts differ."""

    name: str
    rewritten: Callable[[Sequence[int]], Given]
    """What the peer is given for rows of these numbers, without the cause."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a peer and we both do, on the same rows."""

    name: str
    """That of the worker's function."""
    peer: str
    requirements: tuple[str, ...]
    given: Given
    """What the peer has to know, and its rows."""
    judge: Callable[[], Any]
    """Judges all rows; this is timed."""
    refused: Callable[[Any], list[bool | None]]
    """What `judge` returned, as whether each row is refused; None: we cannot tell."""
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it."""

    rows: int
    compared: int
    causes: Counter[str] = field(default_factory=Counter)
    """Differences."""
    theirs_s: float = 0.0
    ours_s: float = 0.0

    @property
    def different(self) -> int:
        """How many verdicts differ."""
        return self.causes.total()

    @property
    def speed(self) -> tuple[float, float] | None:
        """Rows a second, theirs and ours; none while a difference is unexplained."""
        if self.causes[UNEXPLAINED] or not self.compared:
            return None
        return self.rows / self.theirs_s, self.rows / self.ours_s


def compared(part: Part, peer: Asked) -> Comparison:
    """Return how *peer* and we compare in *part*."""
    peer.load(part.given)
    theirs, ours = peer.verdicts(), part.refused(part.judge())
    both = [row for row, verdict in enumerate(ours) if verdict is not None]
    differing = [row for row in both if ours[row] != theirs[row]]
    causes = explained(differing, ours, part.causes, peer)
    peer.load(part.given)
    peer.seconds()  # once for its caches
    runs = [(peer.seconds(), _seconds(part.judge)) for _ in range(TIMES)]
    best = [min(side) for side in zip(*runs, strict=True)]
    return Comparison(len(ours), len(both), causes, theirs_s=best[0], ours_s=best[1])


def explained(
    differing: Sequence[int], ours: Sequence[bool | None], causes: Sequence[Cause], peer: Asked
) -> Counter[str]:
    """Return how many of the *differing* rows come from which cause."""
    found: Counter[str] = Counter()
    left = list(differing)
    for cause in causes:
        if not left:
            break
        peer.load(cause.rewritten(left))
        again = dict(zip(left, peer.verdicts(), strict=True))
        mended = [row for row in left if again[row] == ours[row]]
        found[cause.name] += len(mended)
        left = [row for row in left if again[row] != ours[row]]
    found[UNEXPLAINED] += len(left)
    return +found


def _seconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def table(found: Sequence[tuple[Part, Comparison | str]]) -> str:
    """Return the comparisons as a table, the causes of differences below it."""
    head = ("peer", "part", "rows", "compared", "equal", "different", "URL/s", "ours", "ratio")
    lines = ["{:<22}{:<9}{:>9}{:>10}{:>9}{:>11}{:>11}{:>11}{:>8}".format(*head)]
    for part, comparison in found:
        lines += _lines(part, comparison)
    return "\n".join(lines)


def _lines(part: Part, found: Comparison | str) -> list[str]:
    start = f"{part.peer:<22}{part.name:<9}"
    if isinstance(found, str):
        return [f"{start} not compared: {found}"]
    equal = found.compared - found.different
    counts = f"{found.rows:>9,}{found.compared:>10,}{equal:>9,}{found.different:>11,}"
    speeds = "   no speed: verdicts differ and nobody knows why"
    if found.speed:
        theirs, ours = found.speed
        speeds = f"{theirs:>11,.0f}{ours:>11,.0f}{ours / theirs:>8.2f}"
    causes = [f"{'':<31}{count:>9,} {cause}" for cause, count in found.causes.most_common()]
    return [start + counts + speeds, *causes]
