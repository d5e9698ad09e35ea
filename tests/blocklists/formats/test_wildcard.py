from __future__ import annotations

from blocklists.formats import Candidate, Skip
from blocklists.formats.wildcard import fits, parse


def test_takes_each_line_as_a_whole_site() -> None:
    assert list(parse([(1, "# c"), (2, "*.a.example"), (3, "b.example")])) == [
        Skip(1, "comment"),
        Candidate(2, "*.a.example", scope="domain"),
        Candidate(3, "b.example", scope="domain"),
    ]


def test_looks_like_a_star_and_a_dot() -> None:
    assert fits(["a.example", "*.a.example/x", "*.a.example", "a*.example"]) == 1 / 4
    assert fits([]) == 0
