"""The line that refused: of this very file, for this very path and agent."""

from __future__ import annotations

import pytest

from audit.explaining.lines import deciding_lines
from crawler.robots.reading import read_robots

BODY = b"""# a comment
User-agent: *
Disallow: /private

User-agent: GPTBot
User-agent: CCBot
Disallow: /a
Allow: /a/open
Disallow: /*.pdf$
"""


def lines(path: str, *agents: str, body: bytes = BODY) -> list[tuple[int, str, list[str]]]:
    found = deciding_lines(read_robots(body), path, agents)
    return [(line, pattern, who) for line, _, pattern, who in found]


@pytest.mark.parametrize(
    "path", ["/", "/A", "/b/a", "/a/open", "/a/open/x", "/x.pdf?y", "/private"]
)
def test_a_near_miss_is_no_line_of_an_agent_with_a_group_of_its_own(path: str) -> None:
    assert lines(path, "GPTBot") == []


def test_agents_of_one_group_share_its_line() -> None:
    assert lines("/a", "GPTBot", "CCBot") == [(7, "/a", ["CCBot", "GPTBot"])]


def test_an_agent_without_a_group_is_refused_by_the_one_for_all() -> None:
    assert lines("/private/x", "Bytespider", "GPTBot") == [(3, "/private", ["Bytespider"])]


def test_a_pattern_is_matched_to_its_end() -> None:
    assert lines("/x.pdf", "gptbot") == [(9, "/*.pdf$", ["gptbot"])]


def test_the_same_rules_further_down_have_the_lines_of_their_own_file() -> None:
    assert lines("/a", "CCBot", body=b"\r\r\n\n" + BODY) == [(10, "/a", ["CCBot"])]


def test_a_file_in_lower_case_is_compared_without_case() -> None:
    file = read_robots(b"user-agent: *\ndisallow: /caf%c3%a9%2f\n", True)

    assert deciding_lines(file, "/Caf%C3%A9%2Fx", ["GPTBot"]) == [
        (2, "Disallow", "/caf%c3%a9%2f", ["GPTBot"])
    ]


def test_a_pattern_made_to_take_for_ever_does_not() -> None:
    body = b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"b\n"

    assert lines("/" + "a" * 5000, "GPTBot", body=body) == []
