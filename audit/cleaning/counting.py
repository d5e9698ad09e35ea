"""How many rows were kept, set aside and left out, and why; and that none was lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from audit.cleaning.policy import CHOSEN, Fate
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb


def counts_of(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return how many rows have which fate, at which level and by which rules."""
    rows: Counter[str] = Counter()
    levels: dict[str, Counter[str]] = {name: Counter() for name in CHOSEN}
    rules: dict[str, Counter[str]] = {name: Counter() for name in CHOSEN}
    for number, level, why, count in connection.execute(
        statement("audit", "cleaning/counted")
    ).fetchall():
        fate = Fate(number)
        name = "drop" if fate is Fate.SEALED else fate.name.lower()
        rows[name] += count
        rows["sealed"] += count * (fate is Fate.SEALED)
        if why != ["REM-03"]:
            levels[name][level] += count
        for rule in why:
            rules[name][rule] += count
    return {
        "rows": {"in": sum(rows[name] for name in CHOSEN)}
        | {name: rows[name] for name in (*CHOSEN, "sealed")},
        "why": {
            name: {"levels": dict(levels[name]), "rules": dict(sorted(rules[name].items()))}
            for name in CHOSEN
        },
    }


def refuse_miscount(rows: Mapping[str, int], files: Sequence[dict[str, Any]]) -> None:
    """Refuse to hand on a manifest in which rows were lost or doubled."""
    came = sum(one["before"]["rows"] for one in files)
    went = {name: sum(one["after"][name]["rows"] for one in files) for name in CHOSEN}
    went["drop"] += rows["sealed"]
    if came != rows["in"] or any(went[name] != rows[name] for name in CHOSEN):
        message = f"of {came} rows {rows} were decided and {went} written"
        raise RuntimeError(message)
