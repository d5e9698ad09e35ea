"""The canaries of rules: of all facts a rule speaks of, some must make it fire and some must not.

A rule that nothing can make fire clears every row in silence; one that fires on everything says
nothing. Both are found by trying the facts it names, each with every value it can have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.expressions import NotARule
from audit.facts import FACTS
from audit.rules import every_rule
from provenance.checks import Check, State, check
from provenance.many import many
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from audit.rules import Rule

_MOST = 3**11


def checks() -> Iterator[Check]:
    """Try every rule that ships, those that are not asked by themselves too."""
    yield from tried(every_rule())


def tried(rules: Iterable[Rule]) -> list[Check]:
    """Return what comes of trying each of *rules*."""
    with workplace() as connection:
        return [_tried(connection, rule) for rule in rules]


def _tried(connection: duckdb.DuckDBPyConnection, rule: Rule) -> Check:
    try:
        facts, condition = sorted(rule.facts), rule.condition
    except NotARule as error:
        return Check("rules", rule.id, State.SILENT, f"{error.fact}; {error.remedy}")
    tried = 1
    for fact in facts:
        tried *= len(_values(fact))
    if tried > _MOST:
        return Check("rules", rule.id, State.NOT_SHOWN, many(tried, "combination") + " of facts")
    joined = " CROSS JOIN ".join(
        f"(SELECT unnest([{', '.join(_values(fact))}]) AS {fact})" for fact in facts
    )
    row = connection.execute(
        f"SELECT count(*) FILTER ({condition}), count(*)"  # noqa: S608 (read word by word)
        f" FROM {joined or '(SELECT 1)'}"
    ).fetchall()[0]
    fires, total = int(row[0]), int(row[1])
    said = f"fires on {fires:,} of {many(total, 'combination')} of {', '.join(facts) or 'no fact'}"
    return check("rules", rule.id, fires=0 < fires < total, said=said)


def _values(fact: str) -> tuple[str, ...]:
    """Return the SQL of each value that *fact* can have; each can be missing."""
    if texts := FACTS[fact].values:
        return (*(f"'{text}'" for text in texts), "NULL")
    return tuple(f"{answer}::BOOLEAN" for answer in ("TRUE", "FALSE", "NULL"))
