"""Lints on rules: those that never decide anything, whatever the path.

A rule is called idle only where that is sure: all rules of its group that could interfere are plain
beginnings of paths. Which rule wins: the longest, and of two equal ones the one that allows (RFC
9309, section 2.2.2).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.robots.lints import Lint
from provenance.robots_form import pattern_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provenance.records import RobotsFile, RobotsRule
    from provenance.robots_form import PatternForm


def rule_lints(file: RobotsFile) -> Iterator[Lint]:
    """Yield the rules that change no answer, each once although several tokens have it."""
    seen: set[tuple[RobotsRule, ...]] = set()
    for group in file.groups:
        if group.rules in seen:
            continue
        seen.add(group.rules)
        yield from _idle(group.rules)
        yield from _empty(group.rules)


def _empty(rules: Sequence[RobotsRule]) -> Iterator[Lint]:
    """Yield an empty Disallow beside others: it lifts none of them."""
    if any(not rule.allow and rule.pattern for rule in rules):
        for rule in rules:
            if not rule.allow and not rule.pattern:
                yield Lint("empty-disallow", rule.line)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of a group by what they match."""

    by_form: dict[PatternForm, list[RobotsRule]]
    plain: dict[str, RobotsRule]
    """By the beginning of a path that they name; of two the one that allows."""
    lengths: list[int]
    """Of those beginnings, in order."""
    wild: dict[bool, list[int]]
    """How specific the rules with wildcards are, in order, for those that allow and the others."""


def _by_form(rules: Sequence[RobotsRule]) -> _Rules:
    by_form: dict[PatternForm, list[RobotsRule]] = {}
    plain: dict[str, RobotsRule] = {}
    wild: dict[bool, list[int]] = {True: [], False: []}
    for rule in rules:
        if not rule.pattern:
            continue
        form = pattern_forms(rule.pattern)[0]
        by_form.setdefault(form, []).append(rule)
        if form.like_form is not None:
            wild[rule.allow].append(form.specificity)
        elif rule.allow or form.literal not in plain:
            plain[form.literal] = rule
    lengths = sorted({len(literal) for literal in plain})
    return _Rules(by_form, plain, lengths, {allow: sorted(wild[allow]) for allow in wild})


def _idle(rules: Sequence[RobotsRule]) -> Iterator[Lint]:
    known = _by_form(rules)
    for form, twins in known.by_form.items():
        allowed = next((one for one in twins if one.allow), None)
        first: dict[bool, RobotsRule] = {}
        both_ways = allowed is not None and not all(one.allow for one in twins)
        wider = None if both_ways else _covered_by(form, twins[0], known)
        for rule in twins:
            words = (("rule", _shown(rule)),)
            earlier = first.setdefault(rule.allow, rule)
            if allowed and not rule.allow:
                yield Lint("overruled", rule.line, (*words, ("line", str(allowed.line))))
            elif earlier is not rule:
                yield Lint("repeated", rule.line, (*words, ("line", str(earlier.line))))
            elif wider is not None:
                by = (("line", str(wider.line)), ("wider", _shown(wider)))
                yield Lint("covered", rule.line, (*words, *by))


def _covered_by(form: PatternForm, rule: RobotsRule, known: _Rules) -> RobotsRule | None:
    """Return the wider rule that surely says the same to every path of *rule*."""
    if form.like_form is not None:
        return None
    shorter = known.lengths[: bisect_left(known.lengths, len(form.literal))]
    start = next(
        (form.literal[:end] for end in reversed(shorter) if form.literal[:end] in known.plain), None
    )
    if start is None or known.plain[start].allow is not rule.allow:
        return None
    # A wildcard between the two in length, or as long, may decide what the longer rule decides now.
    specific = known.wild[not rule.allow]
    nearest = pattern_forms(known.plain[start].pattern)[0].specificity
    interferes = bisect_left(specific, nearest) < bisect_right(specific, form.specificity)
    return None if interferes else known.plain[start]


def _shown(rule: RobotsRule) -> str:
    return f"{'Allow' if rule.allow else 'Disallow'}: {rule.pattern[:80]}"
