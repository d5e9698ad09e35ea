"""When rows were collected, counted: by day where the days are few, else by month."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

DAY, MONTH, YEAR = len("2024-02-10"), len("2024-02"), len("2024")
"""How long the name of a day, of a month and of a year is."""

MOST_DAYS = 62


def by_day(counted: Sequence[tuple[date, int]]) -> dict[str, int]:
    """Return rows by day, or by month where the days are too many to tell apart."""
    days = {day.isoformat(): rows for day, rows in counted}
    return days if len(days) <= MOST_DAYS else cut(days, MONTH)


def in_all(several: Iterable[dict[str, int]]) -> dict[str, int]:
    """Return what shards counted, as one; where one has months only, all have."""
    every = list(several)
    length = min((len(one) for counted in every for one in counted), default=DAY)
    total: Counter[str] = Counter()
    for counted in every:
        total.update(cut(counted, length))
    return dict(sorted(total.items()))


def cut(counted: dict[str, int], length: int) -> dict[str, int]:
    """Return the same rows by names of that *length*: of days, months or years."""
    found: Counter[str] = Counter()
    for one, rows in counted.items():
        found[one[:length]] += rows
    return dict(sorted(found.items()))
