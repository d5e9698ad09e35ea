"""When rows were collected, by names of days that are few enough to be told apart."""

from __future__ import annotations

from datetime import date, timedelta

from audit.collected import by_day, in_all


def _days(count: int) -> list[tuple[date, int]]:
    return [(date(2024, 1, 1) + timedelta(days=day), 2) for day in range(count)]


def test_few_days_are_days() -> None:
    assert by_day(_days(2)) == {"2024-01-01": 2, "2024-01-02": 2}


def test_many_days_are_months() -> None:
    assert by_day(_days(63)) == {"2024-01": 62, "2024-02": 58, "2024-03": 6}


def test_where_one_shard_has_months_all_have() -> None:
    assert in_all([{"2024-01": 5}, {"2024-01-02": 1, "2024-02-01": 1}]) == {
        "2024-01": 6,
        "2024-02": 1,
    }


def test_of_no_shard_there_is_nothing() -> None:
    assert in_all([]) == {}
    assert in_all([{}, {}]) == {}
