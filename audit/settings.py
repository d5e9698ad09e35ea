"""What an audit is asked, and how the statements get to know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from audit.corpora import is_named
from audit.facts import FACTS
from audit.marks import declare_terms
from audit.rules import LEVELS
from audit.statements import WIDEST
from provenance.agents import agents
from provenance.defaults import AUDIT_MEMORY
from provenance.rows import insert_rows
from provenance.statements import execute, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from audit.declaration import Declaration
    from audit.rules import Rule
    from audit.survey import Survey
    from provenance.sealed import Sealed
    from provenance.workplace import Room

CONFIDENCES = ("contemporaneous", "recorded", "bracketed", "carried", "possibly", "unknown")
"""From the surest to the least."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Table A's limits. RFC 9309, section 2.4 gives the first; the others are our choice."""

    fresh: timedelta = timedelta(hours=24)
    bracket: timedelta = timedelta(days=90)
    carry: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Question:
    """What an audit asks of each row, and with how much memory."""

    declaration: Declaration
    rules: Sequence[Rule]
    limits: Limits = Limits()
    memory: Room | str = AUDIT_MEMORY
    """How much each process may take: the memory alone, e.g. `2GB`, or more closely."""
    sealed: Sealed | None = None
    """Lists of illegal content, whose matches are told by row and rule alone."""
    survey: Survey | None = None
    """What the whole manifest tells; None: it was not asked, or is not at hand."""


def _agents(declared: Declaration) -> list[str | None]:
    """Return the agent of each act that accessed every row, spelt as robots.txt answers have it."""
    known = {agent.key: agent.token for agent in agents()}
    return [known.get(act.agent.casefold(), act.agent) or None for act in declared.accesses]


def _declared_facts(declared: Declaration) -> dict[str, tuple[str, object]]:
    """Return the facts that are the same for every row, with their types."""
    said: dict[str, object] = {
        **declared.facts,
        "purpose": str(declared.purpose),
        "several_purposes": len(declared.purposes) > 1,
        "agent_known": bool(declared.agent),
        "copies": declared.copies,
    }
    found: dict[str, tuple[str, object]] = {
        fact.name: ("VARCHAR" if fact.values else "BOOLEAN", said.get(fact.name))
        for fact in FACTS.values()
        if fact.origin == "declaration"
    }
    sources = declared.sources
    named = None if sources is None else any(is_named(one) for one in sources)
    return found | {"named_corpus": ("BOOLEAN", named)}


def declare(connection: duckdb.DuckDBPyConnection, question: Question) -> None:
    """Set what the statements ask for by name, and the agents they look for."""
    declared = question.declaration
    values: dict[str, tuple[str, object]] = {
        "fresh": ("INTERVAL", question.limits.fresh),
        "bracket": ("INTERVAL", question.limits.bracket),
        "carry": ("INTERVAL", question.limits.carry),
        **_declared_facts(declared),
        "last_later_act": ("TIMESTAMP", declared.last_later_act),
        "collection_lo": ("TIMESTAMP", declared.collection.lo if declared.collection else None),
        "collection_hi": ("TIMESTAMP", declared.collection.hi if declared.collection else None),
        "accesses": ("INTEGER", 1 + len(declared.accesses)),
        "access_agents": ("VARCHAR[]", _agents(declared)),
        "widest": ("INTEGER", WIDEST),
        "levels": ("VARCHAR[]", list(LEVELS)),
        "confidences": ("VARCHAR[]", list(CONFIDENCES)),
    }
    for name, (kind, value) in values.items():
        connection.execute(f"SET VARIABLE {name} = ?::{kind}", [value])
    execute(connection, statement("provenance", "naming"))
    declare_terms(connection, question)
    known = {agent.key: (agent.token, bool(agent.training)) for agent in agents()}
    for token in (declared.agent, *_agents(declared)):
        if token:
            known.setdefault(token.casefold(), (token, False))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE access (access_no INTEGER, lo TIMESTAMP, hi TIMESTAMP)"
    )
    acts = [(number, act.lo, act.hi) for number, act in enumerate(declared.accesses, start=1)]
    insert_rows(connection, "access", acts)
    connection.execute(
        "CREATE TEMP TABLE agent AS SELECT unnest(?::VARCHAR[]) AS key,"
        " unnest(?::VARCHAR[]) AS token, unnest(?::BOOLEAN[]) AS for_training,"
        " unnest(?::BOOLEAN[]) AS is_self",
        [
            list(known),
            [token for token, _ in known.values()],
            [training for _, training in known.values()],
            [key == declared.agent.casefold() for key in known],
        ],
    )
