"""A time is told as ISO 8601 has it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from provenance.told_times import iso_text, zoned


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


def test_a_time_of_the_store_gets_its_zone_and_what_is_none_stays() -> None:
    assert zoned(datetime(2024, 2, 10)) == datetime(2024, 2, 10, tzinfo=UTC)  # noqa: DTZ001
    assert zoned(None) is None
