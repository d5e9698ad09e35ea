from __future__ import annotations

import pytest

from blocklists.formats import Candidate, Skip
from blocklists.formats.plain import fits, parse


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "blank"),
        (" \t\u3000", "blank"),
        ("# one", "comment"),
        ("; two", "comment"),
        ("! three", "comment"),
        ("LocalHost", "boilerplate"),
        ("ip6-allnodes", "boilerplate"),
    ],
)
def test_passes_over_lines_that_list_nothing(line: str, reason: str) -> None:
    assert list(parse([(7, line)])) == [Skip(7, reason)]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (" example.com ", "example.com"),
        ("example.com   # seen", "example.com"),
        ("example.com#part", "example.com#part"),
        ("example.com ; not a comment", "example.com ; not a comment"),
        ("my.localhost.example", "my.localhost.example"),
        ("two words", "two words"),
    ],
)
def test_takes_one_value_per_line(line: str, value: str) -> None:
    assert list(parse([(3, line)])) == [Candidate(3, value)]


def test_looks_like_one_word_per_line() -> None:
    lines = [
        "0.0.0.0 a.example",
        "||a.example^",
        "address=/a.example/#",
        'local-zone: "a.example." static',
        "<p>a.example</p>",
        "a.example",
        "a.example/dir/",
        "https://a.example/?b=1,2",
    ]

    assert fits(lines) == 3 / 8
    assert fits([]) == 0
