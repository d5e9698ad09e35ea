from __future__ import annotations

import pytest

from blocklists.formats import Candidate, Skip
from blocklists.formats.adblock import fits, parse
from blocklists.refusals import Refusal


@pytest.mark.parametrize(
    ("line", "reason"),
    [("", "blank"), ("! Title", "comment"), ("[Adblock Plus 2.0]", "comment"), ("# c", "comment")],
)
def test_passes_over_lines_that_list_nothing(line: str, reason: str) -> None:
    assert list(parse([(1, line)])) == [Skip(1, reason)]


@pytest.mark.parametrize(
    ("line", "code", "what"),
    [
        ("@@||example.com^", "E_EXCEPTION", ""),
        ("@@||example.com^$important", "E_EXCEPTION", ""),
        ("example.com##.banner", "E_COSMETIC", ""),
        ("##.banner", "E_COSMETIC", ""),
        ("example.com#@#.banner", "E_COSMETIC", ""),
        ("example.com#?#div", "E_COSMETIC", ""),
        ("example.com$$script", "E_COSMETIC", ""),
        ("/ads\\d+/", "E_REGEX", ""),
        ("/ads\\d+/$third-party", "E_REGEX", ""),
        ("||example.com^$third-party", "E_ABP_OPTION", "$third-party"),
        ("||example.com^$important,domain=a.example", "E_ABP_OPTION", "$domain=a.example"),
        ("||example.com^$badfilter", "E_ABP_OPTION", "$badfilter"),
        ("||example.com", "E_ABP_PATTERN", ""),
        ("||example.com/path^", "E_ABP_PATTERN", ""),
        ("||example.com^path", "E_ABP_PATTERN", ""),
        ("|https://example.com/|", "E_ABP_PATTERN", ""),
        ("example.com", "E_ABP_PATTERN", ""),
        ("/banner/*", "E_ABP_PATTERN", ""),
        ("*", "E_MATCH_ALL", ""),
        ("||*^", "E_MATCH_ALL", ""),
        ("||^$important", "E_MATCH_ALL", ""),
    ],
)
def test_refuses_what_is_no_rule_for_a_whole_site(line: str, code: str, what: str) -> None:
    assert list(parse([(8, line)])) == [Refusal(code, what, 8, line)]


@pytest.mark.parametrize(
    "line",
    ["||a.example^", " ||a.example^ ", "||a.example^$important", "||a.example^$All,DOCUMENT"],
)
def test_takes_a_rule_for_a_whole_site(line: str) -> None:
    assert list(parse([(3, line)])) == [Candidate(3, "a.example", scope="domain")]


def test_looks_like_two_bars() -> None:
    assert fits(["a.example", "0.0.0.0 a.example", "||a.example^", "a.example##.b"]) == 1 / 2
    assert fits([]) == 0
