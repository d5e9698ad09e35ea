"""Deciding on entries: who listed them withdraws, anybody disputes, a third person settles it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blocklists.doubts import NOTHING_WATCHED, Watched, doubt
from blocklists.events import OURS, Event, record_events, time_of_next
from blocklists.life import Cause, State, Step, after
from blocklists.naming import chosen
from blocklists.standing import Standing, standings
from blocklists.targets import Target
from provenance.errors import UsageRefused
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import duckdb

_DECISIONS = frozenset({Step.ACCEPTED, Step.REJECTED, Step.DISPUTED, Step.UPHELD, Step.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decides on entries."""

    step: Step
    """`accepted` or `rejected` for what is held back, `disputed`, `upheld`, or `withdrawn`."""
    actor: str
    """Who decides, as a person or an organisation is called."""
    cause: Cause | None = None
    """Of a withdrawal."""
    note: str = ""
    """In their words; a dispute needs some."""


def decide(
    connection: duckdb.DuckDBPyConnection,
    list_id: str,
    entries: Sequence[str],
    decision: Decision,
    *,
    now: datetime,
    watched: Watched = NOTHING_WATCHED,
) -> list[Event]:
    """Record *decision* on entries of one list; those of other lists stay as they are.

    Only the list's submitter withdraws what nobody disputes. What is disputed or held back is
    settled by somebody who neither handed it in nor disputed it.

    Args:
        connection: the store, to write.
        list_id: whose entries.
        entries: by id, the first eight letters of one or more, or what they name; none: all that
            the decision can be made on.
        decision: what is decided.
        now: aware.
        watched: names that an entry which nobody has looked at yet is held back for, where all are
            accepted at once. What is held back is accepted by its name alone: that is the second
            look.

    Raises:
        UsageRefused: the actor is not the one who may, there is no such list or entry, or its state
            does not allow the step. Then nothing is recorded.
    """
    _refuse_incomplete(decision)
    moment = time_of_next(connection, list_id, now)
    every = standings(connection, list_id, as_of=moment)
    if not every:
        raise UsageRefused(
            show(list_id), "there is no such list here", "see `provisor blocklist list`"
        )
    at_once = decision.step is Step.ACCEPTED and not entries
    picked, held = _picked(every, entries, decision)
    for one in picked:
        if not _allows(one, decision):
            fact = f"{show(one.target)} is {one.state} and cannot be {decision.step}"
            raise UsageRefused(show(list_id), fact, "see `provisor blocklist history`")
    _refuse_party(connection, picked or held, decision)
    if not picked:
        fact = f"entries that are held back have to be named: {len(held):,}"
        raise UsageRefused(show(list_id), fact, "name each of them, once it was looked at")
    doubts = {one.entry_id: _doubt_of(one, watched) for one in picked if at_once}
    events = [
        _held_back(one, doubts[one.entry_id], moment)
        if doubts.get(one.entry_id)
        else _event(one, decision, moment)
        for one in picked
    ]
    record_events(connection, events)
    return events


def _picked(
    every: Sequence[Standing], entries: Sequence[str], decision: Decision
) -> tuple[Sequence[Standing], Sequence[Standing]]:
    """Return what is decided on, and what is held back and so is not accepted with all others."""
    place = show(every[0].list_id)
    if entries:
        return chosen(every, entries, place), ()
    possible = [one for one in every if _allows(one, decision)]
    if not possible:
        fact = f"it has no entry that can be {decision.step}"
        raise UsageRefused(place, fact, "see `provisor blocklist status`")
    if decision.step is not Step.ACCEPTED:
        return possible, ()
    held = [one for one in possible if one.state == State.QUARANTINED]
    return [one for one in possible if one.state != State.QUARANTINED], held


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, apart from letter case, width and spaces."""
    return folded(one) == folded(other)


def folded(name: str) -> str:
    """Return *name* as names are compared."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _refuse_incomplete(decision: Decision) -> None:
    for wrong, place, fact, remedy in (
        (decision.step not in _DECISIONS, str(decision.step), "nobody decides this",
         "see docs/blocklists.md"),
        (not decision.actor.strip(), "--by", "nobody is named", "say who decides"),
        (decision.step is Step.DISPUTED and not decision.note.strip(),
         "--note", "a dispute without a word", "say why the entry is wrong"),
        ((decision.step is Step.WITHDRAWN) != (decision.cause is not None),
         "--cause", "a withdrawal has a cause, nothing else has", "say error, cured or settled"),
    ):  # fmt: skip
        if wrong:
            raise UsageRefused(place, fact, remedy)


def _allows(one: Standing, decision: Decision) -> bool:
    """Whether the state of the entry allows the step, for whoever takes it."""
    if decision.step is Step.WITHDRAWN and not same_name(decision.actor, one.submitter):
        return one.state == State.DISPUTED
    return after(one.state, decision.step, cause=decision.cause or "") is not None


def _refuse_party(
    connection: duckdb.DuckDBPyConnection, picked: Sequence[Standing], decision: Decision
) -> None:
    """Refuse a judge of their own cause."""
    if decision.step is Step.DISPUTED:
        return
    # Of stores that were merged, one list may hold entries of several submitters.
    own = {name for name in {one.submitter for one in picked} if same_name(decision.actor, name)}
    judged = picked
    if decision.step is Step.WITHDRAWN:
        judged, own = [one for one in picked if one.submitter not in own], set()
    query = (
        "SELECT DISTINCT actor FROM entry_event WHERE list_id = ? AND what = 'disputed'"
        " AND entry_id IN (SELECT unnest(?::VARCHAR[]))"
    )
    asked = [picked[0].list_id, [one.entry_id for one in judged]]
    disputed_by = [actor for (actor,) in connection.execute(query, asked).fetchall()]
    disputes = any(same_name(decision.actor, actor) for actor in disputed_by)
    if own or disputes:
        who = show(decision.actor)
        fact = f"{who} disputed it and cannot decide on it"
        if own:
            fact = f"{who} handed it in and cannot decide on it"
        raise UsageRefused(show(picked[0].list_id), fact, "let another person decide")


def _doubt_of(one: Standing, watched: Watched) -> str:
    """Return why an entry that nobody has looked at yet waits for a second person, or nothing."""
    if one.struck:
        return "withdrawn-before"
    if one.scope == "hash":
        return ""
    return doubt(Target(one.scope, one.host, one.port, one.path), watched)


def _held_back(one: Standing, reason: str, moment: datetime) -> Event:
    return Event(
        recorded_at=moment, from_at=moment, list_id=one.list_id, entry_id=one.entry_id,
        file_sha256=one.file_sha256, what=Step.QUARANTINED, reason=reason, actor=OURS,
    )  # fmt: skip


def _event(one: Standing, decision: Decision, moment: datetime) -> Event:
    late = decision.step is Step.ACCEPTED
    return Event(
        recorded_at=moment,
        # What is accepted late was known from the day it came in (docs/blocklists.md).
        from_at=one.came_at if late else moment,
        list_id=one.list_id,
        entry_id=one.entry_id,
        file_sha256=one.file_sha256 if late else "",
        what=decision.step,
        reason=decision.cause or "",
        actor=show(decision.actor.strip()),
        note=show(decision.note.strip(), 2000),
    )
