"""Lines that are mended one by one in a form."""

from __future__ import annotations

import pytest

from portal.mending import lines_at, mended

TEXT = "value\na.example\nb.example\nc.example\n"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, TEXT),
        ({"fix-9": "x"}, TEXT),
        ({"fix-x": "x", "drop-": "yes"}, TEXT),
        ({"fix-2": "d.example"}, "value\nd.example\nb.example\nc.example\n"),
        ({"drop-2": "yes", "fix-2": "d.example"}, "value\nb.example\nc.example\n"),
        ({"drop-2": "yes", "fix-3": "d.example"}, "value\nd.example\nc.example\n"),
        (
            {"fix-2": "d.example\r\ne.example"},
            "value\nd.example\ne.example\nb.example\nc.example\n",
        ),
    ],
)
def test_each_line_is_mended_by_the_number_it_was_shown_with(
    fields: dict[str, str], expected: str
) -> None:
    assert mended(TEXT, fields) == expected


def test_a_line_is_shown_as_it_was_written() -> None:
    assert lines_at(TEXT, {0, 2, 5, 99}) == {2: "a.example", 5: ""}
