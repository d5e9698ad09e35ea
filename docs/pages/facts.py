"""The facts that rules speak of, in both languages, and which rules ask for each."""

from __future__ import annotations

import re

from audit.fact_words import FACTS
from audit.rules import rules


def page() -> str:
    """Return every fact with the rules that ask for it."""
    asked = {rule.id: f"{rule.expression} {rule.level}" for rule in rules()}
    lines = [
        "# Facts",
        "",
        "What a row is judged by; how each comes about: [rules and facts](../rules.md).",
        "",
        "| fact | English | 日本語 | asked for by |",
        "|---|---|---|---|",
    ]
    for name, term in FACTS.items():
        by = [rule for rule, text in asked.items() if re.search(rf"\b{name}\b", text)]
        lines.append(f"| `{name}` | {term.en} | {term.ja} | {', '.join(by) or '–'} |")
    return "\n".join(lines) + "\n"
