from __future__ import annotations

import pytest

from blocklists.top_level import nearest


@pytest.mark.parametrize(
    ("misspelt", "near"),
    [
        ("oniine", ("online",)),
        ("lnfo", ("info",)),
        ("combit", ()),
        ("online", ()),
        ("x" * 5000, ()),
    ],
)
def test_suggests_endings_one_letter_away(misspelt: str, near: tuple[str, ...]) -> None:
    assert nearest(misspelt) == near


def test_suggests_no_more_than_three() -> None:
    assert len(nearest("c")) == 3
