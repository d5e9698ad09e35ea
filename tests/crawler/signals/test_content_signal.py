"""Content signals in groups of robots.txt, and in the header that a converter writes."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from crawler.robots.reading import read_robots
from provenance.records import Signal, Strength, Value
from tests.crawler.signals.pages import page


def robots(value: str) -> list[tuple[str, Value, str, str]]:
    signals = read_robots(f"User-agent: *\nContent-Signal: {value}\n".encode()).signals
    return [(one.usage, one.value, one.conditions, one.finding) for one in signals]


@pytest.mark.parametrize(
    ("value", "finding"),
    [
        ("", "malformed-member"), ("bogus", "malformed-member"), ("ai-train=", "invalid-value"),
        ("ai-train=false", "invalid-value"), ("ai-train=n", "invalid-value"),
        ('ai-train="no"', "invalid-value"), ("ai-train:no", "malformed-member"),
        ("ai-train=no search=yes", "invalid-value"), ("ai-train=no;search=yes", "invalid-value"),
        ("ai_train=no", "unknown-label"), ("use=none", "invalid-value"),
        ("train-ai=no", "unknown-label"), ("use=half", "invalid-value"), (",", "malformed-member"),
    ],
)  # fmt: skip
def test_what_the_policy_does_not_know_is_told_and_says_nothing(value: str, finding: str) -> None:
    ((_, said, conditions, told),) = robots(value)

    assert (said, conditions, told) == (Value.UNSPECIFIED, "", finding)


def test_comments_are_no_signals() -> None:
    assert read_robots(b"# Content-Signal: ai-train=no\nUser-agent: *\nAllow: /").signals == ()


def test_what_is_left_out_is_neither_granted_nor_restricted() -> None:
    assert robots("search=yes,ai-train=no") == [
        ("search", Value.ALLOW, "", ""),
        ("train", Value.DENY, "", ""),
    ]


def test_a_malformed_member_spoils_no_other() -> None:
    assert robots("bogus, AI-Train = No") == [
        ("any", Value.UNSPECIFIED, "", "malformed-member"),
        ("train", Value.DENY, "", ""),
    ]


def test_use_is_a_condition_of_what_stands_beside_it() -> None:
    assert robots("search=yes, use=reference") == [("search", Value.ALLOW, "use=reference", "")]
    assert robots("use=immediate") == [("any", Value.UNSPECIFIED, "use=immediate", "")]


def test_a_path_may_stand_before_the_list() -> None:
    (signal,) = read_robots(b"User-agent: *\nContent-signal: /blog/ ai-train=no").signals

    assert signal == Signal(
        kind="content-signal", scope="agent:*", usage="train", value=Value.DENY,
        strength=Strength.VENDOR, specific=True, path="/blog/",
        quote="line 2: Content-Signal: /blog/ ai-train=no",
    )  # fmt: skip


def test_before_the_first_group_it_speaks_for_the_site_and_is_told() -> None:
    (signal,) = read_robots(b"Content-Signal: ai-train=no\nUser-agent: *\nAllow: /").signals

    assert (signal.scope, signal.value, signal.finding) == ("site", Value.DENY, "outside-group")


def test_a_header_may_be_the_default_of_a_vendor() -> None:
    (signal,) = page_signals(page(None, ("Content-Signal", "ai-train=yes")))

    assert (signal.scope, signal.value, signal.strength, signal.finding) == (
        "asset", Value.ALLOW, Strength.VENDOR, "vendor-default",
    )  # fmt: skip
