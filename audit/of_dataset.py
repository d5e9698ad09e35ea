"""What is asked of a dataset as a whole, and what could not be asked for want of a declaration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from audit.facts import FACTS
from audit.rules import LEVELS, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    of_rows = [rule for rule in rules if rule.about == "row" and rule.missing == "dataset"]
    # There is no row that could be `unknown` for it, or noted: it is told here or nowhere.
    of_whole = [rule for rule in rules if rule.about == "dataset"]
    return (
        *_missing(connection, of_rows, "shard_facts", "row_count"),
        *_missing(connection, of_whole, "whole", "0"),
    )


def _missing(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], source: str, counted: str
) -> Iterator[Unasked]:
    """Yield the *rules* that cannot be told of some rows of *source*, asked at one look."""
    if not rules:
        return
    facts = {
        rule.id: sorted(name for name in rule.facts if FACTS[name].origin != "store")
        for rule in rules
    }
    asked = ", ".join(
        f"{{'n': sum({counted}) FILTER (({rule.condition}) IS NULL),"
        f" 'is': count(*) FILTER (({rule.condition}) IS NULL) > 0, 'of': ["
        + ", ".join(
            f"bool_or({name} IS NULL) FILTER (({rule.condition}) IS NULL)"
            for name in facts[rule.id]
        )
        + "]}"
        for rule in rules
    )
    ((answers,),) = connection.execute(f"SELECT [{asked}] FROM {source}").fetchall()  # noqa: S608
    for rule, answer in zip(rules, answers, strict=True):
        if answer["is"]:
            names = zip(facts[rule.id], answer["of"], strict=True)
            yield Unasked(rule.id, int(answer["n"]), tuple(name for name, none in names if none))


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
