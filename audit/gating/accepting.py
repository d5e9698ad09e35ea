"""What there is to accept in a finished audit: each rule that stands at a site, with its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.gating.baseline import MOST, Acceptance
from audit.gating.judging import audited
from audit.rules import LEVELS, reaching
from audit.sites import name_of
from provenance.defaults import AUDIT_MEMORY
from provenance.errors import UsageRefused
from provenance.statements import statement
from provenance.suffixes import place

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path


def acceptances(
    folder: Path,
    *,
    gate: str,
    reason: str,
    until: date,
    today: date,
    by: str = "",
    chosen: Collection[str] = (),
    sites: Collection[str] = (),
    everywhere: bool = False,
    any_number: bool = False,
    memory: str = AUDIT_MEMORY,
) -> tuple[Acceptance, ...]:
    """Return an acceptance of each rule at each site of the audit in *folder*, as it stands now.

    Args:
        folder: the audit.
        gate: only what stands at this level or above; unknown counts as medium.
        reason: why it is accepted.
        until: the last day on which that holds.
        today: the day on which it is accepted.
        by: who accepts it.
        chosen: only these rules; none: all.
        sites: only these; none: all.
        everywhere: accept a rule at all places at once.
        any_number: accept however many rows come to be; else no more than there are.
        memory: how much is held before it spills to disk.

    Raises:
        InputRefused: there is no finished audit.
        UsageRefused: a rule was not asked, nothing is left to accept, or it is more than can be.
    """
    with audited(folder, memory) as (connection, side):
        asked = {str(rule["id"]) for rule in side.said["rules"]}
        if strangers := sorted(set(chosen) - asked):
            fact = f"the audit asked no rule {strangers[0]!r}"
            raise UsageRefused("--rule", fact, f"it asked {', '.join(sorted(asked))}")
        connection.execute("SET VARIABLE reaching = ?::VARCHAR[]", [sorted(reaching(gate))])
        connection.execute(f"SET VARIABLE everywhere = {everywhere}")
        found = connection.execute(statement("audit", "gating/findings"))
        counted: dict[tuple[str, str, str], tuple[int, int]] = {}
        while batch := found.fetchmany(10_000):
            for rule, host, rank, rows in batch:
                site, exact = _place(host)
                wanted = (not chosen or rule in chosen) and (not sites or (site or exact) in sites)
                if wanted:
                    highest, before = counted.get((rule, site, exact), (0, 0))
                    counted[rule, site, exact] = (max(highest, rank), before + rows)
            if len(counted) > MOST:
                fact = f"more than {MOST:,} rules at sites"
                raise UsageRefused(str(folder), fact, "choose by --rule, or --everywhere")
    lowest = min(reaching(gate), key=LEVELS.index)
    if not counted:
        among = " among what was chosen" if chosen or sites else ""
        fact = f"nothing of it stands at {gate} or above{among}"
        raise UsageRefused(str(folder), fact, "there is nothing to accept")
    return tuple(
        Acceptance(
            rule, lowest, LEVELS[rank - 1], reason, until, site, host,
            rows=None if any_number else rows, by=by, made_on=today,
        )
        for (rule, site, host), (rank, rows) in counted.items()
    )  # fmt: skip


def _place(host: str) -> tuple[str, str]:
    """Return the site of *host*; a suffix with many owners below it is only itself."""
    if not host:
        return "", ""
    found = place(name_of(host))
    return ("", host) if found.is_suffix or not found.suffix else (found.site, "")
