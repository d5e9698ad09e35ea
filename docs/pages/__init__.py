"""The reference: pages of the documentation that are written by the code they describe."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def pages() -> dict[str, Callable[[], str]]:
    """Return what writes each page, by its place in the documentation."""
    from docs.pages import commands, examples, facts, families, front, rules, schema

    return {
        "index.md": front.readme,
        "changelog.md": front.changelog,
        "contributing.md": front.contributing,
        "security.md": front.security,
        "reference/commands.md": commands.page,
        "reference/rules.md": rules.page,
        "reference/facts.md": facts.page,
        "reference/signals.md": families.signals,
        "reference/formats.md": families.formats,
        "reference/schema.md": schema.page,
        "reference/examples.md": examples.page,
    }
