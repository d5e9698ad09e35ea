"""The forms of a judgement: lines for the terminal, JSON for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from audit.gating.judging import STATUSES
from audit.headline import share
from audit.summary import FOOTER
from provenance.many import many
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.gating.judging import Judgement, Passed, Used
    from audit.gating.returned import Returned

FORMAT = "provisor-gate/1"

_SHOWN = 50


def gate_json(said: Judgement, policy: str) -> str:
    """Return the judgement with its codes; *policy* is the file that the lines are of."""
    found = {
        "format": FORMAT,
        "passes": said.passes,
        "rows": said.rows,
        "levels": {
            level: {"rows": rows, "accepted": said.accepted[level]}
            for level, rows in said.levels.items()
        },
        "policy": policy or None,
        "gates": [
            asdict(one.gate)
            | {"counts": one.gate.counted, "found": one.found, "accepted": one.accepted}
            | {"left": one.left, "of_dataset": one.whole, "most": one.most, "holds": one.holds}
            for one in said.gates
        ],
        "baseline": [
            asdict(one.acceptance) | {"status": one.status, "found": one.rows} for one in said.used
        ],
        "returned": asdict(said.returned) if said.returned else None,
        "footer": FOOTER,
    }
    return json_text(found, default=str) + "\n"


def gate_text(said: Judgement, policy: str) -> str:
    """Return the judgement as lines; *policy* is the file that the lines are of."""
    lines = [_level(level, rows, said) for level, rows in said.levels.items() if rows]
    if said.used:
        lines += ["", *_baseline(said.used)]
    lines += ["", *(_gate(one, policy) for one in said.gates)]
    gates, failed = len(said.gates), sum(1 for one in said.gates if not one.holds)
    if said.returned:
        lines.append(_returned(said.returned))
        gates, failed = gates + 1, failed + (said.returned.rows > 0)
    lines.append(f"{failed} of {many(gates, 'gate')} failed" if failed else "passed")
    return "\n".join(lines) + "\n"


def _level(level: str, rows: int, said: Judgement) -> str:
    accepted = said.accepted[level]
    beside = f", of which {accepted:,} accepted" if accepted else ""
    return f"{level:<8}  {rows:,} of {many(said.rows, 'row')} ({share(rows, said.rows)}){beside}"


def _baseline(used: tuple[Used, ...]) -> Iterator[str]:
    """Say what holds in one line, and each acceptance that does not in one of its own."""
    holding = [one for one in used if one.status == "holds"]
    yield f"baseline: of {many(len(used), 'acceptance')} hold: {len(holding):,}"
    other = [one for one in used if one.status != "holds"]
    for one in other[:_SHOWN]:
        yield f"  {_told(one)}"
    if len(other) > _SHOWN:
        yield f"  and {len(other) - _SHOWN:,} more; all with --json"


def _told(one: Used) -> str:
    said = one.acceptance
    rows = f"{many(one.rows, 'row')} now"
    if said.rows is not None:
        rows += f", {said.rows:,} accepted"
    counted = f" ({rows})" if one.status in {"outgrown", "risen"} else ""
    who = f", by {show(said.by)}" if said.by else ""
    return (
        f"{show(said.rule)} at {show(said.where)}: {STATUSES[one.status]}{counted}; "
        f"until {said.until}{who}: {show(said.reason, 200)}"
    )


def _returned(one: Returned) -> str:
    """Say whether rows came back; a row without an address could be one of them."""
    answer = "FAILED" if one.rows else "holds"
    names = ", ".join(show(name) for name in one.lists)
    where = ", ".join(f"{show(name)} {rows:,}" for name, rows in list(one.files.items())[:5])
    first = ", ".join(f"{row:,}" for row in one.first_rows)
    told = f" ({where}; first rows {first})" if one.rows else ""
    unsure = f"; could not be compared: {many(one.unreadable, 'row')}" if one.unreadable else ""
    return f"{answer:<6}  REM-03, {names}: rows that came back: {one.rows:,}{told}{unsure}"


def _gate(one: Passed, policy: str) -> str:
    gate = one.gate
    place = f"{show(policy)}, line {gate.line}" if gate.line else "--fail-on"
    name = f" ({show(gate.name)})" if gate.name else ""
    beside = f" besides {one.accepted:,} accepted" if one.accepted else ""
    answer = "holds" if one.holds else "FAILED"
    beside += f" and, of the dataset, {', '.join(one.whole)}" if one.whole else ""
    counted = f"{gate.counted}: {one.left:,}{beside}"
    return f"{answer:<6}  {place}{name}: {counted}, at most {one.most:,} may be"
