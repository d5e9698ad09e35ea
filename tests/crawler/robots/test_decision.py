"""What a robots.txt says to one token about one path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crawler.robots.decision import decide
from crawler.robots.reading import read_robots
from provenance.urls import address

if TYPE_CHECKING:
    from pathlib import Path

# rb-077: a line without a colon is outside the grammar of RFC 9309 2.2, and 2.3.1.5 asks for the
# parseable lines only. It is no rule here; its author is told (`missing-colon`).
AMBIGUOUS = {
    "rb-077": {"crawl": "allow", "group": "none", "explicit": False, "value": "unspecified"}
}


def cases(folder: Path) -> list[dict[str, Any]]:
    found = json.loads((folder / "signal_cases.json").read_text("utf-8"))["cases"]
    return [case for case in found if case["signal"] == "robots"]


def test_every_conformance_case_comes_out_as_expected(shared_data: Path) -> None:
    wrong = {}
    for case in cases(shared_data):
        file = read_robots(case["input"]["robots"].encode())
        said = decide(file, case["agent"], address(case["url"]).path)
        got = {
            "crawl": said.crawl,
            "group": said.group,
            "explicit": said.explicit,
            "value": said.value,
        }
        expected = AMBIGUOUS.get(case["id"], case["expected"])
        if any(got[key] != value for key, value in expected.items()):
            wrong[case["id"]] = got

    assert wrong == {}
    assert len(cases(shared_data)) == 57
    assert {case["id"] for case in cases(shared_data) if case.get("ambiguous")} == set(AMBIGUOUS)


def test_names_the_rule_it_rests_on() -> None:
    file = read_robots(b"User-agent: *\nDisallow: /\nAllow: /press/\n")

    assert decide(file, "GPTBot", "/press/1").rule == file.groups[0].rules[1]
    assert decide(file, "GPTBot", "/").rule == file.groups[0].rules[0]


def test_permission_for_index_html_is_none_for_the_folder() -> None:
    file = read_robots(b"User-agent: *\nDisallow: /\nAllow: /index.html\n")

    assert decide(file, "GPTBot", "/").crawl == "deny"
    assert decide(file, "GPTBot", "/index.html").crawl == "allow"


def test_of_two_equal_rules_the_one_that_allows_wins() -> None:
    file = read_robots(b"User-agent: *\nAllow: /a\nDisallow: /a\n")

    assert decide(file, "x", "/a").crawl == "allow"


def test_a_body_stored_in_lower_case_compares_without_case() -> None:
    body = b"user-agent: *\ndisallow: /news/\n"

    assert decide(read_robots(body, lowercased=True), "x", "/News/1").crawl == "deny"
    assert decide(read_robots(body), "x", "/News/1").crawl == "allow"


@pytest.mark.parametrize("path", ["/robots.txt", "/robots.txt?x=1"])
def test_robots_txt_itself_is_never_refused(path: str) -> None:
    assert decide(read_robots(b"User-agent: *\nDisallow: /\n"), "x", path).crawl == "allow"
