"""The canaries of rules: of all facts a rule speaks of, some must make it fire and some must not.

A rule that nothing can make fire clears every row in silence; one that fires on everything says
nothing. Both are found by trying the facts it names, each with every value it can have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb

from audit.declaration import Purpose
from audit.rules import rules
from audit.terms import BASES, SEALED_KINDS
from provenance.checks import Check, State, check
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.rules import Rule

_ANSWERS = ("TRUE", "FALSE", "NULL")
_TEXTS = {
    "purpose": tuple(Purpose),
    "known": ("before", "during", "after", "unknown"),
    "copy_known": ("before", "during", "after", "unknown"),
    "sealed": ("no", *SEALED_KINDS),
    **{f"{fact}_basis": tuple(BASES) for fact in ("robots_ai", "robots_self", "gate", "declared")},
}
_NAME = re.compile(r"'[^']*'|--.*|\b([a-z][a-z_]*)\b(?!\s*\()")
"""Facts are written in lower case, SQL's own words in capitals."""
_MOST = 3**9


def checks() -> Iterator[Check]:
    """Try every rule."""
    with workplace() as connection:
        for rule in rules():
            yield _tried(connection, rule)


def _tried(connection: duckdb.DuckDBPyConnection, rule: Rule) -> Check:
    facts = sorted({name for name in _NAME.findall(rule.expression) if name})
    tried = 1
    for fact in facts:
        tried *= len(_TEXTS.get(fact, _ANSWERS))
    if tried > _MOST:
        return Check("rules", rule.id, State.NOT_SHOWN, f"{tried:,} combinations of facts")
    joined = " CROSS JOIN ".join(
        f"(SELECT unnest([{', '.join(_values(fact))}]) AS {fact})" for fact in facts
    )
    try:
        row = connection.execute(
            f"SELECT count(*) FILTER ({rule.expression}), count(*) FROM {joined}"  # noqa: S608 (our own rules)
        ).fetchall()[0]
    except (duckdb.BinderException, duckdb.ConversionException) as error:
        return Check("rules", rule.id, State.NOT_SHOWN, str(error).partition("\n")[0][:120])
    fires, total = int(row[0]), int(row[1])
    said = f"fires on {fires} of {total} combinations of {', '.join(facts)}"
    return check("rules", rule.id, fires=0 < fires < total, said=said)


def _values(fact: str) -> tuple[str, ...]:
    texts = _TEXTS.get(fact)
    if texts is None:
        return tuple(f"{answer}::BOOLEAN" for answer in _ANSWERS)
    return tuple(f"'{text}'" for text in texts)
