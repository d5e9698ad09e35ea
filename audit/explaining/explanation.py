"""What is said of one row: the verdict, the rules behind it, and what was known when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from audit.rules import Rule

Facts = dict[str, Any]
"""The facts of docs/rules.md by name: yes, no, text, or None where it cannot be told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the explanation is about."""

    url: str
    """Empty: only the manifest holds it, and that was not at hand."""
    host: str
    lo: datetime | None
    """From when, UTC without a zone; None: no date is known."""
    hi: datetime | None
    row: int | None = None
    """Its number in the manifest; None: it was asked for by its address."""
    file: str = ""
    row_in_file: int | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """One rule that fires, cannot be told, or that nobody looked for."""

    rule: str
    answer: str
    """fires, unknown, unobserved."""
    level: str
    confidence: str
    changed_by: tuple[str, ...] = ()
    """Codes of the alternatives under which it would not speak as it does."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What would come of the row if something were otherwise than it is known to be."""

    codes: tuple[str, ...]
    """One alternative, or two together where no single one changes enough."""
    level: str
    rules: tuple[str, ...]
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that was known, and since when."""

    at: datetime | None
    """UTC without a zone; None: not dated."""
    kind: str
    """robots, page, file, received, published, ended, collected, or the kind of a declared act."""
    said: dict[str, Any]
    roles: tuple[str, ...] = ()
    """What it decides: robots_before, robots_after …, entry; none: it decides nothing."""
    proof: dict[str, Any] | None = None
    """Lines, quotes and where the octets stand; None: the store was not at hand."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is said of one row."""

    asked: Asked
    level: str
    confidence: str
    robots: str
    basis: str
    facts: Facts
    rules: tuple[Spoken, ...]
    otherwise: tuple[Otherwise, ...] | None
    """None: the rules of today come to another verdict, so they say nothing about it."""
    timeline: tuple[Happened, ...]
    declared: dict[str, Any]
    snapshot: str
    """SHA-256 of what was known."""
    checkpoint: str
    """Of the store that this was known from (C2SP tlog-checkpoint)."""
    notes: tuple[str, ...] = ()
    """Codes of what could not be shown: see `audit.explaining.words`."""
    sources: tuple[Rule, ...] = ()
    """The rules that were asked."""
