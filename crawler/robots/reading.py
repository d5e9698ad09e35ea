"""The groups of a robots.txt by token, merged (RFC 9309, section 2.2.1).

Groups are found here and not by Protego, which ends a list of agents at an unknown record, takes
`Applebot` for `Applebot-Extended` and loses `GPTBot/1.2`. A group speaks to a token when the value
of its User-agent line is that token, or begins with it up to the first character that no token
has: `GPTBot/1.2` and `GPTBot, CCBot` speak to GPTBot, `Applebot` does not speak to
Applebot-Extended.

Other statements (Content-Usage, Content-Signal, License) are read by the signal reader of their
field. They hold for the agents named before them, and do not end a list of agents for the rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from crawler.pages import readers
from crawler.robots.lines import LIMIT, Line, robots_lines
from provenance.records import RobotsFile, RobotsGroup, RobotsRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.records import Signal

MAX_AGENTS_TIMES_RULES = 500_000
"""The largest real file of 4,231 comes to 31,843; files beyond this are bombs."""

MAX_AGENTS_TIMES_STATEMENTS = 20_000
"""Statements beside the rules, each once for every agent of its group; more are a bomb."""

_TOKEN = re.compile(r"[A-Za-z0-9._-]+")
_MAX_FINDINGS = 50


class TooComplex(ValueError):
    """So many agents times rules that nobody wrote it to be read."""


@dataclass(slots=True)
class _Record:
    """A group as it stands in the file: its agents, then its rules."""

    agents: list[Line] = field(default_factory=list)
    rules: list[RobotsRule] = field(default_factory=list)
    statements: list[tuple[Line, int]] = field(default_factory=list)
    """Lines that a signal reader reads, each with how many agents were named before it."""


@lru_cache(maxsize=16)  # an answer is classified, obeyed and recorded one after the other
def read_robots(body: bytes, lowercased: bool = False) -> RobotsFile:  # noqa: FBT001, FBT002 (called by position from the store)
    """Return the groups of *body*, one for each token it names.

    Args:
        body: the octets as received.
        lowercased: the source stored them in lower case, so paths compare without case.

    Raises:
        TooComplex: agents times rules exceed `MAX_AGENTS_TIMES_RULES`.
    """
    findings: list[str] = ["over-limit"] if len(body) > LIMIT else []
    outside: list[Line] = []
    records = _records(body, findings, outside)
    refuse_bombs(records)
    spoken_to: dict[str, list[_Record]] = {}
    lines: dict[str, list[int]] = {}
    for record in records:
        for agent in record.agents:
            for token in _tokens(agent.value):
                lines.setdefault(token, []).append(agent.number)
                if record not in spoken_to.setdefault(token, [])[-1:]:
                    spoken_to[token].append(record)
    return RobotsFile(
        groups=tuple(
            RobotsGroup(
                token, tuple(rule for one in ours for rule in one.rules), tuple(lines[token])
            )
            for token, ours in spoken_to.items()
        ),
        findings=tuple(findings[:_MAX_FINDINGS]),
        lowercased=lowercased,
        signals=tuple(dict.fromkeys(_signals(records, outside))),
    )


def refuse_bombs(records: list[_Record]) -> None:
    """Refuse a file whose groups would take minutes and gigabytes to spread out."""
    total = sum(len(record.agents) * len(record.rules) for record in records)
    if total > MAX_AGENTS_TIMES_RULES:
        message = f"{total:,} agents times rules, at most {MAX_AGENTS_TIMES_RULES:,}"
        raise TooComplex(message)
    total = sum(named for record in records for _, named in record.statements)
    if total > MAX_AGENTS_TIMES_STATEMENTS:
        message = f"{total:,} agents times statements, at most {MAX_AGENTS_TIMES_STATEMENTS:,}"
        raise TooComplex(message)


def _records(body: bytes, findings: list[str], outside: list[Line]) -> list[_Record]:
    """Split *body* into groups: agents one after the other, then rules up to the next agent.

    Other records (Sitemap, Content-Signal, Crawl-delay) do not end a list of agents (2.2.4).
    Statements that stand before the first group go to *outside*.
    """
    stated = _line_readers()
    records: list[_Record] = []
    for line in robots_lines(body):
        findings.extend(_lint(line, in_group=bool(records)))
        if line.field == "user-agent":
            if not records or records[-1].rules:
                records.append(_Record())
            records[-1].agents.append(line)
        elif line.field in {"allow", "disallow"} and records:
            records[-1].rules.append(RobotsRule(line.number, line.field == "allow", line.value))
        elif line.field in stated:
            if records:
                records[-1].statements.append((line, len(records[-1].agents)))
            else:
                outside.append(line)
    return records


@cache
def _line_readers() -> dict[str, Callable[[Line, str], Iterator[Signal]]]:
    """Return who reads which field beside Allow and Disallow."""
    return {one.robots_field: one.read_line for one in readers().values() if one.read_line}


def _signals(records: list[_Record], outside: list[Line]) -> Iterator[Signal]:
    """Yield what is said beside the rules, to whom: `site`, or `agent:TOKEN` of the group."""
    for line in outside:
        yield from _line_readers()[line.field](line, "site")
    for record in records:
        for line, named in record.statements:
            tokens = {token for agent in record.agents[:named] for token in _tokens(agent.value)}
            said = dict.fromkeys(_line_readers()[line.field](line, "agent:*"))
            for token in sorted(tokens):
                yield from (replace(one, scope=f"agent:{token}") for one in said)


def _tokens(value: str) -> set[str]:
    """Return the folded tokens that a User-agent value speaks to."""
    if value == "*" or value[:2] in {"* ", "*\t"}:
        return {"*"}
    leading = _TOKEN.match(value)
    return {_folded(value)} | ({_folded(leading[0])} if leading else set()) - {""}


def _folded(token: str) -> str:
    """Fold ASCII alone: U+212A is no K, and names of such letters are other names."""
    return token.encode("utf-8", "replace").lower().decode("utf-8")


def _lint(line: Line, *, in_group: bool) -> list[str]:
    """Return what the author of *line* should know."""
    is_rule = line.field in {"allow", "disallow"}
    checks = (
        (not line.field, "missing-colon"),
        (line.misspelt, "typo-tolerated"),
        (line.field == "user-agent" and "," in line.value, "comma-list"),
        (is_rule and not in_group, "rule-before-group"),
        (is_rule and line.value[:1] not in {"", "/", "*"}, "pattern-without-slash"),
    )
    return [f"line {line.number}: {finding}" for applies, finding in checks if applies]
