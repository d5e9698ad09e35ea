"""The groups of a robots.txt by token, merged."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.robots.reading import TooComplex, read_robots
from provenance.records import GroupClass, RobotsFile, RobotsGroup, RobotsRule


def groups(text: str) -> dict[str, list[str]]:
    """Return the rules of each token, as written."""
    return {
        group.token: [("+" if rule.allow else "-") + rule.pattern for rule in group.rules]
        for group in read_robots(text.encode()).groups
    }


def test_a_token_is_not_captured_by_a_shorter_name() -> None:
    assert set(groups("User-agent: Applebot\nUser-agent: Google\nDisallow: /")) == {
        "applebot",
        "google",
    }


@pytest.mark.parametrize(
    "value", ["GPTBot", "gptbot", "GPTBot/1.2", "GPTBot, CCBot", "GPTBot*", "GPTBot (AI)"]
)
def test_a_value_speaks_to_the_token_it_begins_with(value: str) -> None:
    assert groups(f"User-agent: {value}\nDisallow: /")["gptbot"] == ["-/"]


@pytest.mark.parametrize("value", ["*bot", "", "?", "Bot*GPTBot"])
def test_a_value_speaks_to_no_token_inside_it(value: str) -> None:
    assert "gptbot" not in groups(f"User-agent: {value}\nDisallow: /")


def test_a_name_with_a_blank_is_kept_whole_as_well() -> None:
    assert set(groups("User-agent: Linguee Bot\nDisallow: /")) == {"linguee bot", "linguee"}


@pytest.mark.parametrize("between", ["", "# why", "Crawl-delay: 5", "Content-Signal: ai-train=no"])
def test_nothing_but_a_rule_ends_a_list_of_agents(between: str) -> None:
    text = f"User-agent: GPTBot\n{between}\nUser-agent: CCBot\nDisallow: /"

    assert groups(text) == {"gptbot": ["-/"], "ccbot": ["-/"]}


def test_groups_of_one_token_are_merged_in_their_order() -> None:
    text = "User-agent: a\nDisallow: /1\nUser-agent: b\nDisallow: /2\nUser-agent: A\nAllow: /3"

    assert groups(text) == {"a": ["-/1", "+/3"], "b": ["-/2"]}


def test_a_rule_before_the_first_group_is_no_rule_and_is_told() -> None:
    file = read_robots(b"Disallow: /\nUser-agent: a\nDisallow: /x")

    assert file == RobotsFile(
        groups=(RobotsGroup("a", (RobotsRule(3, allow=False, pattern="/x"),), (2,)),),
        findings=("line 1: rule-before-group",),
    )


def test_its_author_is_told_what_a_reader_may_miss() -> None:
    text = "User-agent: a, b\nDissallow: /x\nDisallow x\nAllow: y"

    assert read_robots(text.encode()).findings == (
        "line 1: comma-list",
        "line 2: typo-tolerated",
        "line 3: missing-colon",
        "line 4: pattern-without-slash",
    )


@pytest.mark.parametrize(
    ("rules", "group_class"),
    [
        ("", GroupClass.ALLOW_ALL),
        ("Disallow:", GroupClass.ALLOW_ALL),
        ("Allow: /", GroupClass.ALLOW_ALL),
        ("Disallow: //", GroupClass.BY_PATH),
        ("Disallow: /$", GroupClass.BY_PATH),
        ("Disallow: /\nAllow: /a", GroupClass.BY_PATH),
        ("Disallow: /", GroupClass.DENY_ALL),
        ("Disallow: *", GroupClass.DENY_ALL),
        ("Disallow: /*\nDisallow: /x\nAllow:", GroupClass.DENY_ALL),
    ],
)
def test_the_class_says_what_the_rules_come_to(rules: str, group_class: GroupClass) -> None:
    (group,) = read_robots(f"User-agent: a\n{rules}".encode()).groups

    assert group.group_class is group_class


def test_a_bomb_is_refused_at_once() -> None:
    agents = "".join(f"User-agent: a{n}\n" for n in range(5000))
    rules = "".join(f"Disallow: /{n}\n" for n in range(5000))
    begun = time.process_time()

    with pytest.raises(TooComplex):
        read_robots((agents + rules).encode())

    assert time.process_time() - begun < 2


@given(st.binary(max_size=300))
def test_any_octets_can_be_read(body: bytes) -> None:
    read_robots(body)
