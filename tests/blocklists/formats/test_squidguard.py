from __future__ import annotations

import pytest

from blocklists.formats import Candidate, Skip
from blocklists.formats.squidguard import fits, parse
from blocklists.refusals import Refusal


@pytest.mark.parametrize(
    "line", ["(^|[-.])ads\\.example", "https?://.*/x", "a.example/(foo|bar)", "[^/]*.example"]
)
def test_refuses_expressions(line: str) -> None:
    assert list(parse([(1, line)])) == [Refusal("E_REGEX", "", 1, line)]


@pytest.mark.parametrize(
    ("line", "scope"),
    [
        ("a.example", ""),
        (".a.example", ""),
        ("a.example/", ""),
        ("a.example/un/user", "url_prefix"),
        ("a.example//x.html", "url_prefix"),
        ("https://a.example/un", "url_prefix"),
        ("a.example/un?id=2", "url"),
        ("a.example/#/x", ""),
    ],
)
def test_a_path_covers_what_lies_below_it(line: str, scope: str) -> None:
    assert list(parse([(1, line)])) == [Candidate(1, line, scope=scope)]


def test_passes_over_comments() -> None:
    assert list(parse([(1, "# c")])) == [Skip(1, "comment")]


def test_looks_like_paths_without_a_scheme() -> None:
    assert fits(["a.example", "https://a.example/x", "/etc/x", "a.example/x"]) == 1 / 4
    assert fits([]) == 0
