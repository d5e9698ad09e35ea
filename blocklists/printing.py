"""How the commands for lists print: aligned tables, times in UTC, and JSON."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return *rows*, the first of which is the heading, as aligned columns."""
    shown = [[show(cell, 120) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    )


def time_text(moment: datetime) -> str:
    """Return *moment*, which is UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def as_json(value: object) -> str:
    """Return *value* as JSON in which nothing can steer a terminal."""
    return json_text(_plain(value), default=_text)


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _text(value: object) -> Any:
    """Return a time or a day as ISO text, and a set in order."""
    if isinstance(value, frozenset):
        return sorted(value)
    return time_text(value) if isinstance(value, datetime) else str(value)
