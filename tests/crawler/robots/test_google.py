"""Real files of 2019, read by us, by Google's parser and in SQL: each difference has its cause."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import pytest
from jwm.robotstxt.googlebot import RobotsMatcher

from crawler.robots.decision import decide, group_for
from crawler.robots.lines import LIMIT, robots_lines
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.records import Outcome, Probe, RobotsFile, RobotsGroup
from provenance.robots_form import match_form, pattern_forms
from provenance.rows import insert_rows
from provenance.urls import NotAnAddress, address, canonical_path
from tests.crawler.signals.cases import capture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AGENTS = ("GPTBot", "CCBot", "AI2Bot")
PATHS = ("/", "/index.html", "/robots.txt")
SITE = "https://site.example"
# Fields that Google compares by prefix or spells out itself, and we do not read.
READ_BY_PREFIX = re.compile(
    r"(user-agent|useragent|user agent|(dis)?allow|dissallow|dissalow|disalow|diasllow|disallaw).+"
)
GOOGLE_LINE = 16_664
_ANSWERS: dict[tuple[str, str, str], bool] = {}
GOOGLE_TOKEN = re.compile(r"[A-Za-z_-]*")


@dataclass(frozen=True, slots=True)
class Robots:
    host: str
    text: str
    file: RobotsFile


@dataclass(frozen=True, slots=True)
class Question:
    robots: Robots
    agent: str
    path: str

    @property
    def group(self) -> RobotsGroup | None:
        return group_for(self.robots.file, self.agent)


@pytest.fixture(scope="module")
def files(shared_data: Path) -> list[Robots]:
    found, seen = [], 0
    with gzip.open(shared_data / "02-robots-2019" / "captures.jsonl.gz", "rt") as lines:
        for line in map(json.loads, lines):
            seen += 1
            body = line.get("body", "").encode()
            answer = capture(f"https://{line['host']}/robots.txt", body, probe=Probe.ROBOTS)
            if classify(answer)[0] is Outcome.PARSED:
                found.append(Robots(line["host"], line.get("body", ""), read_robots(body)))
    assert seen == 2126
    return found


def questions(robots: Robots) -> Iterator[Question]:
    """The rules' own paths and their near misses, asked for agents that the file names or not."""
    rules = [rule.pattern for group in robots.file.groups for rule in group.rules if rule.pattern]
    patterns = list(dict.fromkeys(rules))
    chosen = patterns[:: max(1, len(patterns) // 3)][:3]
    bare = ["/" + pattern.replace("*", "x").rstrip("$").lstrip("/") for pattern in chosen]
    tokens = (group.token for group in robots.file.groups)
    named = [token for token in tokens if re.fullmatch(r"[a-z0-9._-]+", token)][:2]
    for path in dict.fromkeys((*PATHS, *bare, *(f"{path}x" for path in bare))):
        try:
            canonical = address(f"{SITE}{path}").path
        except NotAnAddress:
            continue
        for agent in dict.fromkeys((*AGENTS, *named)):
            yield Question(robots, agent, canonical)


def google_allows(text: str, agent: str, path: str) -> bool:
    return bool(RobotsMatcher().OneAgentAllowedByRobots(text, agent, f"{SITE}{path}"))


def we_allow(asked: Question) -> bool:
    """Our answer; asked once for all agents that the same group speaks to."""
    group, robots = asked.group, asked.robots
    if group is None:
        return True
    key = (robots.host, group.token, asked.path)
    if key not in _ANSWERS:
        _ANSWERS[key] = decide(robots.file, group.token, asked.path).crawl == "allow"
    return _ANSWERS[key]


def as_one_group(
    group: RobotsGroup | None,
    *,
    without: str = "\0",
    decoded: bool = False,
    rooted: bool = False,
) -> str:
    """The rules of the group we chose as a file of their own: leaves the choice out of the test."""
    lines = ["User-agent: x"]
    for rule in group.rules if group else ():
        pattern = canonical_path(rule.pattern) if decoded else rule.pattern
        pattern = f"/{pattern}" if rooted and "://" in pattern else pattern
        if without not in rule.pattern:
            lines.append(f"{'Allow' if rule.allow else 'Disallow'}: {pattern}")
    return "\n".join(lines)


def _with_blanks_escaped(text: str) -> str:
    rule = re.compile(r"(?im)^([ \t]*(?:dis)?allow[ \t]*:[ \t]*)([^#\r\n]*)")
    return rule.sub(lambda one: one[1] + one[2].rstrip().replace(" ", "%20"), text)


def cause(asked: Question) -> str:
    """Why Google's parser says otherwise; empty where nothing that we know of explains it."""
    ours, path, group = we_allow(asked), asked.path, asked.group
    if google_allows(as_one_group(group), "x", path) != ours:
        return _cause_in_path(asked, ours=ours)
    if google_allows(_with_blanks_escaped(asked.robots.text), asked.agent, path) == ours:
        return "a blank inside a pattern, which a URL cannot hold"
    tokens = {asked.agent, *(one.token for one in asked.robots.file.groups)}
    cut = {token for token in tokens if token != "*" and not GOOGLE_TOKEN.fullmatch(token)}
    if asked.agent in cut or any(
        GOOGLE_TOKEN.match(token)[0].casefold() == asked.agent.casefold()  # type: ignore[index]
        for token in cut
    ):
        return "a token with digits or dots, which Google cuts"
    lines = list(robots_lines(asked.robots.text.encode()))
    if any(not line.field for line in lines):
        return "a line without a colon, which Google reads"
    if any(READ_BY_PREFIX.fullmatch(line.field) and not line.misspelt and line.field != "user-agent"
           and line.field != "disallow" for line in lines):  # fmt: skip
        return "a field that Google compares by its beginning"
    if len(asked.robots.text.encode()) > LIMIT:
        return "more than 500 KiB"
    return ""


def _cause_in_path(asked: Question, *, ours: bool) -> str:
    path, group = asked.path, asked.group
    if path == "/robots.txt":
        return "/robots.txt itself"
    if google_allows(as_one_group(group, without="/index.htm"), "x", path) == ours:
        return "the index.html shortcut"
    if google_allows(as_one_group(group, rooted=True), "x", path) == ours:
        return "a whole address in the place of a path"
    if google_allows(as_one_group(group, decoded=True), "x", path) == ours:
        return "escaped unreserved octets"
    if group and any(len(rule.pattern) + 10 > GOOGLE_LINE for rule in group.rules):
        return "a line of more than 16,664 octets"
    return ""


def test_each_difference_to_googles_parser_has_its_cause(files: list[Robots]) -> None:
    decisions = 0
    causes: dict[str, set[str]] = {}
    for robots in files:
        for asked in questions(robots):
            decisions += 1
            if google_allows(robots.text, asked.agent, asked.path) != we_allow(asked):
                causes.setdefault(cause(asked), set()).add(
                    f"{robots.host} {asked.agent} {asked.path}"
                )

    assert causes.get("", set()) == set()
    assert len(files) > 2030
    assert decisions > 55_000
    assert set(causes) <= {
        "/robots.txt itself", "the index.html shortcut", "escaped unreserved octets",
        "a token with digits or dots, which Google cuts",
        "a line without a colon, which Google reads",
        "a field that Google compares by its beginning",
        "a blank inside a pattern, which a URL cannot hold",
        "a whole address in the place of a path",
    }, causes  # fmt: skip


def test_each_cause_is_one_that_a_small_file_shows() -> None:
    """The differences that no file of 2019 happens to show under these questions."""
    shown = {
        "/robots.txt itself": ("User-agent: *\nDisallow: /", "a", "/robots.txt"),
        "the index.html shortcut": ("User-agent: *\nDisallow: /\nAllow: /index.html", "a", "/"),
        "escaped unreserved octets": ("User-agent: *\nDisallow: /%62", "a", "/b"),
        "a line of more than 16,664 octets": (
            f"User-agent: *\nDisallow: /{'a' * 17_000}b",
            "a",
            f"/{'a' * 17_000}c",
        ),
        "a token with digits or dots, which Google cuts": (
            "User-agent: AI2Bot\nDisallow: /",
            "AI2Bot",
            "/",
        ),
        "a line without a colon, which Google reads": ("User-agent: a\nDisallow /", "a", "/"),
        "a field that Google compares by its beginning": (
            "User-agent: a\nDisallow-AI: /",
            "a",
            "/",
        ),
        "a blank inside a pattern, which a URL cannot hold": (
            "User-agent: a\nDisallow: /a b",
            "a",
            "/a%20b",
        ),
        "a whole address in the place of a path": (
            "User-agent: a\nDisallow: http://b/",
            "a",
            "/http://b/",
        ),
    }
    for name, (text, agent, path) in shown.items():
        robots = Robots(name, text, read_robots(text.encode()))
        asked = Question(robots, agent, path)

        assert google_allows(text, agent, path) != we_allow(asked), name
        assert cause(asked) == name


def test_the_form_that_sql_compares_gives_the_readers_answer(files: list[Robots]) -> None:
    """The longest pattern that matches, allow before disallow, from `provenance/robots_form.py`."""
    asked = {
        (number, one.group.token, one.path): we_allow(one)
        for number, robots in enumerate(files)
        for one in questions(robots)
        if one.group is not None and one.path != "/robots.txt"
    }
    rules = [
        (number, group.token, rule.allow, form.literal, form.like_form, form.specificity)
        for number, robots in enumerate(files)
        for group in robots.file.groups
        if any((number, group.token, path) in asked for path in PATHS)
        for rule in group.rules
        for form in pattern_forms(rule.pattern)
    ]
    paths = [(number, token, path, match_form(path)) for number, token, path in asked]
    table = duckdb.connect()
    for name, columns, rows in (
        (
            "rule",
            "file INT, token VARCHAR, allow BOOLEAN, literal VARCHAR, like_form VARCHAR, size INT",
            rules,
        ),
        ("path", "file INT, token VARCHAR, path VARCHAR, form VARCHAR", paths),
    ):
        table.execute(f"CREATE TABLE {name} ({columns})")
        insert_rows(table, name, rows)

    answers = table.execute(
        r"""
        SELECT path.file, path.token, path.path, coalesce(max_by(allow, size * 2 + allow::INT), TRUE)
        FROM path LEFT JOIN rule
            ON rule.file = path.file AND rule.token = path.token
            AND starts_with(form, literal)
            AND (like_form IS NULL OR form LIKE like_form ESCAPE '\')
        GROUP BY ALL
        """
    ).fetchall()

    differ = [row for row in answers if asked[row[0], row[1], row[2]] != row[3]]
    assert differ == []
    assert len(answers) > 20_000
