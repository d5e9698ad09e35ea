"""Dates of a declaration as intervals: an instant, a day or a month in the declared zone."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from provenance.moments import stored

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class NoDate(ValueError):
    """What was said is no date."""


def interval(said: object, zone: ZoneInfo) -> tuple[datetime, datetime, str]:
    """Return [lo, hi) in UTC without a zone, and its precision: instant, day or month.

    A day of Tokyo begins at 15:00 of the day before in UTC (docs/rules.md, Table B).

    Raises:
        NoDate: it is none.
    """
    if isinstance(said, str):
        said = _read(said)
    if isinstance(said, datetime):
        moment = stored(said if said.tzinfo else said.replace(tzinfo=zone))
        return moment, moment, "instant"
    if isinstance(said, tuple):
        year, month = said
        last = (year + month // 12, month % 12 + 1)
        return _start(date(year, month, 1), zone), _start(date(*last, 1), zone), "month"
    if isinstance(said, date):
        return _start(said, zone), _start(said + timedelta(days=1), zone), "day"
    raise NoDate(f"{said!r} is not a date such as 2025-01-31")


def _read(text: str) -> datetime | date | tuple[int, int]:
    if month := _MONTH.fullmatch(text):
        return int(month[1]), int(month[2])
    try:
        if len(text) > len("2025-01-01"):
            return datetime.fromisoformat(text)
        return date.fromisoformat(text)
    except ValueError:
        raise NoDate(f"{text[:60]!r} is not a date such as 2025-01-31") from None


def _start(day: date, zone: ZoneInfo) -> datetime:
    return stored(datetime(day.year, day.month, day.day, tzinfo=zone))
