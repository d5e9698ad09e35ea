"""Rules: one .sql file each, a comment header and one expression over the facts of a row.

A pack is a folder of them: one for each law that ships (LAWS), and whatever folder a user names.
The expression (audit/expressions.py) answers TRUE, the rule fires; FALSE, it does not; NULL, a fact
it needs is missing. A rule that rests on a basis which only makes a state possible fires one level
lower, though never below `low`. The members of a header are those of `Rule`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from audit.expressions import parse, parse_choice

if TYPE_CHECKING:
    from collections.abc import Iterable

LEVELS = ("info", "low", "unknown", "medium", "high", "critical")
"""From the least to the most; `unknown` gates as `medium` does and stands just below it."""

LAWS = ("jp", "eu", "us", "us-ca", "uk")
"""The packs that ship. What one comes to says nothing of another (N10)."""

RESTS_ON = frozenset({
    "robots_self", "robots_ai", "gate", "declared", "priced", "notice", "copy", "declaration",
    "manifest",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, with its source."""

    id: str
    """As `PRV-01`; the file is called after it."""
    title: str
    """What is the case, for the report; title_ja: the same in Japanese."""
    title_ja: str
    statement: str
    """What the source says, no stronger than it says it."""
    basis: str
    """The source: document, page or section."""
    grade: str
    """A primary text, B quoted by a secondary, C summary, D unverified, X ours (audit/terms.py)."""
    law_as_of: date
    """The day the source was looked at; review_by: when that must be done again."""
    review_by: date
    level: str
    """One of LEVELS, or an expression that gives one."""
    rests_on: str
    """Whose basis counts; one of RESTS_ON."""
    advice: str
    advice_ja: str
    must_not: str
    """What nobody may conclude from it (N-codes of docs/rules.md)."""
    expression: str
    effect: str = "none"
    """What it does to other rules of its pack where it fires: `cap PRV LIC at low`, `lower PIR`,
    or `supports PRV-01`, which changes nothing and is told beside them."""
    alone: bool = False
    """Fires only where no other rule of its pack does and none is unknown."""
    missing: str = "unknown"
    """Where a fact is missing: `unknown` for the row, `note`d as unobserved, or told once for the
    whole `dataset`, because the declaration or the manifest would have to bring it."""
    about: str = "row"
    """`dataset`: it is asked once, of what is declared, and no row is judged by it."""
    enabled: bool = True
    law: str = "jp"
    """The pack."""

    @property
    def condition(self) -> str:
        """The expression as SQL."""
        return parse(self.expression).sql

    @property
    def facts(self) -> frozenset[str]:
        """The facts it asks for, those of its level among them."""
        level = frozenset() if self.level in LEVELS else parse_choice(self.level, LEVELS).facts
        return parse(self.expression).facts | level

    @property
    def level_if_missing(self) -> str:
        """The level where the rule cannot be told; `info` only notes that nobody looked."""
        return "unknown" if self.missing == "unknown" else "info"

    @property
    def level_expression(self) -> str:
        """The level as SQL; `unknown` where an expression comes to none."""
        if self.level in LEVELS:
            return f"'{self.level}'"
        return f"coalesce({parse_choice(self.level, LEVELS).sql}, 'unknown')"

    def touches(self, other: Rule) -> bool:
        """Whether the effect of this rule is on *other*."""
        named = self.effect.split()[1:]
        return self.law == other.law and (other.id in named or other.id.rpartition("-")[0] in named)


def reaching(gate: str) -> frozenset[str]:
    """Return the levels at *gate* or above; `unknown` gates as `medium` does."""
    return frozenset(LEVELS[LEVELS.index("unknown" if gate == "medium" else gate) :])


def overdue(rules: Iterable[Rule], today: date | None = None) -> tuple[str, ...]:
    """Return the ids of those whose sources should have been looked at again by *today*."""
    day = today or datetime.now(UTC).date()
    return tuple(rule.id for rule in rules if rule.review_by < day)


def rules(*laws: str) -> tuple[Rule, ...]:
    """Return the rules of *laws* that are asked, by pack and id; of `jp` where none is named.

    An empty pack is a defect, for it would clear everything.
    """
    return tuple(rule for rule in every_rule(*laws or ("jp",)) if rule.enabled)


@cache
def every_rule(*laws: str) -> tuple[Rule, ...]:
    """Return the rules of *laws*, disabled ones too; of all that ship where none is named."""
    from audit.rule_files import read_rule

    found: list[Rule] = []
    for law in laws or LAWS:
        folder = resources.files("audit.rules") / law.replace("-", "_")
        pack = [
            read_rule(file.read_text("utf-8"), file.name, law)
            for file in folder.iterdir()
            if file.name.endswith(".sql")
        ]
        if not pack:
            message = f"the pack {law!r} has no rules"
            raise ValueError(message)
        found += sorted(pack, key=lambda rule: rule.id)
    return tuple(found)
