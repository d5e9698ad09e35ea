"""The tables of docs/rules.md, from rule files and facts: `python -m audit.rules_page`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from audit.facts import FACTS
from audit.rules import LAWS, LEVELS, every_rule

if TYPE_CHECKING:
    from audit.rules import Rule

_PART = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_ORIGINS = {
    "store": "observed, or received",
    "declaration": "dataset.toml, `[facts]` and `[dataset]`",
    "inquiries": "dataset.toml, `[[inquiry]]`",
    "terms": "dataset.toml, `[[licence]]`, `[[offer]]`, `[[sale]]` and others",
    "manifest": "columns that `[columns]` names",
}
_MISSING = {
    "unknown": "the row is `unknown`",
    "note": "noted as unobserved",
    "dataset": "told once",
}


def filled(page: str) -> str:
    """Return *page* with the tables between its marks made anew."""
    return _PART.sub(lambda met: f"{met[1]}{_TABLES[met[2]]()}{met[3]}", page)


def _rules() -> str:
    parts = []
    for law in LAWS:
        lines = [
            f"### `{law}`\n",
            "| id | level | fires when | source | where a fact is missing | effect | grade |",
            "|---|---|---|---|---|---|---|",
            *(_line(rule) for rule in every_rule(law)),
        ]
        parts.append("\n".join(lines) + "\n")
    return "\n" + "\n".join(parts) + "\n"


def _line(rule: Rule) -> str:
    levels = [level for level in reversed(LEVELS) if f"'{level}'" in rule.level]
    level = rule.level if rule.level in LEVELS else " or ".join(levels)
    about = "of the dataset: " if rule.about == "dataset" else ""
    effect = "" if rule.effect == "none" else rule.effect
    cells = (
        rule.id, level, about + rule.title, rule.basis, _MISSING[rule.missing], effect, rule.grade,
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _facts() -> str:
    lines = ["| fact | values | meaning |", "|---|---|---|"]
    for origin, said in _ORIGINS.items():
        lines.append(f"| *{said}* | | |")
        for fact in FACTS.values():
            if fact.origin == origin:
                values = ", ".join(fact.values) or "yes, no, unknown"
                values = "Table A" if fact.name.endswith("_basis") else values
                lines.append(f"| `{fact.name}` | {values} | {fact.meaning} |")
    return "\n" + "\n".join(lines) + "\n\n"


_TABLES = {"rules": _rules, "facts": _facts}

if __name__ == "__main__":
    _page = Path(__file__).parent.parent / "docs" / "rules.md"
    _page.write_text(filled(_page.read_text("utf-8")), "utf-8")
