"""Asking the rules: once for each distinct set of facts, and then what they do to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.statements import run
from provenance.manifests import quoted
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from audit.rules import Rule

_SPOKEN_FOR = (
    "SELECT fact_id FROM fired WHERE (fires OR level = 'unknown') AND list_contains($pack, rule_id)"
)


def fire(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Ask every rule once for each set of facts, and keep what fires or cannot be told."""
    run(connection, "rules_frame")
    asked = [rule for rule in rules if rule.about == "row"]
    if together := [rule for rule in asked if not rule.alone]:
        connection.execute(_asked(together))
    for rule in asked:
        if rule.alone:
            pack = [one.id for one in asked if one.law == rule.law]
            text = f"{_asked([rule])} AND fact_id NOT IN ({_SPOKEN_FOR})"
            connection.execute(text, {"pack": pack})
    _have_effect(connection, asked)


def _asked(rules: Sequence[Rule]) -> str:
    """Return the SQL that asks all of *rules* of each set of facts at one look."""
    every = ", ".join(
        f"{{'id': {quoted(rule.id)}, 'fires': ({rule.condition})::BOOLEAN,"
        f" 'level': {rule.level_expression}, 'basis': {_basis(rule)},"
        f" 'missing': {quoted(rule.missing)}}}"
        for rule in rules
    )
    return (
        "INSERT INTO fired SELECT fact_id, one.id,"  # noqa: S608 (facts and values that we know)
        " rule_level(one.fires, one.level, one.basis, level_if(one.missing)),"
        " rule_confidence(one.fires, one.basis), one.fires IS TRUE"
        f" FROM (SELECT fact_id, unnest([{every}]) AS one FROM facts)"
        " WHERE CASE WHEN one.missing = 'dataset' THEN one.fires ELSE one.fires IS NOT FALSE END"
    )


def _have_effect(connection: duckdb.DuckDBPyConnection, asked: Sequence[Rule]) -> None:
    """Let rules that fire cap or lower what others of their pack come to."""
    said = connection.execute("SELECT DISTINCT rule_id FROM fired WHERE fires").fetchall()
    fired = {rule_id for (rule_id,) in said}
    for rule in asked:
        verb, most = rule.effect.split()[0], rule.effect.split()[-1]
        others = [one.id for one in asked if rule.touches(one)]
        if rule.id in fired and verb in {"cap", "lower"} and others:
            values = {"verb": verb, "most": most, "id": rule.id, "others": others}
            connection.execute(statement("audit", "effect"), values)


def _basis(rule: Rule) -> str:
    match rule.rests_on:
        case "notice":
            return "coalesce('notice_' || known, 'notice')"
        case "copy":
            return "coalesce('notice_' || copy_known, 'notice')"
        case "declaration" | "manifest":
            return "'declaration'"
        case name:
            return f"{name}_basis"
