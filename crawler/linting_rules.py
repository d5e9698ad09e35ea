"""Lints on rules: those that never decide anything, whatever the path.

A rule is called idle only where that is sure: all rules of its group that could interfere are plain
beginnings of paths. Which rule wins: the longest, and of two equal ones the one that allows (RFC
9309, section 2.2.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.robots.lints import Lint
from provenance.robots_form import pattern_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provenance.records import RobotsFile, RobotsRule
    from provenance.robots_form import PatternForm

_MOST_RULES = 2_000
"""Rules of one group that are compared with one another."""


def rule_lints(file: RobotsFile) -> Iterator[Lint]:
    """Yield the rules that change no answer, each once although several tokens have it."""
    seen: set[tuple[RobotsRule, ...]] = set()
    for group in file.groups:
        if group.rules in seen or len(group.rules) > _MOST_RULES:
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


def _idle(rules: Sequence[RobotsRule]) -> Iterator[Lint]:
    forms = [(rule, pattern_forms(rule.pattern)[0]) for rule in rules if rule.pattern]
    for rule, form in forms:
        twins = [one for one, other in forms if other == form and one is not rule]
        allowed = next((one for one in twins if one.allow and not rule.allow), None)
        earlier = next(
            (one for one in twins if one.allow is rule.allow and one.line < rule.line), None
        )
        words = (("rule", _shown(rule)),)
        if allowed:
            yield Lint("overruled", rule.line, (*words, ("line", str(allowed.line))))
        elif earlier:
            yield Lint("repeated", rule.line, (*words, ("line", str(earlier.line))))
        elif (wider := _covered_by(rule, form, forms)) is not None:
            yield Lint(
                "covered", rule.line, (*words, ("line", str(wider.line)), ("wider", _shown(wider)))
            )


def _covered_by(
    rule: RobotsRule, form: PatternForm, forms: Sequence[tuple[RobotsRule, PatternForm]]
) -> RobotsRule | None:
    """Return the wider rule that surely says the same to every path of *rule*."""
    if form.like_form is not None:
        return None
    wider = [
        (one, other)
        for one, other in forms
        if one is not rule and other.specificity < form.specificity
    ]
    plain = [
        (one, other)
        for one, other in wider
        if other.like_form is None and form.literal.startswith(other.literal)
    ]
    if not plain:
        return None
    nearest, its_form = max(plain, key=lambda pair: (pair[1].specificity, pair[0].allow))
    # A wildcard between the two in length may decide what the longer rule decides now.
    interferes = any(
        one.allow is not rule.allow
        and other.like_form is not None
        and other.specificity >= its_form.specificity
        for one, other in wider
    )
    return nearest if nearest.allow is rule.allow and not interferes else None


def _shown(rule: RobotsRule) -> str:
    return f"{'Allow' if rule.allow else 'Disallow'}: {rule.pattern[:80]}"
