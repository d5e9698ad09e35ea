"""What one site says to each AI agent, from one answer to a request for its robots.txt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.robots.deciding import decider
from crawler.robots.layout import layout
from crawler.robots.reading import read_robots
from crawler.settings import TOKEN
from provenance.agents import Agent, Purpose, Status, agents, every_agent
from provenance.records import Outcome, RobotsFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    import duckdb

    from crawler.builders_view import Fact
    from crawler.contradictions import Contradiction
    from crawler.history import Line
    from crawler.robots.decision import Decision
    from crawler.robots.lines import Line as RobotsLine
    from crawler.robots.lints import Lint
    from provenance.records import RobotsRule, Signal


_STATING = frozenset({"content-usage", "content-signal", "license"})


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
    """What a page or a file says of its use, or what bars it."""

    kind: str
    usage: str
    value: str
    gate: str
    offer: str
    quote: str
    scope: str = ""
    """`site`, `page`, `asset`, or `agent:NAME`."""
    path: str = ""
    """The robots pattern it is limited to; empty: it is not."""
    finding: str = ""
    """What its author should know; or why it could not be read."""
    conditions: str = ""
    """On what it depends: `key=value`, joined by `; `."""


@dataclass(frozen=True, slots=True)
class Named:
    """A token that a group names."""

    token: str
    line: int
    purpose: str
    """Of the agent; empty: nobody knows the token."""
    is_ours: bool = False
    """It is the name of our own crawler, which asks for what is recorded."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A record of a group, and what it comes to."""

    line: int
    field: str
    value: str
    meaning: str
    """A code: refuses-all, refuses, allows-all, allows, says-nothing; stated: beside the rules;
    other."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the file as it is written."""

    agents: tuple[Named, ...]
    rules: tuple[Ruled, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the site says to the agents of one purpose about the path."""

    purpose: str
    known: int
    """Agents that are asked for."""
    refused: int
    named: int
    """Of the refused: by a group that names them."""
    unclear: int
    """Of which it cannot be told."""


@dataclass(frozen=True, slots=True)
class Look:
    """When the page was seen, and how its host answered."""

    at: datetime
    status: int | None
    """None: not recorded, or there was no answer."""
    capture_id: int | None
    """By which `provisor show` shows it; None: it was not kept."""


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
    tallies: tuple[Tally, ...]
    groups: tuple[Group, ...]
    page: str
    """Which page was seen, when and with what status; or that it was not."""
    page_seen: bool
    look: Look | None
    """None: it was not seen."""
    closed_to_us: str
    """The line that keeps our own crawler from a page that was not seen; empty: none does."""
    capture_id: int | None
    """Of the robots.txt, by which `provisor show` shows it; None: it was not kept."""
    statements: tuple[Statement, ...]
    findings: tuple[str, ...]
    """What the reader of the robots.txt noted."""
    lints: tuple[Lint, ...] = ()
    """What its author should know."""
    contradictions: tuple[Contradiction, ...] = ()
    facts: tuple[Fact, ...] = ()
    """What an audit takes from it."""
    history: tuple[Line, ...] = ()


def answers_for(
    outcome: Outcome,
    body: bytes,
    path: str,
    *,
    lowercased: bool = False,
    asked: Sequence[Agent] | None = None,
) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """Return the answer to each agent asked for about *path*, and what the reader noted.

    Unreachable: RFC 9309, section 2.3.1.4 has every agent stay away, though the site said nothing.
    Unreadable: nobody can tell.
    """
    asked = agents() if asked is None else asked
    if outcome is Outcome.PARSED:
        file = read_robots(body, lowercased)
        said = decider(file, path)
        return tuple(_answer(agent, said(agent.token)) for agent in asked), file.findings
    crawl = {
        Outcome.UNAVAILABLE: "allow",
        Outcome.UNREACHABLE: "deny",
        Outcome.UNREADABLE: "cannot tell",
    }[outcome]
    return tuple(Answer(agent, crawl, "unspecified", "none", "") for agent in asked), ()


def stranger(token: str) -> Agent:
    """Return a row for a token that no list has: nothing but its name is known."""
    from datetime import date

    return Agent(
        token, "", Purpose.UNCATEGORISED, fetches=True, training=None, status=Status.CURRENT,
        successor="", source="named in the call", version="", checked=date.min,
    )  # fmt: skip


def tallies(answers: Iterable[Answer]) -> tuple[Tally, ...]:
    """Return what the answers come to for each purpose, in the order of `Purpose`."""
    by_purpose: dict[str, list[Answer]] = {}
    for one in answers:
        by_purpose.setdefault(one.agent.purpose, []).append(one)
    return tuple(
        Tally(
            purpose=purpose,
            known=len(ours),
            refused=sum(one.crawl == "deny" for one in ours),
            named=sum(one.crawl == "deny" and one.group == "named" for one in ours),
            unclear=sum(one.crawl == "cannot tell" for one in ours),
        )
        for purpose in Purpose
        if (ours := by_purpose.get(purpose))
    )


def groups_of(body: bytes, file: RobotsFile) -> tuple[Group, ...]:
    """Return the groups of *body*, read as *file*, with whom they speak to and what they say."""
    purposes = {agent.key: str(agent.purpose) for agent in every_agent()}
    spoken_to = {
        line: group.token
        for group in file.groups
        if group.token in purposes
        for line in group.lines
    }
    ours = {line for group in file.groups if group.token == TOKEN for line in group.lines}
    return tuple(
        Group(
            tuple(
                Named(
                    one.value,
                    one.number,
                    purposes.get(spoken_to.get(one.number, ""), ""),
                    is_ours=one.number in ours,
                )
                for one in group.agents
            ),
            tuple(_ruled(line) for line in sorted(group.rules + group.others, key=_number)),
        )
        for group in layout(body).groups
    )


def statements_of(connection: duckdb.DuckDBPyConnection, capture_id: int) -> tuple[Statement, ...]:
    """Return what was read from a capture of a page."""
    rows = connection.execute(
        "SELECT kind, usage, value, gate, offer, quote, scope, coalesce(path, ''), finding,"
        " coalesce(conditions, '') FROM signal WHERE capture_id = ? ORDER BY ALL",
        [capture_id],
    ).fetchall()
    return tuple(Statement(*row) for row in rows)


def stated(signals: Iterable[Signal]) -> Iterator[Statement]:
    """Yield what a robots.txt says beside its rules."""
    for one in signals:
        yield Statement(
            one.kind, one.usage, one.value, one.gate, one.offer, one.quote, one.scope, one.path,
            one.finding, one.conditions,
        )  # fmt: skip


def _number(line: RobotsLine) -> int:
    return line.number


def _ruled(line: RobotsLine) -> Ruled:
    value, verb = line.value, {"allow": "allows", "disallow": "refuses"}.get(line.field)
    if verb is None:
        return Ruled(
            line.number, line.field, value, "stated" if line.field in _STATING else "other"
        )
    if not value:
        return Ruled(line.number, line.field, value, "says-nothing")
    whole = value in {"/", "*", "/*"}
    return Ruled(line.number, line.field, value, f"{verb}-all" if whole else verb)


def _answer(agent: Agent, said: Decision) -> Answer:
    return Answer(agent, said.crawl, said.value, said.group, quoted(said.rule))


def quoted(rule: RobotsRule | None) -> str:
    """Return *rule* with its line, as `line 12: Disallow: /`; empty where there is none."""
    if rule is None:
        return ""
    return f"line {rule.line}: {'Allow' if rule.allow else 'Disallow'}: {rule.pattern}"
