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


ALL = "User-agent: *\n"
OURS = "User-agent: GPTBot\n"
NOTHING = ("allow", "star", False)
BY_STAR, BY_NAME = ("deny", "star", True), ("deny", "named", True)
NOBODY, SILENT = ("allow", "none", False), ("allow", "named", False)


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        # Names that only look alike.
        ("User-agent: GPT\nDisallow: /", "/a", NOBODY),
        ("User-agent: BotGPTBot\nDisallow: /", "/a", NOBODY),
        ("User-agent: GPT*\nDisallow: /", "/a", NOBODY),
        ("User-agent: .*\nDisallow: /", "/a", NOBODY),
        ("User-agent: **\nDisallow: /", "/a", NOBODY),
        ("User-agent: -GPTBot\nDisallow: /", "/a", NOBODY),
        ('User-agent: "GPTBot"\nDisallow: /', "/a", NOBODY),
        ("User-agent: CCBot;GPTBot\nDisallow: /", "/a", NOBODY),
        ("User-agent: Mozilla/5.0 (compatible; GPTBot/1.2)\nDisallow: /", "/a", NOBODY),
        ("User-agent: G\u0420TBot\nDisallow: /", "/a", NOBODY),  # Cyrillic
        ("User-agent: GPT\u200bBot\nDisallow: /", "/a", NOBODY),
        ("User-agent: \uff27\uff30\uff34\uff22\uff4f\uff54\nDisallow: /", "/a", NOBODY),  # wide
        ("User-agent:\nDisallow: /", "/a", NOBODY),
        ("User-agent: *,GPTBot\nDisallow: /", "/a", NOBODY),
        # Fields that only look alike.
        ("User-agents: GPTBot\nDisallow: /", "/a", NOBODY),
        ("User_agent: GPTBot\nDisallow: /", "/a", NOBODY),
        (OURS + "Disallow\uff1a /", "/a", SILENT),
        (OURS + "Disallow= /", "/a", SILENT),
        (OURS + "Noindex: /", "/a", SILENT),
        ("User-agent: GPTBot Disallow: /", "/a", SILENT),
        ("User-agent: GPTBot\\nDisallow: /", "/a", SILENT),
        ("User-agent:\u00a0GPTBot\nDisallow: /", "/a", NOBODY),  # RFC 9309: WS is blank and tab
        # Who is spoken to.
        ("User-agent: GPTBot (OpenAI)\nDisallow: /", "/a", BY_NAME),
        ("User-agent: GPTBot | CCBot\nDisallow: /", "/a", BY_NAME),
        ("User-agent:\nUser-agent: *\nDisallow: /", "/a", BY_STAR),
        ("User-agent: *# everybody\nDisallow: /", "/a", BY_STAR),
        (OURS + "\n\nUser-agent: *\nDisallow: /", "/a", BY_NAME),  # one group, in spite of blanks
        (OURS + "Host: a.example\nUser-agent: CCBot\nDisallow: /", "/a", BY_NAME),
        (OURS + "Disallow: /x\nSitemap: https://a.example/s.xml\nDisallow: /a", "/a", BY_NAME),
        (ALL + "Disallow: /\n" + OURS + "Disallow:", "/a", SILENT),
        (OURS + "Disallow:\n" + OURS + "Disallow: /", "/a", BY_NAME),
        (OURS + "Disallow: /\n" + OURS + "Allow: /", "/a", ("allow", "named", True)),
        # Line ends and marks of order.
        ("User-agent: GPTBot\r\r\nDisallow: /\r\r\n", "/a", BY_NAME),
        ("\ufeff\ufeffUser-agent: GPTBot\nDisallow: /", "/a", BY_NAME),
        (ALL + "Disallow:\n\n\ufeff" + OURS + "Disallow: /", "/a", BY_NAME),  # joined files
        # Which rule.
        (ALL + "Disallow:\nAllow:", "/a", NOTHING),
        (ALL + "Disallow: # nothing", "/a", NOTHING),
        (ALL + "Disallow: $", "/", NOTHING),
        (ALL + "Disallow: private/", "/private/", NOTHING),
        (ALL + "Disallow: /$", "/?a", NOTHING),
        (ALL + "Disallow: /a?", "/a", NOTHING),
        (ALL + "Disallow: /a+b", "/a%20b", NOTHING),
        (ALL + "Disallow: /a%252Fb", "/a%2Fb", NOTHING),
        (ALL + "Allow: /\nDisallow: /", "/a", ("allow", "star", True)),
        (ALL + "Allow: /\nDisallow: *", "/a", ("allow", "star", True)),
        (ALL + "Allow: /\nDisallow: /*", "/a", BY_STAR),
        (ALL + "Allow: /a/b\nDisallow: /****b", "/a/b", BY_STAR),
        (ALL + "Disallow: /#x", "/a", BY_STAR),
        (ALL + "Disallow: /a b", "/a%20b", BY_STAR),
        (ALL + "Disallow: /%e6%97%a5", "/%E6%97%A5", BY_STAR),
        (ALL + "Disallow: /a%2fb", "/a%2Fb", BY_STAR),
        (ALL + "Disallow: /%7Ejoe", "/~joe", BY_STAR),
        (ALL + "Disallow: /a%", "/a%", BY_STAR),
        # The rows of RFC 9309, 2.2.2.
        (ALL + "Disallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", BY_STAR),
        (ALL + "Disallow: /foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https://foo.bar", BY_STAR),
        (ALL + "Disallow: /foo/bar/\u30c4", "/foo/bar/%E3%83%84", BY_STAR),
        (ALL + "Disallow: /foo/bar/%E3%83%84", "/foo/bar/\u30c4", BY_STAR),
        (ALL + "Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", BY_STAR),
        (ALL + "Disallow: /foo/bar%2Fbaz?x=/", "/foo/bar/baz?x=/", NOTHING),
        (ALL + "Disallow: /a$$", "/a$", BY_STAR),
        (ALL + "Disallow: /", "/robots.txt/x", BY_STAR),
        (ALL + "Disallow: /", "/Robots.txt", BY_STAR),
    ],
)  # fmt: skip
def test_near_misses_and_oddities(text: str, path: str, said: tuple[str, str, bool]) -> None:
    found = decide(read_robots(text.encode()), "GPTBot", address(f"https://a.example{path}").path)

    assert (found.crawl, found.group, found.explicit) == said


def test_letters_that_fold_to_ascii_are_other_letters() -> None:
    file = read_robots("User-agent: \u212aangaroo\u017f\nDisallow: /\n".encode())

    assert decide(file, "Kangaroos", "/a").crawl == "allow"


@pytest.mark.parametrize("mark", [b"\xef", b"\xef\xbb", b"\xef\xbb\xbf"])
def test_a_mark_of_order_may_come_in_part(mark: bytes) -> None:
    file = read_robots(mark + b"User-agent: GPTBot\nDisallow: /")

    assert decide(file, "GPTBot", "/a").crawl == "deny"
