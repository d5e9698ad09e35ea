"""Statements that disagree."""

from __future__ import annotations

import pytest

from crawler.contradictions import Contradiction, contradictions
from crawler.inspection import Statement, answers_for
from crawler.robots.reading import read_robots
from provenance.records import Outcome

OPEN = b"User-agent: *\nAllow: /\n"
CLOSED = b"User-agent: GPTBot\nDisallow: /\n"


def said(value: str, usage: str = "train", *, scope: str = "page", kind: str = "a") -> Statement:
    return Statement(kind, usage, value, "none", "", f"{kind} {value}", scope)


def found(body: bytes, *statements: Statement) -> tuple[Contradiction, ...]:
    answers, _ = answers_for(Outcome.PARSED, body, "/")
    return contradictions(read_robots(body), answers, statements)


@pytest.mark.parametrize(
    ("body", "statements"),
    [
        (OPEN, ()),
        (OPEN, (said("allow"),)),
        (OPEN, (said("unspecified"), said("deny", "search"))),
        (OPEN, (said("deny", scope="agent:bingbot"),)),
        (CLOSED, (said("deny"), said("conditional", "mine"))),
        (CLOSED, (said("deny", scope="agent:a"), said("allow", scope="agent:b"))),
        (b"User-agent: *\nDisallow: /\nAllow: /a\n", ()),
    ],
)
def test_statements_that_agree_or_speak_of_different_things_are_none(
    body: bytes, statements: tuple[Statement, ...]
) -> None:
    assert found(body, *statements) == ()


def test_a_page_that_reserves_behind_an_open_robots_txt_is_mixed() -> None:
    assert found(OPEN, said("conditional", "mine", kind="tdmrep")) == (
        Contradiction("mixed", "mine", "line 2: Allow: /", "tdmrep: tdmrep conditional"),
    )


def test_two_statements_of_one_use_are_opposed() -> None:
    assert found(CLOSED, said("deny", kind="a"), said("allow", "mine", kind="b")) == (
        Contradiction("opposed", "train", "a: a deny", "b: b allow"),
    )


def test_one_pattern_allowed_and_refused_is_named_with_both_lines() -> None:
    assert found(b"User-agent: *\nDisallow: /a\nAllow: /a\n") == (
        Contradiction("lines", "crawl", "line 2: Disallow: /a", "line 3: Allow: /a"),
    )


def test_a_group_of_its_own_contradicts_nothing_that_is_said_to_all() -> None:
    to_all = said("deny", scope="agent:*", kind="content-signal")
    to_one = said("allow", scope="agent:gptbot", kind="content-signal")

    assert found(CLOSED, to_all, to_one) == ()


def test_a_line_for_all_agents_in_robots_txt_speaks_to_all() -> None:
    (only,) = found(OPEN, said("deny", scope="agent:*", kind="content-signal"))

    assert (only.kind, only.other) == ("mixed", "content-signal: content-signal deny")
