"""Time as it is told: with its zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


def zoned(value: Any) -> Any:
    """Return a time of the store with its zone, UTC; what is no time as it stands."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def iso_text(value: object) -> str:
    """Return a moment or a day as ISO 8601 has it, for JSON; a moment without a zone is UTC.

    Raises:
        TypeError: *value* is neither.
    """
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo else f"{value.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
