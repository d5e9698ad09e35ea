"""The rule packs of an audit, each with the days on which its sources were looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from audit.rules import Rule
    from audit.summary import Summary


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one profile."""

    profile: str
    rules: tuple[Rule, ...]
    first: date
    """The earliest day a source was looked at."""
    last: date
    due: date
    """By when the first of them has to be looked at again."""


def packs(summary: Summary) -> tuple[Pack, ...]:
    """Return the packs by profile; without rules there is none."""
    if not summary.rules:
        return ()
    return tuple(
        _pack(law, tuple(rule for rule in summary.rules if rule.law == law))
        for law in dict.fromkeys(rule.law for rule in summary.rules)
    )


def _pack(law: str, rules: tuple[Rule, ...]) -> Pack:
    looked = [rule.law_as_of for rule in rules]
    return Pack(law, rules, min(looked), max(looked), min(rule.review_by for rule in rules))
