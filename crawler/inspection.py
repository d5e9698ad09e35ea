"""What one site says to each AI agent, from one answer to a request for its robots.txt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.robots.decision import decide
from crawler.robots.reading import read_robots
from provenance.agents import agents
from provenance.records import Outcome, RobotsFile

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.agents import Agent
    from provenance.records import RobotsRule


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site says to one agent about one path."""

    agent: Agent
    crawl: str
    """allow, deny, or `cannot tell`; that an agent may fetch is no consent to any other use."""
    value: str
    """What is reserved by it: deny, allow, or unspecified where nothing is said."""
    group: str
    """named, star, none: which group of the file speaks to the agent."""
    rule: str
    """The deciding line as written, e.g. `line 12: Disallow: /`; empty where none decides."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a page says of itself, or what bars it."""

    kind: str
    usage: str
    value: str
    gate: str
    offer: str
    quote: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """A site, seen as its robots.txt and the page asked for show it."""

    url: str
    host: str
    path: str
    captured_at: datetime
    outcome: str
    reason: str
    sha256: str
    answers: tuple[Answer, ...]
    page: str
    """Which page was seen, when and with what status; or that it was not."""
    statements: tuple[Statement, ...]
    findings: tuple[str, ...]
    """What the author of the robots.txt should know."""


def answers_for(
    outcome: Outcome, body: bytes, path: str, *, lowercased: bool = False
) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """Return the answer to every known agent about *path*, and what the file's author should know.

    Unreachable: RFC 9309, section 2.3.1.4 has every agent stay away, though the site said nothing.
    Unreadable: nobody can tell.
    """
    if outcome is Outcome.PARSED:
        file = read_robots(body, lowercased)
        return tuple(_answer(file, agent, path) for agent in agents()), file.findings
    crawl = {
        Outcome.UNAVAILABLE: "allow",
        Outcome.UNREACHABLE: "deny",
        Outcome.UNREADABLE: "cannot tell",
    }[outcome]
    return tuple(Answer(agent, crawl, "unspecified", "none", "") for agent in agents()), ()


def _answer(file: RobotsFile, agent: Agent, path: str) -> Answer:
    said = decide(file, agent.token, path)
    return Answer(agent, said.crawl, said.value, said.group, _quoted(said.rule))


def _quoted(rule: RobotsRule | None) -> str:
    if rule is None:
        return ""
    return f"line {rule.line}: {'Allow' if rule.allow else 'Disallow'}: {rule.pattern}"
