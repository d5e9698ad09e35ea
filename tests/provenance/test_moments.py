"""A time is kept as UTC, or it cannot be told what it means."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from provenance.moments import iso_text, stored


@pytest.mark.parametrize("hours", [-5, 0, 9])
def test_a_time_is_kept_as_that_of_utc(hours: int) -> None:
    moment = datetime(2024, 2, 10, 12, 30, 15, 7, tzinfo=timezone(timedelta(hours=hours)))

    kept = stored(moment)

    assert kept.tzinfo is None
    assert kept.replace(tzinfo=UTC) == moment


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a time without a zone: datetime.datetime\(2024, 2, 10"):
        stored(datetime(2024, 2, 10))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2024, 2, 10, 12), "2024-02-10T12:00:00Z"),  # noqa: DTZ001
        (datetime(2024, 2, 10, 12, tzinfo=UTC), "2024-02-10T12:00:00+00:00"),
        (date(2024, 2, 10), "2024-02-10"),
    ],
)
def test_a_moment_and_a_day_are_written_as_iso_8601_has_them(value: object, text: str) -> None:
    assert iso_text(value) == text


def test_what_is_neither_is_refused() -> None:
    with pytest.raises(TypeError, match=r"^time$"):
        iso_text(time(12))
