"""A site as it was seen once, and all that is told from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.builders_view import facts
from crawler.contradictions import contradictions
from crawler.inspection import (
    Answer,
    Inspection,
    Look,
    Statement,
    answers_for,
    groups_of,
    quoted,
    stated,
    stranger,
    tallies,
)
from crawler.linting import lints
from crawler.reserving import about
from crawler.robots.decision import decide
from crawler.robots.reading import read_robots
from crawler.settings import TOKEN
from provenance.agents import agents, every_agent
from provenance.records import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crawler.history import Line
    from provenance.agents import Agent
    from provenance.records import RobotsFile
    from provenance.urls import Address


@dataclass(frozen=True, slots=True)
class Asking:
    """What of a site is asked, beside its address."""

    agents: tuple[str, ...] = ()
    """Tokens to ask for; none: all AI agents."""
    with_history: bool = False
    rules_of: Callable[[str], tuple[str, ...]] = lambda _: ()
    """Which rules of an audit ask for a fact."""

    @property
    def asked(self) -> tuple[Agent, ...]:
        """The agents to ask for."""
        if not self.agents:
            return agents()
        known = {agent.key: agent for agent in every_agent()}
        return tuple(known.get(one.casefold()) or stranger(one) for one in self.agents)


_NOT_SEEN = "not seen, so what it says of itself cannot be told"

ALL_AGENTS = Asking()
"""All AI agents, as of the last look."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer to a request for robots.txt, and the page beside it."""

    place: Address
    captured_at: datetime
    outcome: Outcome
    reason: str
    sha256: str
    body: bytes
    lowercased: bool
    look: Look | None
    """At the page; None: it was not seen."""
    statements: tuple[Statement, ...]
    shown: bool = False
    """Whether the page itself came, and no error."""
    of_files: tuple[Statement, ...] = ()
    """What the host's other files say."""
    terms: frozenset[str] = frozenset()
    """The paths at which the host's own RSL terms were seen, or seen to be missing."""
    history: tuple[Line, ...] = ()
    capture_id: int | None = None
    """Of the robots.txt; None: it is not kept."""


def inspection(seen: Seen, asking: Asking) -> Inspection:
    """Return what is told from *seen*."""
    asked = asking.asked
    answers, findings = answers_for(
        seen.outcome, seen.body, seen.place.path, lowercased=seen.lowercased, asked=asked
    )
    everyone = answers if not asking.agents else _to_all(seen)
    file = read_robots(seen.body, seen.lowercased) if seen.outcome is Outcome.PARSED else None
    said = (*(stated(file.signals) if file else ()), *seen.of_files, *seen.statements)
    statements = tuple(one for one in said if about(one, seen.place))
    barred = any(one.gate not in {"none", "metered"} for one in seen.statements)
    return Inspection(
        url=seen.place.url,
        host=seen.place.authority,
        path=seen.place.path,
        captured_at=seen.captured_at,
        outcome=seen.outcome,
        reason=seen.reason,
        sha256=seen.sha256,
        answers=answers,
        tallies=tallies(everyone),
        groups=groups_of(seen.body, file) if file else (),
        page=_page(seen),
        page_seen=seen.look is not None,
        look=seen.look,
        closed_to_us=_closed_to_us(file, seen),
        capture_id=seen.capture_id,
        statements=statements,
        findings=findings,
        lints=lints(seen.body, file) if file else (),
        contradictions=contradictions(file, everyone, statements),
        facts=facts(
            seen.outcome,
            (*everyone, *(one for one in answers if one not in everyone)),
            statements,
            seen=seen.shown and not barred,
            host=seen.place.authority,
            terms=seen.terms,
            agent=asking.agents[0] if len(asking.agents) == 1 else "",
            rules_of=asking.rules_of,
        ),
        history=seen.history,
    )


def _page(seen: Seen) -> str:
    """Say which page was seen: no statement of one that was not seen means nothing."""
    if seen.look is None:
        return _NOT_SEEN
    return (
        f"{seen.place.path} at {seen.look.at:%Y-%m-%d %H:%M}Z, status {seen.look.status or 'none'}"
    )


def _closed_to_us(file: RobotsFile | None, seen: Seen) -> str:
    """Return the line by which our own crawler may not fetch a page that was not seen."""
    if file is None or seen.look is not None:
        return ""
    said = decide(file, TOKEN, seen.place.path)
    return quoted(said.rule) if said.crawl == "deny" else ""


def _to_all(seen: Seen) -> tuple[Answer, ...]:
    """Return the answers to all AI agents, whichever are shown."""
    answers, _ = answers_for(seen.outcome, seen.body, seen.place.path, lowercased=seen.lowercased)
    return answers
