"""What a site said at past dates, by the captures of a store: a line of time for each agent.

A state is known at the moments of its captures and, by inference, between two that agree. When it
changed lies between two captures that differ; after the last capture nothing is known. Answers that
could not be read are states of their own: they are no permission and end none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING, Any

from crawler.inspection import answers_for, statements_of
from provenance.records import Outcome
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import duckdb

    from provenance.agents import Agent
    from provenance.urls import Address


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which every capture says the same."""

    first: datetime
    last: datetime
    """Of the captures; between them the state is inferred."""
    captures: int
    state: str
    """`allow`, `deny`, `cannot tell`; or the statements of a page."""
    said: str
    """The deciding line, or why it cannot be told."""
    basis: str
    """`observed` by one capture, `bracketed` between the first and the last of several; of times
    that a source only bounds, `imported`."""
    told: bool = True
    """False: nothing could be read, so neither its beginning nor its end is a change of mind."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of time, and for whom it holds."""

    agents: tuple[str, ...]
    """Tokens whose answers were alike all the time; empty: the page."""
    spans: tuple[Span, ...]


def history(
    connection: duckdb.DuckDBPyConnection, place: Address, until: datetime, asked: Sequence[Agent]
) -> list[Line]:
    """Return what the host of *place* said of that path up to *until* (UTC, without a zone)."""
    rows = connection.execute(
        statement("crawler", "past_captures"),
        {"host": place.authority, "path": place.path, "until": until},
    ).fetchall()
    robots = [row for row in rows if row[1] == "robots"]
    pages = [row for row in rows if row[1] == "page"]
    lines = _of_agents(robots, place.path, asked)
    if pages:
        said = [(row, _page_state(connection, row)) for row in pages]
        lines.append(Line((), _spans(said)))
    return lines


def _of_agents(robots: Sequence[Any], path: str, asked: Sequence[Agent]) -> list[Line]:
    """Return a line for each set of agents that were always answered alike."""
    states: dict[str, list[tuple[Any, tuple[str, str]]]] = {}
    read: dict[tuple[Any, ...], list[tuple[str, tuple[str, str]]]] = {}
    for row in robots:
        key = (row[6], row[7], row[4], row[5])
        if key not in read:
            read[key] = _answers(row, path, asked)
        for token, state in read[key]:
            states.setdefault(token, []).append((row, state))
    alike: dict[tuple[Span, ...], list[str]] = {}
    for token, said in states.items():
        alike.setdefault(_spans(said), []).append(token)
    return [Line(tuple(tokens), spans) for spans, tokens in alike.items()]


def _answers(row: Any, path: str, asked: Sequence[Agent]) -> list[tuple[str, tuple[str, str]]]:
    answers, _ = answers_for(Outcome(row[4]), row[8] or b"", path, lowercased=row[7], asked=asked)
    why = "" if row[4] == Outcome.PARSED else f"{row[4]}: {row[5]}" if row[5] else row[4]
    # The number of the line may change while its words stay.
    return [(one.agent.token, (one.crawl, why or one.rule.partition(": ")[2])) for one in answers]


def _page_state(connection: duckdb.DuckDBPyConnection, row: Any) -> tuple[str, str]:
    each = (
        f"{one.kind} {one.usage}={one.value}" if one.gate == "none" else f"gate {one.gate}"
        for one in statements_of(connection, row[0])
    )
    said = "; ".join(dict.fromkeys(each))  # a header and an element may state the same
    return said or "states nothing", f"status {row[9]}" if row[9] else "no status"


def _spans(said: Sequence[tuple[Any, tuple[str, str]]]) -> tuple[Span, ...]:
    return tuple(
        _span([row for row, _ in run], state)
        for state, group in groupby(said, key=lambda pair: pair[1])
        for run in [list(group)]
    )


def _span(rows: Sequence[Any], state: tuple[str, str]) -> Span:
    imported = any(row[3] for row in rows)
    return Span(
        first=rows[0][2].replace(tzinfo=UTC),
        last=rows[-1][2].replace(tzinfo=UTC),
        captures=len(rows),
        state=state[0],
        said=state[1],
        basis="imported" if imported else "bracketed" if len(rows) > 1 else "observed",
        told=rows[0][4] not in {Outcome.UNREADABLE, Outcome.UNREACHABLE},
    )
