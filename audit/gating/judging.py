"""A finished audit before its gates: what stands there, what was accepted of it, what fails."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from audit.comparing.sides import read_side
from audit.gathering import gathered
from audit.rules import LAWS, LEVELS, reaching, rules
from audit.snapshot import at_hand
from audit.statements import run
from provenance.defaults import AUDIT_MEMORY
from provenance.errors import InputRefused
from provenance.rows import insert_rows
from provenance.show import show
from provenance.statements import statement
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import duckdb

    from audit.comparing.sides import Side
    from audit.gating.baseline import Acceptance
    from audit.gating.policy import Gate
    from audit.gating.returned import Returned

STATUSES = {
    "holds": "accepted",
    "expired": "expired: accepts nothing any more",
    "unmatched": "no row matches it any more",
    "outgrown": "more rows than were accepted: accepts none of them",
    "risen": "at a higher level than was accepted: accepts none of them",
}
"""What becomes of an acceptance."""


@dataclass(frozen=True, slots=True)
class Passed:
    """One gate, what was counted, and whether it holds."""

    gate: Gate
    found: int
    """Rows in all."""
    accepted: int
    """Of them, rows that were accepted; those left count."""
    most: int
    """How many may be left."""
    whole: tuple[str, ...] = ()
    """Rules about the dataset as a whole that fire there: each counts as a row does."""

    @property
    def left(self) -> int:
        """Rows that count."""
        return self.found - self.accepted

    @property
    def holds(self) -> bool:
        """Whether the gate lets the audit pass."""
        return self.left + len(self.whole) <= self.most


@dataclass(frozen=True, slots=True)
class Used:
    """What became of an acceptance."""

    acceptance: Acceptance
    status: str
    rows: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """An audit before its gates."""

    rows: int
    levels: dict[str, int]
    accepted: dict[str, int]
    """Of the rows at each level, those that stand lower without what was accepted."""
    gates: tuple[Passed, ...]
    used: tuple[Used, ...]
    returned: Returned | None = None
    """Rows that came back; None: nobody asked."""

    @property
    def passes(self) -> bool:
        """Whether every gate holds, and no row came back."""
        return all(one.holds for one in self.gates) and not (self.returned and self.returned.rows)


def judge_gates(
    folder: Path,
    gates: Sequence[Gate],
    baseline: Sequence[Acceptance],
    *,
    today: date,
    policy: str = "policy",
    memory: str = AUDIT_MEMORY,
) -> Judgement:
    """Return how the audit in *folder* stands before *gates*, beside what *baseline* accepts.

    Args:
        folder: where the audit lies.
        gates: what may stand there.
        baseline: what was accepted.
        today: by which day acceptances have expired.
        policy: the file that gates are lines of.
        memory: how much is held before it spills to disk.

    Raises:
        InputRefused: there is no finished audit, or a gate names what the audit did not ask.
    """
    with audited(folder, memory) as (connection, side):
        asked = _rules_of(side.said["rules"])
        _refuse_unasked(gates, asked, policy)
        _accept(connection, [one for one in baseline if one.until >= today])
        connection.execute(statement("provenance", "naming"))
        run(connection, "gating/asked")
        everything = _levels(connection, sorted(asked))
        fired = connection.execute(statement("audit", "gating/rules")).fetchall()
        passed = tuple(
            replace(
                _passed(connection, gate, asked, fired, everything),
                whole=_of_whole(gate, side.whole, asked),
            )
            for gate in gates
        )
        now = {
            number: (status, rows)
            for number, rows, status in connection.execute("FROM acceptance_now").fetchall()
        }
    holding = iter(range(len(now)))
    return Judgement(
        rows=sum(rows for _, _, rows in everything),
        levels=_by_level(everything, accepted=False),
        accepted=_by_level(everything, accepted=True),
        gates=passed,
        used=tuple(
            Used(one, *(now[next(holding)] if one.until >= today else ("expired", 0)))
            for one in baseline
        ),
    )


@contextmanager
def audited(folder: Path, memory: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Side]]:
    """Yield a connection with the tables of the audit in *folder* at hand, and what it says."""
    side = read_side(folder)
    with (
        workplace(memory) as connection,
        at_hand(connection, side.snapshot),
        gathered(connection, folder, side.shards),
    ):
        connection.execute("SET VARIABLE levels = ?::VARCHAR[]", [list(LEVELS)])
        yield connection, side


def _accept(connection: duckdb.DuckDBPyConnection, several: Sequence[Acceptance]) -> None:
    connection.execute(
        "CREATE TEMP TABLE accepted (number INTEGER, rule_id VARCHAR, kind VARCHAR, place VARCHAR,"
        " lowest INTEGER, highest INTEGER, most_rows BIGINT)"
    )
    rows = [
        (number, one.rule, one.kind, one.site or one.host, *one.ranks, one.rows)
        for number, one in enumerate(several)
    ]
    insert_rows(connection, "accepted", rows)


def _rules_of(said: Sequence[dict[str, Any]]) -> dict[str, frozenset[str]]:
    """Return the rules that the audit asked, each with the profiles that hold it."""
    held = {law: {rule.id for rule in rules(law)} for law in LAWS}
    return {
        str(rule["id"]): frozenset(
            [rule["law"]] if "law" in rule else (law for law in LAWS if rule["id"] in held[law])
        )
        for rule in said
    }


def _refuse_unasked(gates: Sequence[Gate], asked: dict[str, frozenset[str]], policy: str) -> None:
    """Refuse a gate that nothing could fail, because the audit never asked what it counts."""
    profiles = frozenset[str]().union(*asked.values())
    for gate in gates:
        place = f"{show(policy)}, line {gate.line}"
        if gate.rule and gate.rule not in asked:
            fact = f"the audit asked no rule {gate.rule!r}"
            raise InputRefused(place, fact, f"it asked {', '.join(sorted(asked))}")
        if gate.profile and gate.profile not in profiles:
            fact = f"the audit asked no profile {gate.profile!r}"
            raise InputRefused(place, fact, f"it asked {', '.join(sorted(profiles))}")
        if gate.rule and gate.profile and gate.profile not in asked[gate.rule]:
            fact = f"{gate.rule} is no rule of the profile {gate.profile!r}"
            raise InputRefused(place, fact, f"it is of {', '.join(sorted(asked[gate.rule]))}")


def _of_whole(
    gate: Gate, whole: Mapping[str, str], asked: dict[str, frozenset[str]]
) -> tuple[str, ...]:
    """Return the rules about the whole that *gate* counts, of those that fire at a level."""
    if gate.unknown:
        reached = frozenset({"unknown"})
    else:
        reached = reaching(gate.level) if gate.level else frozenset(LEVELS)
    return tuple(
        rule
        for rule, level in whole.items()
        if level in reached
        and gate.rule in {"", rule}
        and (not gate.profile or gate.profile in asked[rule])
    )


def _passed(
    connection: duckdb.DuckDBPyConnection,
    gate: Gate,
    asked: dict[str, frozenset[str]],
    fired: Sequence[tuple[Any, ...]],
    everything: Sequence[tuple[str, str, int]],
) -> Passed:
    """Count what *gate* counts."""
    total = sum(rows for _, _, rows in everything)
    if gate.rule:
        reached = reaching(gate.level) if gate.level else frozenset(LEVELS)
        mine = [
            (rows, left) for rule, level, rows, left in fired
            if rule == gate.rule and level in reached
        ]  # fmt: skip
        found, left = sum(rows for rows, _ in mine), sum(left for _, left in mine)
    else:
        counted = everything
        if gate.profile:
            chosen = sorted(rule for rule, held in asked.items() if gate.profile in held)
            counted = _levels(connection, chosen)
        reached = frozenset({"unknown"}) if gate.unknown else reaching(gate.level)
        found = sum(rows for level, _, rows in counted if level in reached)
        left = sum(rows for level, now, rows in counted if level in reached and now in reached)
    most = total if gate.rows is None else gate.rows
    if gate.share is not None:
        # As it is written: 0.29 of 100 is 29, and less than that as a binary fraction.
        most = min(most, int(Fraction(str(gate.share)) * total))
    return Passed(gate, found, found - left, most)


def _levels(
    connection: duckdb.DuckDBPyConnection, chosen: Sequence[str]
) -> list[tuple[str, str, int]]:
    """Return rows by level, with and without what was accepted, by the rules *chosen*."""
    found: list[tuple[str, str, int]] = connection.execute(
        statement("audit", "gating/levels"), {"rules": list(chosen)}
    ).fetchall()
    return found


def _by_level(everything: Sequence[tuple[str, str, int]], *, accepted: bool) -> dict[str, int]:
    return {
        level: sum(
            rows for was, now, rows in everything if was == level and (not accepted or now != was)
        )
        for level in reversed(LEVELS)
    }
