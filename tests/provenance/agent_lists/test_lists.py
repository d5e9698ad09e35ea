"""Lists of crawlers by others: three forms, each of them hostile until it is read."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from provenance.agent_lists import LARGEST, MOST, NotAList, list_forms, read_list

DAY = date(2026, 11, 22)


def index(**changed: Any) -> bytes:
    row = {"name": "ABot", "operator": "A", "category": "ai-training", "robots_token": "ABot"}
    return json.dumps({"version": "9", "crawlers": [{**row, **changed}]}).encode()


@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (b"", "of no form"),
        (b"GPTBot\nCCBot\n", "of no form"),
        (b"[]", "of no form"),
        (b"\xff\xfet\x00o\x00", "of no form"),
        (b"token,purpose\n\xff,training\n", "not UTF-8"),
        (b"token,purpose\n", "it lists nothing"),
        (b"token,purposes\nABot,training\n", "'purposes' is no column"),
        (b"token,operator\nABot,A\n", "columns are missing"),
        (b"token,purpose\nABot,traning\n", "row 1: 'traning' is none of training, dataset"),
        (b"token,purpose\n*,training\n", "row 1: '*' is no token"),
        (b'token,purpose\n"A\nDisallow: /",training\n', "is no token"),
        ("token,purpose\nGРTBot,training\n".encode(), r"'G\u0420TBot' is no token (ASCII letters,"),
        (b"token,purpose\nABot,training\nabot,search\n", "the token 'abot' stands twice"),
        ("token,purpose,operator\nABot,training,a\u202eb\n".encode(), "is no line"),
        (b"token,purpose,checked\nABot,training,soon\n", "row 1: 'soon' is no day, such as 2026-11-20"),
        (b"token,purpose\nABot\n", "row 1: 1 cell, and the header has 2"),
        (b'{"crawlers": {}}', "`crawlers` is no list"),
        (b'{"crawlers": [1]}', "no object with a known `category`"),
        (b'{"crawlers": [], "crawlers": []}', "stands twice"),
        (index(category="weather"), "no object with a known `category`"),
        (index(robots_token=None), "'None' is no token"),
        (index(operator=["A"]), "is no line of at most 120 characters"),
        (b'{"ABot": {"operator": NaN}}', "NaN is not JSON"),
        (b'{"ABot": "operator"}', "'ABot': no object that says its operator"),
        (b'{"*": {"operator": "A"}}', "'*' is no token"),
        (b'{"a": {"operator": ' + b"[" * 100_000, "not JSON"),
        (b" " * (LARGEST + 1), "larger than 5 MiB"),
    ],
)  # fmt: skip
def test_what_is_no_whole_list_is_refused_and_says_why(content: bytes, fact: str) -> None:
    with pytest.raises(NotAList) as refused:
        read_list(content, checked=DAY)

    assert fact in str(refused.value)


def test_a_list_of_endless_rows_is_refused() -> None:
    rows = "".join(f"Bot{number},training\n" for number in range(MOST + 1))

    with pytest.raises(NotAList, match="more than 20,000"):
        read_list(f"token,purpose\n{rows}".encode(), checked=DAY)


@pytest.mark.parametrize("name", sorted(list_forms()))
def test_each_form_finds_its_canary(name: str) -> None:
    form, listed = read_list(list_forms()[name].canary, checked=DAY)

    assert form.name == name
    assert [agent.token for agent in listed.agents] == ["CanaryBot"]
