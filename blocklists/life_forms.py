"""How states of entries are told: as tables for the terminal, as plain values for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from blocklists.life import WAITING, State
from blocklists.printing import table, time_text
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blocklists.events import Event
    from blocklists.standing import Standing

_SHOWN = 50


def counts(found: Sequence[Standing]) -> list[dict[str, object]]:
    """Return how many entries of each list are in which state, lists by name."""
    submitters = {one.list_id: one.submitter for one in reversed(found)}
    states = Counter((one.list_id, one.state) for one in found)
    return [
        {
            "list_id": name,
            "submitter": submitters[name],
            "entries": sum(states[name, state] for state in State),
            "states": {state.value: states[name, state] for state in State if states[name, state]},
        }
        for name in sorted(submitters)
    ]


def counts_table(found: Sequence[Standing]) -> str:
    """Return the counts of each list, and how many entries wait for a person."""
    rows = [
        (str(one["list_id"]), str(one["submitter"]), f"{one['entries']:,}",
         ", ".join(f"{count:,} {state}" for state, count in one["states"].items()))  # type: ignore[attr-defined]
        for one in counts(found)
    ]  # fmt: skip
    text = table([("LIST", "SUBMITTER", "ENTRIES", "STATES"), *rows])
    waiting = sum(one.state in WAITING or one.state == State.DISPUTED for one in found)
    return (
        f"{text}\nwaiting for a person: {waiting:,}, see `provisor blocklist review`"
        if waiting
        else text
    )


def entries_table(found: Sequence[Standing], backing: dict[str, str]) -> str:
    """Return a line for each entry, the first fifty of them; *backing* is by entry id."""
    rows = [
        (one.list_id, one.target, one.scope, one.state + (f" ({one.reason})" if one.reason else ""),
         time_text(one.since), time_text(one.received_at), backing.get(one.entry_id, "-"),
         one.entry_id[:12])
        for one in found[:_SHOWN]
    ]  # fmt: skip
    more = (
        f"\nand {len(found) - _SHOWN:,} more: --json shows them all" if len(found) > _SHOWN else ""
    )
    heads = ("LIST", "ENTRY", "SCOPE", "STATE", "SINCE", "RECEIVED", "BACKING", "ID")
    return table([heads, *rows]) + more


def history_table(one: Standing, steps: Sequence[Event]) -> str:
    """Return the steps of one entry, in the order in which they were recorded."""
    rows = [
        (time_text(step.recorded_at), step.what, step.reason or "-", step.actor,
         f"from {time_text(step.from_at)}" if step.from_at != step.recorded_at else "", step.note)
        for step in steps
    ]  # fmt: skip
    heads = ("WHEN", "WHAT", "WHY", "WHO", "", "NOTE")
    return f"{show(one.target)} ({one.scope}), id {one.entry_id}\n{table([heads, *rows])}"


def told(one: Standing, backing: dict[str, str] | None = None) -> dict[str, object]:
    """Return an entry for a program; with *backing*, how it is backed too."""
    said: dict[str, object] = {
        "list_id": one.list_id, "entry_id": one.entry_id, "target": one.target,
        "scope": one.scope, "state": str(one.state), "reason": one.reason, "since": one.since,
        "received_at": one.received_at, "expires_at": one.expires_at, "submitter": one.submitter,
    }  # fmt: skip
    return said | ({"backing": backing.get(one.entry_id)} if backing is not None else {})
