"""What becomes of a row: by the level of the rules that fire, unless one has a fate of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from audit.rules import LEVELS, reaching
from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb


class Fate(IntEnum):
    """What becomes of a row; of several rules the greatest counts."""

    KEEP = 0
    REVIEW = 1
    DROP = 2
    SEALED = 3
    """Dropped, and written nowhere: lists of illegal content allow no list of what was removed."""


CHOSEN = tuple(fate.name.lower() for fate in (Fate.KEEP, Fate.REVIEW, Fate.DROP))
"""The fates that a user may give to a rule; each is a folder of the cleaned manifest."""


@dataclass(frozen=True, slots=True)
class Policy:
    """From which level rows are dropped or looked at first, and rules with a fate of their own."""

    drop_from: str = "high"
    review_from: str = "medium"
    rules: Mapping[str, Fate] = field(default_factory=dict)

    def of_level(self, level: str) -> Fate:
        """Return what becomes of a row at *level*."""
        for gate, fate in ((self.drop_from, Fate.DROP), (self.review_from, Fate.REVIEW)):
            if gate != "never" and level in reaching(gate):
                return fate
        return Fate.KEEP

    def said(self) -> dict[str, Any]:
        """Return the policy as it is recorded."""
        return {
            "levels": {level: self.of_level(level).name.lower() for level in reversed(LEVELS)},
            "rules": {rule: fate.name.lower() for rule, fate in sorted(self.rules.items())},
        }


def read_rules(choices: Iterable[str], known: Iterable[str]) -> dict[str, Fate]:
    """Return the fate of each rule in texts such as `PRV-07=keep`.

    Raises:
        UsageRefused: one is no such text, or names a rule that the audit did not ask.
    """
    every = sorted(known)
    found: dict[str, Fate] = {}
    for choice in choices:
        rule, _, fate = choice.partition("=")
        if fate not in CHOSEN:
            fact = f"{choice!r} is not a rule with keep, review or drop"
            raise UsageRefused("--rule", fact, "write it as PRV-07=keep")
        if rule not in every:
            fact = f"the audit asked no rule {rule!r}"
            raise UsageRefused("--rule", fact, f"it asked {', '.join(every)}")
        if found.setdefault(rule, Fate[fate.upper()]) is not Fate[fate.upper()]:
            raise UsageRefused("--rule", f"{rule} is given two fates", "say one")
    return found


def declare_policy(connection: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Make the tables `level_fate` and `rule_fate`, by which the statements decide."""
    for name, pairs in (
        ("level_fate(level, fate)", {level: policy.of_level(level) for level in LEVELS}),
        ("rule_fate(rule_id, fate)", policy.rules),
    ):
        connection.execute(
            f"CREATE TEMP TABLE {name} AS SELECT unnest(?::VARCHAR[]), unnest(?::UTINYINT[])",
            [list(pairs), [int(fate) for fate in pairs.values()]],
        )
