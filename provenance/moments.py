"""Time as the store keeps it: UTC, without a zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def stored(moment: datetime) -> datetime:
    """Return an aware *moment* in UTC, without its zone.

    Raises:
        ValueError: *moment* has no zone; what it means cannot be told.
    """
    offset = moment.utcoffset()
    if offset is None:
        message = f"a time without a zone: {moment!r}"
        raise ValueError(message)
    return moment.replace(tzinfo=None) - offset
