"""The wait that a robots.txt asks for."""

from __future__ import annotations

import pytest

from crawler.robots.delay import crawl_delay


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Crawl-delay: 9\nUser-agent: *\nDisallow:",
        "User-agent: other\nCrawl-delay: 9",
        "User-agent: *\nCrawl-delay: 9\nDisallow:\nUser-agent: provisor\nDisallow:",
        "User-agent: *\nCrawl-delay: nan",
        "User-agent: *\nCrawl-delay: 0",
        "User-agent: *\nCrawl-delay: -5",
        "User-agent: *\nCrawl-delay: soon",
        "User-agent: *\nCrawl-delay: 5 apples",
        "User-agent: *\nCrawl-delay: s",
        "User-agent: *\nRequest-rate: 0/0",
        "User-agent: *\nRequest-rate: often",
    ],
)
def test_nothing_is_asked_of_us(body: str) -> None:
    assert crawl_delay(body.encode(), "provisor") is None


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 1.5", 1.5),
        ("User-agent: *\nDisallow: /x\nCrawl-delay: 7\n", 7),
        ("User-agent: a\nCrawl-delay: 7\nUser-agent: Provisor\nDisallow: /x", 7),
        ("User-agent: *\nCrawl-delay: 30\nCrawl-delay: 3", 30),
        ("User-agent: *\nCrawl-delay: 1e308", 1e308),
        ("User-agent: *\nCrawl-delay: inf", float("inf")),
        ("User-agent: *\nCrawl-delay: 5s", 5),
        ("User-agent: *\nCrawl-delay: 10 seconds # please", 10),
        ("User-agent: *\nCrawl-delay: 2,5", 2.5),
        ("User-agent: *\nRequest-rate: 1/1m", 60),
        ("User-agent: *\nRequest-rate: 2/10", 5),
        ("User-agent: *\nRequest-rate: 1/20s 0600-0845", 20),
    ],
)
def test_the_longest_wait_of_our_group_counts(body: str, seconds: float) -> None:
    assert crawl_delay(body.encode(), "provisor") == seconds
