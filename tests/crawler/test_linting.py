"""What the author of a robots.txt is told, and what not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.linting import lints
from crawler.robots.decision import decide
from crawler.robots.lines import LIMIT
from crawler.robots.reading import read_robots


def told(body: bytes | str) -> list[tuple[int, str]]:
    octets = body.encode() if isinstance(body, str) else body
    return [(lint.line, lint.code) for lint in lints(octets, read_robots(octets))]


REFUSE = "User-agent: GPTBot\nDisallow: /\n"


@pytest.mark.parametrize(
    "body",
    [
        REFUSE,
        "User-agent: *\nDisallow:\n",
        "User-agent: gptbot/1.2\nDisallow: /\n",
        # Near misses of idle rules: each line changes an answer.
        "User-agent: *\nDisallow: /\nAllow: /a\n",
        "User-agent: *\nDisallow: /a\nDisallow: /b\n",
        "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\n",
        "User-agent: *\nDisallow: /a\nAllow: /a*\nDisallow: /a/long\n",
        "User-agent: *\nDisallow: /a\nDisallow: /*b\n",
        "User-agent: *\nAllow: /a\n",
        # A group of its own that says what * says.
        "User-agent: *\nDisallow: /a\n\nUser-agent: GPTBot\nDisallow: /\n",
        "User-agent: *\nDisallow: /a\n\nUser-agent: Googlebot\nDisallow:\n",
        # A blank line after the rules, comments between agents.
        "User-agent: GPTBot\n# OpenAI's search\nUser-agent: OAI-SearchBot\nDisallow: /\n",
        "User-agent: GPTBot\nContent-Signal: ai-train=no\nUser-agent: CCBot\nDisallow: /\n",
        # A comment that reserves what a rule states too; comments that reserve nothing.
        f"# No AI training without permission.\n{REFUSE}",
        "# We welcome AI crawlers.\nUser-agent: *\nDisallow:\n",
        "# Do not index the admin pages.\nUser-agent: *\nDisallow: /admin\n",
        "# Said: nothing.\nUser-agent: *\nDisallow:\n",
        # A retired name beside the one in use.
        "User-agent: anthropic-ai\nUser-agent: ClaudeBot\nDisallow: /\n",
    ],
)
def test_a_file_without_fault_is_not_found_fault_with(body: str) -> None:
    assert told(body) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("", [(0, "no-group")]),
        ("Disallow: /\n", [(0, "no-group"), (1, "rule-before-group")]),
        (b"\xef\xbb\xbf" + REFUSE.encode(), [(1, "byte-order-mark")]),
        ("User-agent: GPTBot\nDisallow /\n", [(1, "group-without-rules"), (2, "missing-colon")]),
        ("User-agent: GPTBot\nDissallow: /\n", [(2, "typo-tolerated")]),
        ("User-agent: GPTBot, CCBot\nDisallow: /\n", [(1, "comma-list")]),
        ("User-agent: GPTBot\nDisallow: images/\n", [(2, "pattern-without-slash")]),
        ("User-agent: GPT-Bot\nDisallow: /\n", [(1, "unknown-agent-near")]),
        ("User-agent: Slurp\nDisallow: /\n", [(1, "unknown-agent")]),
        ("User-agent:\nDisallow: /\n", [(1, "empty-agent")]),
        ("User-agent: anthropic-ai\nDisallow: /\n", [(1, "retired-agent")]),
        (f"{REFUSE}\n{REFUSE}", [(4, "several-groups"), (5, "repeated")]),
        ("User-agent: GPTBot\n", [(1, "group-without-rules")]),
        ("User-agent: GPTBot\n\nUser-agent: *\nDisallow: /a\n", [(3, "runs-on")]),
        (
            "User-agent: *\nDisallow: /a\n\nUser-agent: GPTBot\nDisallow: /b\n",
            [(2, "star-replaced")],
        ),
        ("User-agent: ChatGPT-User\nDisallow: /\n", [(0, "only-search-refused")]),
        ("User-agent: *\nDisallow: /x\nAllow: /x\n", [(2, "overruled")]),
        ("User-agent: *\nDisallow: /x\nDisallow: /x\n", [(3, "repeated")]),
        ("User-agent: *\nDisallow: /x\nDisallow: /x/y\n", [(3, "covered")]),
        ("User-agent: *\nDisallow: /\nAllow: /a\nAllow: /a/b\n", [(4, "covered")]),
        ("User-agent: *\nDisallow: /\nDisallow:\n", [(3, "empty-disallow")]),
        (
            "# 生成AIの学習への利用を禁じます。\nUser-agent: *\nDisallow: /a\n",
            [(1, "comment-reserves")],
        ),
        (
            "# All rights under Directive 2019/790 are reserved.\nUser-agent: *\nDisallow:\n",
            [(1, "comment-reserves")],
        ),
    ],
)
def test_what_does_not_do_what_it_looks_like_is_told(
    body: bytes | str, found: list[tuple[int, str]]
) -> None:
    assert told(body) == found


def test_what_lies_beyond_the_limit_is_said_not_to_be_read() -> None:
    body = b"User-agent: *\n" + b"Disallow: /a\n" * (LIMIT // 13) + b"Disallow: /last\n"

    (only,) = [lint for lint in lints(body, read_robots(body)) if lint.code == "over-limit"]

    assert LIMIT // 13 - 1 <= only.line <= LIMIT // 13 + 2


def test_a_suggestion_is_named() -> None:
    body = b"User-agent: Claude-Bot\nDisallow: /\n"

    (lint,) = lints(body, read_robots(body))

    assert dict(lint.words) == {"token": "Claude-Bot", "near": "ClaudeBot"}


def test_an_endless_file_gives_a_list_with_an_end() -> None:
    body = b"".join(b"User-agent: Nobody%d\nDisallow: /\n" % number for number in range(5_000))

    assert len(lints(body, read_robots(body))) == 20


LINES = st.sampled_from(
    [
        b"User-agent: *", b"User-agent: GPTBot", b"useragent: anthropic-ai, CCBot", b"User-agent:",
        b"Disallow: /a", b"Disallow: /a/b", b"Allow: /a", b"Allow: /a*b$", b"Disallow:", b"Disallow /",
        b"", b"# no AI training", b"\xef\xbb\xbf", b"\xff\x00", b"Sitemap: /", b"Disallow: %2",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(LINES, max_size=14).map(b"\n".join) | st.binary(max_size=80))
def test_no_file_breaks_the_linter(body: bytes) -> None:
    lints(body, read_robots(body))


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(["/", "/a", "/a/", "/a/b", "/a*", "/*b", "/b$"])),
        max_size=6,
    )
)
def test_an_idle_rule_can_be_left_out_without_changing_an_answer(
    rules: list[tuple[bool, str]],
) -> None:
    lines = [f"{'Allow' if allow else 'Disallow'}: {pattern}" for allow, pattern in rules]
    body = "\n".join(["User-agent: *", *lines]).encode()
    idle = {
        lint.line
        for lint in lints(body, read_robots(body))
        if lint.code in {"overruled", "repeated", "covered"}
    }

    for number in idle:
        kept = [line for at, line in enumerate(lines, start=2) if at != number]
        without = read_robots("\n".join(["User-agent: *", *kept]).encode())
        for path in ("/", "/a", "/a/", "/a/b", "/a/bb", "/ab", "/b", "/b/b", "/c", "/aab"):
            assert decide(without, "x", path).crawl == decide(read_robots(body), "x", path).crawl, (
                number,
                path,
            )


def test_a_file_of_many_rules_is_looked_at_in_seconds() -> None:
    rules = b"".join(b"Disallow: /%d/%d\n" % (number % 97, number) for number in range(20_000))
    body = b"User-agent: *\n" + rules + b"User-agent: GPTBot\nDisallow: /\n"
    begun = time.process_time()

    lints(body, read_robots(body))

    assert time.process_time() - begun < 60
