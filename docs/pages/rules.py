"""The rules, each with its source, its expression and what nobody may conclude from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.rules import rules
from audit.terms import GRADES, NOBODY_MAY_CONCLUDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.rules import Rule


def page() -> str:
    """Return every rule of the default profile."""
    lines = [
        "# Rules",
        "",
        "Each is a file of `audit/rules/`; what its words mean: [rules and facts](../rules.md).",
    ]
    for rule in rules():
        lines += _told(rule)
    return "\n".join(lines) + "\n"


def _told(rule: Rule) -> Iterator[str]:
    level = rule.level if " " not in rule.level else "by facts"
    yield from ("", f"## {rule.id}", "", rule.title, "", rule.title_ja, "")
    yield from (f"| level | {level} |", "|---|---|")
    for name, text in (
        ("source", rule.basis),
        ("grade", f"{rule.grade}: {GRADES[rule.grade].en}"),
        ("looked at", f"{rule.law_as_of}, again by {rule.review_by}"),
        ("advice", f"{rule.advice}<br>{rule.advice_ja}"),
        ("nobody may conclude", "<br>".join(map(_forbidden, rule.must_not.split()))),
    ):
        yield f"| {name} | {text} |"
    yield from ("", "```sql", rule.expression, "```")
    if level != rule.level:
        yield from ("", "Its level:", "", "```sql", rule.level, "```")


def _forbidden(code: str) -> str:
    return f"{code}: {NOBODY_MAY_CONCLUDE[code].en}"
