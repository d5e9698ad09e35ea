"""What stands at the top of a report: a share in which few are not none, and nearly all not all."""

from __future__ import annotations

import pytest

from audit.headline import share


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (0, 0, "–"), (0, 7, "0.0%"), (7, 7, "100.0%"), (1, 3, "33.3%"),
        (1, 1001, "<0.1%"), (1, 1000, "0.1%"),
        (999, 1000, "99.9%"), (1000, 1001, ">99.9%"), (99_999, 100_000, ">99.9%"),
    ],
)  # fmt: skip
def test_few_are_not_none_and_nearly_all_are_not_all(part: int, whole: int, told: str) -> None:
    assert share(part, whole) == told
