"""Many tokens and one path."""

from __future__ import annotations

import pytest

from crawler.robots.deciding import decider
from crawler.robots.decision import decide
from crawler.robots.reading import read_robots

FILES = [
    b"",
    b"User-agent: GPTBot\nDisallow: /\n",
    b"User-agent: *\nDisallow: /a\n\nUser-agent: gptbot\nDisallow:\n",
    b"User-agent: GPTBot/1.0\nUser-agent: Applebot\nDisallow: /a\nAllow: /a/b\n",
]


@pytest.mark.parametrize("body", FILES)
@pytest.mark.parametrize("path", ["/", "/a", "/a/b", "/robots.txt"])
def test_it_says_what_each_token_is_told_alone(body: bytes, path: str) -> None:
    file = read_robots(body)
    said = decider(file, path)

    for token in ("GPTBot", "gptbot", "Applebot", "Applebot-Extended", "CCBot", "*"):
        assert said(token) == decide(file, token, path)
