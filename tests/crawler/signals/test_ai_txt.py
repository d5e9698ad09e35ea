"""ai.txt in its two grammars, and its namesakes."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from provenance.records import Probe, Signal, Strength, Value
from tests.crawler.signals.cases import capture


def served(text: str, path: str = "/ai.txt", kind: str = "text/plain") -> tuple[Signal, ...]:
    answer = capture(f"https://site.example{path}", text.encode(), probe=Probe.FILE, kind=kind)
    return page_signals(answer)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("<!doctype html><html>app", "soft-404"),
        ("# My site\n\nWe like models.\nSee the page: about.\nGood bye.\n", "soft-404"),
        ("Title: My site\nLicense: MIT\n", "soft-404"),
        ("Not found\n", "soft-404"),
        ("", "empty"),
        ("# only a comment\n", "empty"),
    ],
)
def test_a_namesake_reserves_nothing_and_is_told(text: str, finding: str) -> None:
    (signal,) = served(text)

    assert (signal.value, signal.finding) == (Value.UNSPECIFIED, finding)


def test_groups_speak_to_their_agents_of_media_types() -> None:
    assert served("# Spawning AI\nUser-Agent: *\nDisallow: *.jpg\nAllow: *.txt\n") == (
        Signal(
            kind="ai-txt", scope="agent:*", usage="train", value=Value.DENY,
            strength=Strength.CONVENTION, specific=True, path="*.jpg",
            quote="line 3: Disallow: *.jpg",
        ),
        Signal(
            kind="ai-txt", scope="agent:*", usage="train", value=Value.ALLOW,
            strength=Strength.CONVENTION, specific=True, path="*.txt", quote="line 4: Allow: *.txt",
        ),
    )  # fmt: skip


def test_a_group_without_rules_is_kept_because_it_hides_the_one_for_all() -> None:
    signals = served("User-Agent: GPTBot\nDisallow:\n\nUser-Agent: *\nDisallow: /\n")

    assert [(one.scope, one.value) for one in signals] == [
        ("agent:gptbot", Value.UNSPECIFIED),
        ("agent:*", Value.DENY),
    ]


def test_keys_speak_for_the_site_and_indented_ones_for_an_agent() -> None:
    signals = served(
        "Site-Name: News\nTraining: conditional\nScraping: allow\n"
        "Training-Allow: /free/*\nTraining-Deny: /paid\n"
        "Training-License: CC-BY-4.0\nTraining-Fee: https://news.example/fee#ai\n\n"
        "Agent: GPTBot\n  Training: deny\n  Rate-Limit: 1/minute\n\nAttribution: required\n",
        "/.well-known/ai.txt",
    )

    assert [(s.scope, s.path, s.usage, s.value, s.offer) for s in signals] == [
        ("site", "", "train", Value.CONDITIONAL, "https://news.example/fee#ai"),
        ("site", "", "crawl", Value.ALLOW, ""),
        ("site", "/free/*", "train", Value.ALLOW, ""),
        ("site", "/paid$", "train", Value.DENY, ""),
        ("agent:gptbot", "", "train", Value.DENY, "https://news.example/fee#ai"),
    ]
    assert signals[0].conditions == "licence=CC-BY-4.0"


def test_paths_are_free_only_where_training_depends_on_them() -> None:
    signals = served("Training: deny\nTraining-Allow: /free/*\n", "/.well-known/ai.txt")

    assert [one.value for one in signals] == [Value.DENY]


def test_any_other_value_says_nothing_and_is_told() -> None:
    (signal,) = served("Training: maybe\n")

    assert (signal.value, signal.finding) == (Value.UNSPECIFIED, "invalid-value")


def test_a_file_of_ten_thousand_rules_is_refused() -> None:
    (signal,) = served("User-agent: *\n" + "Disallow: /x\n" * 10_000)

    assert signal.finding == "too-complex"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("User-Agent: *\nDisallow: /\n", "text/html", Value.DENY),
        ("User-Agent: *\nDisallow: /\n", "application/octet-stream", Value.DENY),
        ("\ufeffUser-Agent: *\rDisallow: /\r", "", Value.DENY),
        ("Training: Deny # really\n", "text/plain", Value.DENY),
        ("Training: allow\nTraining-Deny: *\n", "text/plain", Value.DENY),
        ("Training: no\n", "text/plain", Value.UNSPECIFIED),
        ("Training=deny\n", "text/plain", Value.UNSPECIFIED),
        ("# Training: allow\nSpec-Version: 1.0\n", "text/plain", Value.UNSPECIFIED),
        ("Disallow: /\n", "text/plain", Value.UNSPECIFIED),
        ("Training: allow\n<p>x</p>\n", "text/html", Value.UNSPECIFIED),
    ],
)
def test_near_misses(text: str, kind: str, value: Value) -> None:
    said = {one.value for one in served(text, kind=kind)}

    assert (Value.DENY in said) == (value is Value.DENY)
    assert value in said
