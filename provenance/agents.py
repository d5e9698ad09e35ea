"""The crawlers that a robots.txt may name: who runs each, what it fetches for, and who says so.

Three layers, the later over the earlier: `agents.csv`, generated from a maintained package
(`make agents`); the list a user took in (`provisor agents update`); `agents_reviewed.csv`, rows
looked up one by one. Tokens are data, not code: a new one is a row.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Purpose(StrEnum):
    """What the operator of a token says it fetches for."""

    TRAINING = "training"
    DATASET = "dataset"
    """Collections that others train on."""
    SEARCH = "search"
    """The index that an assistant answers from."""
    USER_FETCH = "user-fetch"
    """One page, because a person asked for it."""
    UNCATEGORISED = "uncategorised"
    """Named as an AI crawler; for what, nobody says or sources differ."""
    SEARCH_ENGINE = "search-engine"
    ARCHIVE = "archive"
    SEO = "seo"
    PREVIEW = "preview"
    TOOL = "tool"


AI_PURPOSES = frozenset({
    Purpose.TRAINING, Purpose.DATASET, Purpose.SEARCH, Purpose.USER_FETCH, Purpose.UNCATEGORISED,
})  # fmt: skip


class Status(StrEnum):
    """Whether a token is in use."""

    CURRENT = "current"
    RETIRED = "retired"
    """Its operator uses another; that it is refused still says what the site wanted."""
    PROPOSED = "proposed"
    """Of a draft: read where it stands, honoured by nobody we know of."""


@dataclass(frozen=True, slots=True)
class Agent:
    """One token that a robots.txt may name."""

    token: str
    operator: str
    """Empty: not known."""
    purpose: Purpose
    fetches: bool
    """False: a control token; it tells what another crawler's pages may be used for."""
    training: bool | None
    """Whether its refusal speaks to training; None: cannot be told."""
    status: Status
    successor: str
    """Of a retired one: the operator's token for the same, if there is one."""
    source: str
    """Where that is taken from."""
    version: str
    checked: date
    """The day it was looked up."""

    @property
    def key(self) -> str:
        """The token as groups are compared: without case (RFC 9309, section 2.2.1)."""
        return self.token.casefold()

    @property
    def is_ai(self) -> bool:
        """Whether it is asked for in every audit."""
        return self.purpose in AI_PURPOSES


@cache
def agents() -> tuple[Agent, ...]:
    """Return the AI agents by token: those that are asked for in every audit.

    Raises:
        InputRefused: the list that the user took in cannot be read.
    """
    return tuple(agent for agent in every_agent() if agent.is_ai)


@cache
def every_agent() -> tuple[Agent, ...]:
    """Return all known tokens, search engines and tools as well, in alphabetical order.

    Raises:
        InputRefused: the list that the user took in cannot be read.
    """
    from provenance.agents_taken_in import taken_in

    return in_force(taken_in())


def known_agent(token: str) -> bool:
    """Whether *token* is one of the AI agents'."""
    return token.casefold() in {agent.key for agent in agents()}


def agents_digest() -> str:
    """Return the SHA-256 of the rows in force, all layers: which tokens an audit knew."""
    from provenance.agent_lists.table import written

    return hashlib.sha256(written(every_agent()).encode()).hexdigest()


def in_force(taken_in: Iterable[Agent]) -> tuple[Agent, ...]:
    """Return one row per token: the generated ones, *taken_in* over them, the reviewed over all."""
    rows = {agent.key: agent for agent in generated()}
    for agent in taken_in:
        rows[agent.key] = _over(rows.get(agent.key), agent)
    rows |= {agent.key: agent for agent in reviewed()}
    return tuple(rows[key] for key in sorted(rows))


def _over(before: Agent | None, after: Agent) -> Agent:
    """Return the newer row, with what *before* knows and it does not."""
    if before is None:
        return after
    if after.purpose is Purpose.UNCATEGORISED or after.checked < before.checked:
        return before
    return replace(after, operator=after.operator or before.operator)


@cache
def generated() -> tuple[Agent, ...]:
    """Return the rows made from the package, by `make agents`."""
    return _shipped("agents.csv")


@cache
def reviewed() -> tuple[Agent, ...]:
    """Return the rows that were looked up one by one."""
    return _shipped("agents_reviewed.csv")


def _shipped(name: str) -> tuple[Agent, ...]:
    from provenance.agent_lists.table import FORM

    return FORM.read((resources.files("provenance") / name).read_bytes()).agents
