"""Statements of one site that disagree: two lines of its robots.txt, or robots.txt and a page.

Nothing is settled here: which of two statements counts is for whoever reads both. That an agent may
fetch is no consent to anything, so robots.txt that lets training agents in and a page that reserves
are `mixed`, and only two statements about the same use that say the opposite are `opposed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from crawler.reserving import OF_TRAINING, reserves, to_all
from provenance.records import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crawler.inspection import Answer, Statement
    from provenance.records import RobotsFile

_MOST = 50


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements and how they disagree."""

    kind: str
    """`opposed`, `mixed`, or `lines`: two rules of one group."""
    usage: str
    one: str
    """The words of each, with where they stand."""
    other: str


def contradictions(
    file: RobotsFile | None, answers: Sequence[Answer], statements: Sequence[Statement]
) -> tuple[Contradiction, ...]:
    """Return what disagrees in a site's robots.txt and in what one of its pages says."""
    found = [
        *(_lines(file) if file else ()),
        *_opposed(statements),
        *_mixed(answers, statements),
    ]
    return tuple(dict.fromkeys(found))[:_MOST]


def _lines(file: RobotsFile) -> Iterator[Contradiction]:
    """Yield pairs of rules of one token with the same pattern, of which one allows."""
    for group in file.groups:
        allowed = {rule.pattern: rule for rule in group.rules if rule.allow and rule.pattern}
        for rule in group.rules:
            other = allowed.get(rule.pattern)
            if other and not rule.allow:
                yield Contradiction(
                    "lines",
                    "crawl",
                    f"line {rule.line}: Disallow: {rule.pattern}",
                    f"line {other.line}: Allow: {other.pattern}",
                )


def _opposed(statements: Iterable[Statement]) -> Iterator[Contradiction]:
    said = [one for one in statements if one.value != Value.UNSPECIFIED]
    for one, other in combinations(said, 2):
        same = one.usage == other.usage or {one.usage, other.usage} <= OF_TRAINING
        # A group of its own replaces what is said to all: that is no contradiction.
        whom = one.scope == other.scope or (to_all(one) and to_all(other))
        if same and whom and (one.value == Value.ALLOW) != (other.value == Value.ALLOW):
            yield Contradiction("opposed", one.usage, _quoted(one), _quoted(other))


def _mixed(answers: Sequence[Answer], statements: Iterable[Statement]) -> Iterator[Contradiction]:
    """Yield what reserves training where robots.txt refuses no agent that gathers for it."""
    ours = [one for one in answers if one.agent.training]
    if not ours or any(one.crawl != "allow" for one in ours):
        return
    stated = next((one.rule for one in ours if one.rule), "")
    for one in statements:
        if reserves(one):
            yield Contradiction("mixed", one.usage, stated or "robots.txt", _quoted(one))


def _quoted(one: Statement) -> str:
    return f"{one.kind}: {one.quote[:160]}{'…' * (len(one.quote) > 160)}"
