"""What is asked of a dataset as a whole, and what could not be asked for want of a declaration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from audit.facts import FACTS
from audit.rules import LEVELS, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from audit.declaration import Declaration

_KINDS = {"removal_asked": "removal", "outputs_asked": "outputs", "question_asked": "question"}


@dataclass(frozen=True, slots=True)
class OfDataset:
    """A rule about the dataset as a whole that fires."""

    rule: Rule
    level: str


@dataclass(frozen=True, slots=True)
class Unasked:
    """A rule that could not be asked of some rows, for facts that nobody declared."""

    rule: str
    rows: int
    facts: tuple[str, ...]


def of_dataset(
    connection: duckdb.DuckDBPyConnection,
    rules: Sequence[Rule],
    declared: Declaration,
    now: datetime | None = None,
) -> tuple[OfDataset, ...]:
    """Return the rules about the whole that fire, by level.

    Args:
        connection: where `settings.declare` set what is declared.
        rules: all that are asked; those about rows are left out.
        declared: the inquiries that came.
        now: UTC without a zone; None: this computer's clock.
    """
    _declare_whole(connection, declared, now or datetime.now(UTC).replace(tzinfo=None))
    found = []
    for rule in rules:
        if rule.about == "dataset":
            ((fires, level),) = connection.execute(
                f"SELECT {rule.condition}, {rule.level_expression} FROM whole"  # noqa: S608
            ).fetchall()
            found += [OfDataset(rule, level)] if fires else []
    return tuple(sorted(found, key=lambda one: -LEVELS.index(one.level)))


def unasked(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> tuple[Unasked, ...]:
    """Return the rules that a missing declaration left open, and for how many rows.

    Args:
        connection: with the facts of all shards as `shard_facts`, after `of_dataset`.
        rules: all that are asked.
    """
    found = []
    for rule in rules:
        if rule.missing != "dataset":
            continue
        facts = sorted(name for name in rule.facts if FACTS[name].origin != "store")
        source = "whole" if rule.about == "dataset" else "shard_facts"
        counted = "1" if rule.about == "dataset" else "row_count"
        columns = "".join(f", bool_or({name} IS NULL)" for name in facts)
        ((rows, *missing),) = connection.execute(
            f"SELECT coalesce(sum({counted}), 0)::BIGINT{columns} FROM {source}"  # noqa: S608
            f" WHERE ({rule.condition}) IS NULL"
        ).fetchall()
        if rows:
            names = tuple(
                name for name, is_missing in zip(facts, missing, strict=True) if is_missing
            )
            found.append(Unasked(rule.id, 0 if rule.about == "dataset" else rows, names))
    return tuple(found)


def _declare_whole(
    connection: duckdb.DuckDBPyConnection, declared: Declaration, now: datetime
) -> None:
    """Make `whole`: one row with the facts of the dataset."""
    open_ = [one for one in declared.inquiries if one.answered is None]
    late = now - timedelta(days=declared.thresholds.reply_days)
    answers: dict[str, bool | None] = {
        name: any(one.kind == kind for one in open_) for name, kind in _KINDS.items()
    }
    answers["reply_late"] = any(one.received < late for one in open_)
    if not declared.inquiries:
        answers = dict.fromkeys(answers)
    columns = [
        f"getvariable('{fact.name}') AS {fact.name}"
        for fact in FACTS.values()
        if fact.origin == "declaration"
    ]
    columns += [f"${name}::BOOLEAN AS {name}" for name in answers]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE whole AS SELECT {', '.join(columns)}", answers
    )
