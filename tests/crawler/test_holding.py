"""What holds for one agent at one address."""

from __future__ import annotations

import json

import pytest

from crawler.holding import holding
from crawler.pages import page_signals
from crawler.robots.reading import read_robots
from provenance.records import Probe, Signal, Value
from provenance.urls import address
from tests.crawler.signals.cases import capture
from tests.crawler.signals.pages import page


def in_robots(text: str, agent: str, path: str = "/p/1") -> list[tuple[str, str, Value]]:
    held = holding(agent, address(f"https://site.example{path}"), robots=read_robots(text.encode()))
    return [(one.kind, one.usage, one.value) for one in held]


def tdm_file(*entries: tuple[str, int, str]) -> tuple[Signal, ...]:
    body = json.dumps(
        [
            {
                "location": location,
                "tdm-reservation": reserved,
                **({"tdm-policy": policy} if policy else {}),
            }
            for location, reserved, policy in entries
        ]
    )
    url = "https://site.example/.well-known/tdmrep.json"
    return page_signals(capture(url, body.encode(), probe=Probe.FILE))


def tdm(*signals: Signal, path: str = "/p/1") -> list[tuple[Value, str]]:
    held = holding("GPTBot", address(f"https://site.example{path}"), said=signals)
    return [(one.value, one.offer) for one in held]


def test_nothing_said_is_nothing_held() -> None:
    assert in_robots("", "GPTBot") == []
    assert in_robots("User-agent: CCBot\nDisallow: /\nContent-Usage: train-ai=n", "GPTBot") == []


def test_a_named_group_hides_what_is_said_to_all_others() -> None:
    text = (
        "User-agent: *\nDisallow: /z\nContent-Usage: train-ai=n\n\nUser-agent: GPTBot\nAllow: /a\n"
    )

    assert in_robots(text, "GPTBot") == []
    assert in_robots(text, "CCBot") == [("aipref", "train-genai", Value.DENY)]
    # No preference is stated for what may not be fetched (attach, section 3).
    assert in_robots(text, "CCBot", "/z/1") == [("robots", "crawl", Value.DENY)]


def test_only_the_longest_path_speaks_and_equal_ones_speak_together() -> None:
    text = (
        "User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: /a search=n\n"
        "Content-Usage: /a search=y\n"
    )

    assert in_robots(text, "x", "/b") == [("aipref", "train-genai", Value.DENY)]
    assert in_robots(text, "x", "/a/1") == [
        ("aipref", "search", Value.DENY),
        ("aipref", "search", Value.ALLOW),
    ]


def test_a_longer_path_that_says_nothing_hides_a_shorter_one() -> None:
    text = "User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: /a oops oops\n"

    assert in_robots(text, "x", "/a") == [("aipref", "any", Value.UNSPECIFIED)]


def test_a_licence_for_all_is_hidden_by_that_of_a_group() -> None:
    text = (
        "License: https://a.example/1\nUser-agent: GPTBot\nLicense: https://a.example/2\nAllow: /x\n"
        "\nUser-agent: *\nAllow: /x\n"
    )
    file = read_robots(text.encode())
    place = address("https://site.example/")

    assert [one.offer for one in holding("GPTBot", place, robots=file)] == ["https://a.example/2"]
    assert [one.offer for one in holding("CCBot", place, robots=file)] == ["https://a.example/1"]


def test_a_body_in_lower_case_compares_without_case() -> None:
    file = read_robots(b"user-agent: *\ncontent-usage: /news/ train-ai=n\n", lowercased=True)

    held = holding("x", address("https://site.example/News/1"), robots=file)

    assert [one.value for one in held] == [Value.DENY]


def test_the_first_entry_that_matches_decides_in_the_order_of_the_file() -> None:
    signals = tdm_file(("/", 1, ""), ("/open/", 0, ""))

    assert tdm(*reversed(signals), path="/open/1") == [(Value.DENY, "")]
    assert tdm(*tdm_file(("/docs/", 1, "")), path="/blog") == []


@pytest.mark.parametrize(
    ("file", "header", "value", "offer"),
    [
        (1, {"tdm-reservation": "0"}, Value.ALLOW, ""),
        (0, {"tdm-reservation": "1"}, Value.DENY, ""),
        (1, {}, Value.DENY, ""),
        (1, {"tdm-policy": "https://a.example/p"}, Value.CONDITIONAL, "https://a.example/p"),
        (1, {"tdm-reservation": "maybe"}, Value.DENY, ""),
        (0, {"tdm-policy": "https://a.example/p"}, Value.ALLOW, ""),
    ],
)
def test_the_header_comes_before_the_file_and_absence_resets_nothing(
    file: int, header: dict[str, str], value: Value, offer: str
) -> None:
    signals = (*tdm_file(("/", file, "")), *page_signals(page(None, *header.items())))

    assert tdm(*signals) == [(value, offer)]


def test_a_policy_of_the_file_belongs_to_the_reservation_of_the_header() -> None:
    signals = (*tdm_file(("/", 1, "/p.json")), *page_signals(page(None, ("tdm-reservation", "1"))))

    assert tdm(*signals) == [(Value.CONDITIONAL, "https://site.example/p.json")]


def test_a_file_that_cannot_be_read_is_kept_as_a_finding() -> None:
    url = "https://site.example/.well-known/tdmrep.json"
    signals = page_signals(capture(url, b'{"tdm-reservation": 1}', probe=Probe.FILE))

    held = holding("x", address("https://site.example/"), said=signals)

    assert [(one.value, one.finding) for one in held] == [(Value.UNSPECIFIED, "not-an-array")]


@pytest.mark.parametrize(
    ("url", "train", "search"),
    [
        ("https://site.example/a/1", Value.DENY, Value.ALLOW),
        ("https://site.example/b", Value.ALLOW, Value.ALLOW),
        ("https://site.example/c/1", Value.DENY, Value.ALLOW),
        ("https://other.example/c/1", Value.ALLOW, Value.ALLOW),
    ],
)
def test_the_narrower_content_of_a_licence_decides_use_by_use(
    url: str, train: Value, search: Value
) -> None:
    refused = '<license><prohibits type="usage">ai-train</prohibits></license></content>'
    text = (
        '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><permits type="usage">all'
        f'</permits></license></content><content url="/a/">{refused}'
        f'<content url="https://site.example/c/">{refused}</rsl>'
    )
    said = page_signals(
        capture(
            "https://l.example/l.rsl", text.encode(), probe=Probe.FILE, kind="application/rsl+xml"
        )
    )

    held = {one.usage: one.value for one in holding("x", address(url), said=said)}

    assert (held["train"], held["search"]) == (train, search)


def test_ai_txt_speaks_to_the_agent_before_it_speaks_to_all() -> None:
    text = b"User-agent: GPTBot\nDisallow:\n\nUser-agent: *\nDisallow: *.jpg\n"
    said = page_signals(capture("https://site.example/ai.txt", text, probe=Probe.FILE))
    place = address("https://site.example/i/a.jpg")

    assert [one.value for one in holding("GPTBot", place, said=said)] == [Value.UNSPECIFIED]
    assert [one.value for one in holding("CCBot", place, said=said)] == [Value.DENY]


def test_a_directive_for_another_agent_is_none_for_this_one() -> None:
    said = page_signals(page(None, ("X-Robots-Tag", "GPTBot: noai")))
    place = address("https://site.example/p/1")

    assert [one.value for one in holding("gptbot", place, said=said)] == [Value.DENY]
    assert holding("CCBot", place, said=said) == ()


def ai_txt(agent: str, **files: str) -> set[Value]:
    paths = {"groups": "/ai.txt", "keys": "/.well-known/ai.txt"}
    signals = [
        one
        for name, text in files.items()
        for one in page_signals(
            capture(f"https://site.example{paths[name]}", text.encode(), probe=Probe.FILE)
        )
    ]
    return {one.value for one in holding(agent, address("https://site.example/a"), said=signals)}


def test_the_two_kinds_of_ai_txt_do_not_hide_each_other() -> None:
    allowed, denied = "User-agent: *\nAllow: /\n", "Training: deny\n"

    assert ai_txt("x", groups=allowed, keys=denied) == {Value.ALLOW, Value.DENY}
    assert ai_txt("x", keys=denied + "Agent: x\n  Training: allow\n") == {Value.ALLOW}
    assert ai_txt("x", groups=allowed + "User-agent: x\nDisallow: /\n") == {Value.DENY}
