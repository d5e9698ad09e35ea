"""What a declaration calls a date is an instant, a day or a month of its zone; nothing else is one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from audit.declared_dates import NoDate, interval

TOKYO = ZoneInfo("Asia/Tokyo")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("said", "lo", "hi", "precision"),
    [
        ("2024-02-10", "2024-02-09T15:00", "2024-02-10T15:00", "day"),
        (date(2024, 2, 29), "2024-02-28T15:00", "2024-02-29T15:00", "day"),
        ("2024-02", "2024-01-31T15:00", "2024-02-29T15:00", "month"),
        ("2024-12", "2024-11-30T15:00", "2024-12-31T15:00", "month"),
        ("2024-01", "2023-12-31T15:00", "2024-01-31T15:00", "month"),
        ("2024-02-10T12", "2024-02-10T03:00", "2024-02-10T03:00", "instant"),
        ("2024-02-10T12:30", "2024-02-10T03:30", "2024-02-10T03:30", "instant"),
        ("2024-02-10T12:30:00Z", "2024-02-10T12:30", "2024-02-10T12:30", "instant"),
        ("2024-02-10 12:30:00-05:00", "2024-02-10T17:30", "2024-02-10T17:30", "instant"),
        (datetime(2024, 2, 10, 12, tzinfo=UTC), "2024-02-10T12:00", "2024-02-10T12:00", "instant"),
        (datetime(2024, 2, 10, 12), "2024-02-10T03:00", "2024-02-10T03:00", "instant"),  # noqa: DTZ001
    ],
)
def test_a_date_is_the_interval_that_it_means_in_its_zone(
    said: object, lo: str, hi: str, precision: str
) -> None:
    assert interval(said, TOKYO) == (at(lo), at(hi), precision)


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        *((text, repr(text)) for text in ("2024-00", "2024-13", "2024", "soon", "2024-02-30",
                                          "2024-2-1", "")),
        ("x" * 61, repr("x" * 60)),
        (2024, "2024"),
    ],
)  # fmt: skip
def test_whatever_else_is_no_date_and_is_quoted_from_its_beginning(
    said: object, quoted: str
) -> None:
    with pytest.raises(NoDate) as refused:
        interval(said, TOKYO)

    assert str(refused.value) == f"{quoted} is not a date such as 2025-01-31"
