"""Real files of 2019, read by us, by Google's parser and in SQL: each difference has its cause."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from functools import lru_cache
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


@lru_cache(maxsize=4096)
def _ours(file: RobotsFile, token: str, path: str) -> bool:
    return decide(file, token, path).crawl == "allow"


def we_allow(asked: Question) -> bool:
    group = asked.group
    return group is None or _ours(asked.robots.file, group.token, asked.path)


def as_one_group(group: RobotsGroup | None, *, without: str = "\0", decoded: bool = False) -> str:
    """The rules of the group we chose as a file of their own: leaves the choice out of the test."""
    lines = ["User-agent: x"]
    for rule in group.rules if group else ():
        pattern = canonical_path(rule.pattern) if decoded else rule.pattern
        if without not in rule.pattern:
            lines.append(f"{'Allow' if rule.allow else 'Disallow'}: {pattern}")
    return "\n".join(lines)


def cause(asked: Question) -> str:
    """Why Google's parser says otherwise; empty where nothing that we know of explains it."""
    ours, path, group = we_allow(asked), asked.path, asked.group
    if google_allows(as_one_group(group), "x", path) != ours:
        return _cause_in_path(asked, ours=ours)
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
                causes.setdefault(cause(asked), set()).add(f"{robots.host} {asked.agent} {asked.path}")

    assert causes.get("", set()) == set()
    assert len(files) > 2030
    assert decisions > 60_000
    assert set(causes) <= {
        "/robots.txt itself", "the index.html shortcut", "escaped unreserved octets",
        "a token with digits or dots, which Google cuts",
        "a line without a colon, which Google reads",
        "a field that Google compares by its beginning",
    }, causes  # fmt: skip
