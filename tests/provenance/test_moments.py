"""A time is kept as UTC, or it cannot be told what it means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from provenance.moments import stored


@pytest.mark.parametrize("hours", [-5, 0, 9])
def test_a_time_is_kept_as_that_of_utc(hours: int) -> None:
    moment = datetime(2024, 2, 10, 12, 30, 15, 7, tzinfo=timezone(timedelta(hours=hours)))

    kept = stored(moment)

    assert kept.tzinfo is None
    assert kept.replace(tzinfo=UTC) == moment


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a time without a zone: datetime.datetime\(2024, 2, 10"):
        stored(datetime(2024, 2, 10))  # noqa: DTZ001
