"""Mutants of rules: their expressions, their levels, and what else their headers say of an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.facts import FACTS
from audit.rules import LEVELS
from tests.mutants.of_sql import changed_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHOICES = {"missing": ("unknown", "note", "dataset"), "alone": ("yes", "no"), "effect": ("none",)}
_LINE = re.compile(r"-- ([a-z_]+): (.+)\n")


def changed_rule(text: str) -> Iterator[str]:
    """Yield the file *text* with one change each, of which every one is a rule, too.

    The expression as SQL is changed (tests/mutants/of_sql.py), a text for another that the same
    fact can be; the level for the next, or as an expression; `missing`, `alone` and `effect`.
    """
    header = "".join(found[0] for found in _LINE.finditer(text))
    expression = text.removeprefix(header)
    yield from (f"{header}{other}" for other in changed_sql(expression, _other_value))
    for found in _LINE.finditer(header):
        for value in _others(found[1], found[2]):
            line = f"-- {found[1]}: {value}\n"
            yield f"{header[: found.start()]}{line}{header[found.end() :]}{expression}"


def _others(name: str, value: str) -> Iterator[str]:
    if name == "level" and value in LEVELS:
        yield _next(value, LEVELS)
    elif name == "level":
        yield from changed_sql(value, _other_level)
    elif name in _CHOICES:
        yield from (one for one in _CHOICES[name] if one != value)


def _other_value(text: str) -> str:
    """Return what the same fact can be instead."""
    return next((_next(text, one.values) for one in FACTS.values() if text in one.values), text)


def _other_level(text: str) -> str:
    """Return another level; in the conditions of an expression what the same fact can be."""
    return _next(text, LEVELS) if text in LEVELS else _other_value(text)


def _next(text: str, several: tuple[str, ...]) -> str:
    return several[(several.index(text) + 1) % len(several)]
