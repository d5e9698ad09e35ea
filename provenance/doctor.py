"""`provisor doctor`: whether this installation can be relied on, shown and not promised."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from provenance.checks import Check, State
from provenance.health import packages, room, store_state, versions
from provenance.show import show
from provenance.strict_json import json_text
from provenance.surroundings import surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SILENT = 70
DISK = 4

_ON_DISK = frozenset({"store", "disk", "files", "permissions", "evidence"})
_MARKS = {State.FIRES: ("ok", "green"), State.SILENT: ("FAILS", "red"), State.NOT_SHOWN: ("–", "")}


def examined(
    families: Iterable[Callable[[], Iterable[Check]]], store: Path | None, *, wait_s: float
) -> tuple[Check, ...]:
    """Return what came of every check.

    Args:
        families: those of the packages above this one.
        store: the store to look at; None: none.
        wait_s: how long to wait while another process holds it.
    """
    found = [check for family in families for check in family()]
    state = [store_state(store, wait_s=wait_s)] if store else []
    around = surroundings(store, wait_s=wait_s)
    return (*found, *packages(), *state, *room(store), *around)


def exit_code(checks: Iterable[Check]) -> int:
    """Return 70 where a canary is silent or a package too old, else 4 for store or disk, else 0."""
    failing = {check.family for check in checks if check.state is State.SILENT}
    return SILENT if failing - _ON_DISK else DISK if failing else 0


def told(checks: tuple[Check, ...], *, as_json: bool) -> str:
    """Return *checks* and the releases in use, for a reader or as JSON."""
    if as_json:
        said = {"versions": versions(), "checks": [asdict(check) for check in checks]}
        return json_text(said | {"exit_code": exit_code(checks)})
    lines = [f"{name}: {value}" for name, value in versions().items()]
    family = ""
    for check in checks:
        if check.family != family:
            family = check.family
            lines += ["", click.style(family, bold=True)]
        mark, colour = _MARKS[check.state]
        shown = click.style(f"{mark:<6}", fg=colour or None)
        more = f": {show(check.said, 400)}" if check.said else ""
        lines.append(f"  {shown} {show(check.name)}{more}")
    counts = {state: sum(check.state is state for check in checks) for state in State}
    summary = (
        f"{counts[State.FIRES]} as they must be, {counts[State.SILENT]} failing,"
        f" {counts[State.NOT_SHOWN]} that could not be tried here"
    )
    return "\n".join([*lines, "", summary])
