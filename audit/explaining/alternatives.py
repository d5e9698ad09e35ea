"""What could be otherwise, and what the rules would then come to.

No sentence here says what lowers a level: each alternative is a change of facts, and the rules
are asked again about the facts so changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from audit.explaining.explanation import Otherwise
from audit.facts import FACTS
from audit.firing import fire
from audit.rules import LEVELS
from audit.settings import declare
from audit.statements import run
from provenance.rows import insert_rows
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from audit.explaining.explanation import Facts
    from audit.settings import Question

_SEEN = {"robots_ai_basis": "contemporaneous", "robots_self_basis": "contemporaneous",
         "robots_later": False, "robots_unreachable": False}  # fmt: skip
_GATE_SEEN = {"gate_basis": "contemporaneous", "gate_later": False}
_DECLARED_SEEN = {"declared_basis": "contemporaneous", "declared_later": False}


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something that evidence, a decision or a declaration could change."""

    code: str
    facts: Mapping[str, Any]
    applies: Callable[[Facts], bool] = lambda _: True


ALTERNATIVES = (
    Alternative("nobody_refused", {"robots_ai": False, "robots_self": False, **_SEEN}),
    Alternative(
        "others_refused",
        {"robots_ai": True, "robots_self": False, **_SEEN},
        lambda facts: bool(facts["agent_known"]),
    ),
    Alternative(
        "self_refused",
        {"robots_ai": True, "robots_self": True, **_SEEN},
        lambda facts: bool(facts["agent_known"]),
    ),
    Alternative(
        "ai_refused",
        {"robots_ai": True, "robots_self": None, **_SEEN},
        lambda facts: not facts["agent_known"],
    ),
    Alternative("robots_reached", {"robots_unreachable": False}),
    Alternative("no_gate", {"gate": False, **_GATE_SEEN}),
    Alternative("gate", {"gate": True, **_GATE_SEEN}),
    Alternative("nothing_declared", {"declared": False, **_DECLARED_SEEN}),
    Alternative("reserved", {"declared": True, **_DECLARED_SEEN}),
    Alternative(
        "nothing_priced",
        {"priced": False, "priced_basis": "contemporaneous"},
        lambda facts: facts["priced"] is not False,
    ),
    Alternative(
        "struck",
        {"listed": False, "known": None, "known_before_later_act": False,
         "published_before": False, "unverified": False},
        lambda facts: bool(facts["listed"]),
    ),
    Alternative("received_before", {"known": "before"}, lambda facts: bool(facts["listed"])),
    Alternative("received_after", {"known": "after"}, lambda facts: bool(facts["listed"])),
    Alternative(
        "later_act_before",
        {"known_before_later_act": False},
        lambda facts: bool(facts["listed"]) and facts["known_before_later_act"] is not False,
    ),
    Alternative("rejected", {"unverified": False}),
    Alternative(
        "copy_struck",
        {"copy_listed": False, "copy_known": None},
        lambda facts: facts["copy_listed"] is not False,
    ),
    Alternative("purpose_pretraining", {"purpose": "pretraining"}),
    Alternative("agent_declared", {"agent_known": True}),
    Alternative("no_copies", {"copies": False}),
)  # fmt: skip


def apply(alternative: Alternative, facts: Facts) -> Facts | None:
    """Return *facts* under *alternative*; None: it does not apply, or changes none of them."""
    if not alternative.applies(facts):
        return None
    changed = {**facts, **alternative.facts}
    return changed if changed != facts else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules come to for one set of facts."""

    level: str
    rules: tuple[str, ...]
    untold: tuple[str, ...]
    unobserved: tuple[str, ...]
    spoken: Mapping[str, tuple[str, bool]]
    """Of each rule that speaks: its level, and whether it fires."""


def _facts_table() -> str:
    """Return the SQL of an empty table `facts`: a row for each set of facts."""
    columns = [f"{fact.name} {'VARCHAR' if fact.values else 'BOOLEAN'}" for fact in FACTS.values()]
    return f"CREATE TEMP TABLE facts (fact_id INTEGER, {', '.join(columns)})"


def outcomes(question: Question, several: Sequence[Facts]) -> list[Outcome]:
    """Return what the rules come to for each of *several* sets of facts, by asking them."""
    with workplace(question.memory) as connection:
        declare(connection, question)
        connection.execute(_facts_table())
        names = [row[0] for row in connection.execute("DESCRIBE facts").fetchall()][1:]
        rows = [(number, *(one.get(name) for name in names)) for number, one in enumerate(several)]
        insert_rows(connection, "facts", rows)
        fire(connection, question.rules)
        run(connection, "shard/10_outcomes")
        spoken: dict[int, dict[str, tuple[str, bool]]] = {n: {} for n in range(len(several))}
        for number, rule, level, fires in connection.execute(
            "SELECT fact_id, rule_id, level, fires FROM fired"
        ).fetchall():
            spoken[number][rule] = (level, fires)
        found = connection.execute(
            "SELECT fact_id, level, rules, untold, unobserved FROM outcome ORDER BY fact_id"
        ).fetchall()
    return [
        Outcome(level, tuple(rules), tuple(untold), tuple(unobserved), spoken[number])
        for number, level, rules, untold, unobserved in found
    ]


def otherwise(
    question: Question, facts: Facts
) -> tuple[Outcome, tuple[Otherwise, ...], dict[str, tuple[str, ...]]]:
    """Return what the rules come to now, what would change the level, and what each rule.

    Two alternatives together are tried only where no single one lowers the level.
    """
    applied = {one.code: changed for one in ALTERNATIVES if (changed := apply(one, facts))}
    pairs = {
        (one.code, other.code): both
        for one, other in combinations(ALTERNATIVES, 2)
        if one.code in applied
        and other.code in applied
        and not one.facts.keys() & other.facts.keys()
        and (both := apply(other, applied[one.code]))
    }
    now, *found = outcomes(question, [facts, *applied.values(), *pairs.values()])
    singles = dict(zip(((code,) for code in applied), found, strict=False))
    doubles = dict(zip(pairs, found[len(applied) :], strict=True))
    rank = LEVELS.index(now.level)
    lowers = {codes for codes, one in singles.items() if LEVELS.index(one.level) < rank}
    chosen: list[Otherwise] = [
        _told(codes, one) for codes, one in singles.items() if one.level != now.level
    ]
    if not lowers:
        chosen += [
            _told(codes, one) for codes, one in doubles.items() if LEVELS.index(one.level) < rank
        ]
    by_rule = {
        rule: tuple(
            code for (code,), one in singles.items() if one.spoken.get(rule) != now.spoken[rule]
        )
        for rule in now.spoken
    }
    chosen.sort(key=lambda one: LEVELS.index(one.level))
    return now, tuple(chosen), by_rule


def _told(codes: tuple[str, ...], outcome: Outcome) -> Otherwise:
    return Otherwise(codes, outcome.level, outcome.rules, outcome.untold)
