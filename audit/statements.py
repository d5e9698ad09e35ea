"""The SQL of an audit: which statements run in which order, and what they are filled with."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from audit.facts import FACTS
from audit.rules import LEVELS
from provenance.statements import execute, statement

if TYPE_CHECKING:
    import duckdb

MOMENTS = 16
"""How many moments stand in one row of `place` or `leaf`: they part one state more."""

WIDEST = 6
"""Of bodies with at most so many rule sets every combination of answers is prepared."""

JUDGE_ACTS = (
    "exact/00_segments", "exact/01_listed_hosts", "exact/02_timed", "exact/03_paths",
    "refused_paths", "exact/04_refusals", "refused_agents", "exact/05_said",
    "exact/06_listed_acts", "exact/07_pages", "exact/08_facts",
)  # fmt: skip
"""Judge the acts of `act` on the hosts of `act_host`, without a short cut."""

_LIKELIEST = LEVELS.index("unknown")
_NEVER = 4294967295  # a second that no act is in
_NUMBERS = range(1, MOMENTS + 1)


def run(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Execute the statements *names* of `sql/`."""
    for name in names:
        execute(connection, _filled(name))


@cache
def _filled(name: str) -> str:
    text = statement("audit", name)
    for place, filling in _FILLINGS.items():
        text = text.replace(place, filling)
    return text


def _sum(term: str) -> str:
    return "(" + " + ".join(term.format(k=k) for k in _NUMBERS) + ")"


def _columns(moment: str, step: str) -> str:
    moments = [f"coalesce({moment.format(k=k)}, {_NEVER})::UINTEGER AS m{k}" for k in _NUMBERS]
    steps = [f"coalesce({step.format(k=k)}, 0)::INTEGER AS d{k}" for k in _NUMBERS]
    return ",\n    ".join(moments + steps)


_FILLINGS = {
    "{declared}": ",\n    ".join(
        f"getvariable('{fact.name}') AS {fact.name}"
        if fact.name != "agent_known"
        else "getvariable('agent_known') OR used.agent IS NOT NULL AS agent_known"
        for fact in FACTS.values()
        if fact.origin == "declaration"
    ),
    "{period}": "STRUCT(received_at TIMESTAMP, published_at TIMESTAMP, ended_at TIMESTAMP)",
    # How many moments lie before the second s, and how many before or in the second e.
    # Added up as floats: of whole numbers DuckDB checks every sum for overflow.
    "{before}": _sum("(s > m{k})::FLOAT") + "::INTEGER",
    "{reached}": _sum("(e >= m{k})::FLOAT") + "::INTEGER",
    "{steps}": _sum("(s > m{k})::DOUBLE * d{k}") + "::INTEGER",
    "{typed}": ", ".join(
        [f"m{k} UINTEGER" for k in _NUMBERS] + [f"d{k} INTEGER" for k in _NUMBERS]
    ),
    "{moments}": _columns(
        "min(second) FILTER (place_no = {k})", "min(step) FILTER (place_no = {k})"
    ),
    "{leaves}": _columns(
        "min(from_second) FILTER (leaf = {k})", "max(1) FILTER (leaf = {k})"
    ),
    # Levels are written by their number, which is quicker than as texts that are told apart; those
    # that are met most have small ones.
    "{levels}": f"ENUM{(*LEVELS[_LIKELIEST:], *reversed(LEVELS[:_LIKELIEST]))}",
    # A digest of 256 bits in four words.
    "{words}": ", ".join(
        f"pdq_word(key, {nth}) AS w{nth + 1}" for nth in range(4)
    ),
    "{columns}": _columns("coalesce(branch.m{k}, page.m{k})", "coalesce(branch.d{k}, page.d{k})"),
}  # fmt: skip
