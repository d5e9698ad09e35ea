"""What a robots.txt says to one token about one path."""

from __future__ import annotations

import gzip
import json
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from jwm.robotstxt.googlebot import RobotsMatcher

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


def test_agrees_with_googles_parser_on_real_files(shared_data: Path) -> None:
    """Where they differ, the file has a line without a colon, which only Google's reads."""
    agents = ("GPTBot", "CCBot", "Googlebot", "ia_archiver", "Applebot-Extended", "AnyBot")
    paths = ("/", "/index.html", "/search?q=1", "/admin/x", "/wp-admin/", "/a/b.pdf", "/~user/")
    differ: set[str] = set()
    decisions = 0
    with gzip.open(shared_data / "02-robots-2019" / "captures.jsonl.gz", "rt") as lines:
        for capture in map(json.loads, lines):
            body = capture.get("body", "")
            if capture["body_kind"] != "robots" or len(body) > 4_000:
                continue
            file = read_robots(body.encode())
            for agent, path in product(agents, paths):
                decisions += 1
                allowed = RobotsMatcher().OneAgentAllowedByRobots(body, agent, f"https://h{path}")
                if (decide(file, agent, path).crawl == "allow") != allowed:
                    colons = not any("missing-colon" in finding for finding in file.findings)
                    differ.add(f"{capture['host']}{' with colons' if colons else ''}")

    assert decisions > 70_000
    assert {host for host in differ if "with colons" in host} == set()
    assert len(differ) < 10
