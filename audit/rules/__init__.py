"""Rules: one .sql file each, a comment header and one expression over the facts of a row.

The expression answers with SQL's three values: TRUE, the rule fires; FALSE, it does not; NULL, a
fact it needs is missing, and the row's answer to it is `unknown`. A rule that rests on a basis
which only makes a state possible fires one level lower, though never below `low`.

| header      | meaning                                                                        |
|-------------|--------------------------------------------------------------------------------|
| id          | `PRV-01`; the file is called after it                                          |
| title(_ja)  | what is the case, for the report                                               |
| basis       | the source: document, page or section                                          |
| grade       | A primary text · B quoted by a secondary · C summary · D unverified · X ours   |
| law_as_of   | the day the source was looked at; review_by: when that must be done again      |
| level       | critical, high, medium, low, info, unknown; or an expression that gives one    |
| rests_on    | whose basis counts; one of RESTS_ON                                            |
| advice(_ja) | what the user does                                                             |
| must_not    | what nobody may conclude from it (N-codes of docs/rules.md)                    |
| alone       | yes: fires only where no other rule does and none is unknown                   |
| missing     | note: a missing fact does not make the row unknown, it is listed as unobserved |
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LEVELS = ("info", "low", "unknown", "medium", "high", "critical")
"""From the least to the most; `unknown` gates as `medium` does and stands just below it."""

RESTS_ON = frozenset(
    {"robots_self", "robots_ai", "gate", "declared", "notice", "copy", "declaration"}
)

_HEADER = re.compile(r"^-- (\w+): (.+)$")
_ID = re.compile(r"[A-Z]{2,3}-\d{2}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a profile."""

    id: str
    title: str
    title_ja: str
    basis: str
    grade: str
    law_as_of: date
    review_by: date
    level: str
    """A level, or an SQL expression over the facts that gives one."""
    rests_on: str
    advice: str
    advice_ja: str
    must_not: str
    expression: str
    alone: bool = False
    missing: str = "unknown"

    @property
    def level_if_missing(self) -> str:
        """The level where the rule cannot be told; `info` only notes that nobody looked."""
        return "info" if self.missing == "note" else "unknown"

    @property
    def level_expression(self) -> str:
        """The level as SQL."""
        return f"'{self.level}'" if self.level in LEVELS else f"({self.level})"


def reaching(gate: str) -> frozenset[str]:
    """Return the levels at *gate* or above; `unknown` gates as `medium` does."""
    return frozenset(LEVELS[LEVELS.index("unknown" if gate == "medium" else gate) :])


def rules(profile: str = "jp") -> tuple[Rule, ...]:
    """Return the rules of *profile* by id; an empty profile is a defect, for it would clear all."""
    folder = resources.files("audit.rules") / profile
    found = sorted(
        (_read(file) for file in folder.iterdir() if file.name.endswith(".sql")), key=_id
    )
    if not found:
        message = f"profile {profile!r} has no rules"
        raise ValueError(message)
    return tuple(found)


def _id(rule: Rule) -> str:
    return rule.id


def _read(file: Traversable) -> Rule:
    header: dict[str, str] = {}
    expression: list[str] = []
    for line in file.read_text("utf-8").splitlines():
        said = _HEADER.match(line)
        if said:
            header[said[1]] = said[2].strip()
        elif not line.startswith("--"):
            expression.append(line)
    return _checked(file.name, header, "\n".join(expression).strip())


def _checked(name: str, header: dict[str, str], expression: str) -> Rule:
    """Build the rule; a header that lacks a member or holds a stranger is a defect."""
    known = {field.name for field in fields(Rule)} - {"expression"}
    wrong = (known - {"alone", "missing"} - header.keys()) | (header.keys() - known)
    if wrong or not expression or not _ID.fullmatch(header["id"]):
        message = f"{name}: header or expression is wrong: {sorted(wrong)}"
        raise ValueError(message)
    if header["rests_on"] not in RESTS_ON:
        message = f"{name}: rests_on {header['rests_on']!r}"
        raise ValueError(message)
    return Rule(
        **{
            key: value
            for key, value in header.items()
            if key not in {"law_as_of", "review_by", "alone"}
        },
        law_as_of=date.fromisoformat(header["law_as_of"]),
        review_by=date.fromisoformat(header["review_by"]),
        alone=header.get("alone") == "yes",
        expression=expression,
    )
