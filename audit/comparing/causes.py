"""Why a verdict changed: the rules are asked again with only one group of facts changed.

What an audit hangs on is its rules, what is declared, what was observed and received, how that was
read, and the columns of the manifest. A group of facts decides where the verdict would be
another if that group alone had changed, or had not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.comparing.differing import differences, installed, rules_differ
from audit.declaration import Declaration
from audit.explaining.alternatives import outcomes
from audit.settings import Question
from audit.statements import run
from provenance.manifests import quoted
from provenance.rows import insert_rows
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

    from audit.comparing.comparison import Difference
    from audit.comparing.sides import Side
    from audit.explaining.alternatives import Outcome
    from audit.rules import Rule

GROUPS = {
    "robots": ("robots_ai", "robots_ai_basis", "robots_later", "robots_unreachable"),
    "self": ("robots_self", "robots_self_basis"),
    "pages": (
        "gate", "gate_basis", "gate_later", "declared", "declared_basis", "declared_later",
        "priced", "priced_basis",
    ),
    "lists": (
        "listed", "known", "known_before_later_act", "published_before", "unverified",
        "copy_listed", "copy_known", "authority_listed", "ended_before", "disputed",
        "listed_by_page",
    ),
    "declared": ("purpose", "agent_known", "copies"),
}  # fmt: skip
"""Facts that change together; those of no group are in `other`."""

_LEARNT = {"robots": "observation", "self": "observation", "pages": "observation",
           "lists": "notice"}  # fmt: skip
_AT_ONCE = 20_000
_MOST = 100_000
"""Of more sets of facts than this, those beyond are not asked again: all that changed decides."""

Facts = dict[str, Any]
Pair = tuple[int, int]


def find_causes(
    connection: duckdb.DuckDBPyConnection, before: Side, after: Side, columns: frozenset[str] | None
) -> None:
    """Make `explained`: `changed` with the causes of each row.

    Args:
        connection: where `changed` is.
        before: the earlier audit.
        after: the later one.
        columns: the facts that both know; None: they do not know the same.
    """
    connection.execute(
        "CREATE TEMP TABLE observed (host VARCHAR); CREATE TEMP TABLE noticed (host VARCHAR);"
        "CREATE TEMP TABLE entry_learnt (entry_id VARCHAR)"
    )
    if before.said["snapshot"]["sha256"] != after.said["snapshot"]["sha256"]:
        _learn(connection, before, after)
    connection.execute(
        "CREATE TEMP TABLE cause_of"
        " (grp VARCHAR, observed BOOLEAN, noticed BOOLEAN, causes VARCHAR[]);"
        "CREATE TEMP TABLE decided (before_set INTEGER, after_set INTEGER, groups VARCHAR[])"
    )
    insert_rows(connection, "cause_of", list(_causes_of(differences(before, after))))
    decided = _decided(connection, before, after, columns)
    insert_rows(connection, "decided", [(*pair, groups) for pair, groups in decided.items()])
    run(connection, "comparing/causes")


def _learn(connection: duckdb.DuckDBPyConnection, before: Side, after: Side) -> None:
    connection.execute(statement("provenance", "naming"))
    for name, side in (("before", before), ("after", after)):
        file = quoted(str(side.snapshot.absolute()))
        connection.execute(f"ATTACH {file} AS known_{name} (READ_ONLY)")
    run(connection, "comparing/learnt")
    connection.execute("DROP VIEW before_seen; DROP VIEW after_seen")
    connection.execute("DETACH known_before; DETACH known_after")


def _causes_of(found: Sequence[Difference]) -> Iterator[tuple[str, bool, bool, list[str]]]:
    """Yield which causes a group can have, by what was learnt of the host.

    What was learnt comes first, then what is declared, then how it was read.
    """
    what = {one.what for one in found}
    declared = "declaration" in what
    for group in (*GROUPS, "rules", "other"):
        for observed in (False, True):
            for noticed in (False, True):
                learnt = {"observation": observed, "notice": noticed}
                causes = [name for name in (_LEARNT.get(group),) if name and learnt[name]]
                if group == "rules" and "rules" in what:
                    causes = ["rules"]
                elif declared and (group == "declared" or not causes or group == "self"):
                    causes.append("declaration")
                if not causes:
                    causes = [next((c for c in ("manifest", "reader") if c in what), "untold")]
                yield group, observed, noticed, causes


def _decided(
    connection: duckdb.DuckDBPyConnection, before: Side, after: Side, columns: frozenset[str] | None
) -> dict[Pair, list[str]]:
    """Return the groups of facts that decide, for each two sets of facts that were met."""
    rows = connection.execute(
        "SELECT before_set, after_set,"
        " any_value({'l': before_level, 'r': before_rules, 'u': before_untold}),"
        " any_value({'l': after_level, 'r': after_rules, 'u': after_untold})"
        " FROM changed GROUP BY before_set, after_set ORDER BY before_set, after_set"
    ).fetchall()
    if columns is None:
        return {(old, new): ["other"] for old, new, *_ in rows}
    sets: dict[int, Facts] = dict(
        connection.execute(
            "SELECT set_id, facts FROM fact_set WHERE set_id IN"
            " (SELECT before_set FROM changed UNION SELECT after_set FROM changed)"
        ).fetchall()
    )
    asked = installed(after.said["rules"])
    same_rules = not rules_differ(before.said["rules"], after.said["rules"])
    found: dict[Pair, list[str]] = {}
    for start in range(0, len(rows), _AT_ONCE):
        batch = rows[start : start + _AT_ONCE]
        ask = _Asker(asked, sets, batch) if asked and start < _MOST else None
        for old, new, was, now in batch:
            was, now = ((one["l"], tuple(one["r"]), tuple(one["u"])) for one in (was, now))
            if ask and ask(sets[new]) == now:
                found[old, new] = ask.deciding(sets[old], sets[new])
                found[old, new] += ["rules"] * (ask(sets[old]) != was)
            else:  # nothing can be tried: all that changed
                found[old, new] = _changed_groups(sets[old], sets[new])
                found[old, new] += ["rules"] * (not same_rules)
    return found


class _Asker:
    """The rules of today, asked of every set of facts that the answer can need, at once."""

    def __init__(
        self, asked: Sequence[Rule], sets: Mapping[int, Facts], pairs: Sequence[tuple[Any, ...]]
    ) -> None:
        every: dict[tuple[Any, ...], Facts] = {}
        for old, new, *_ in pairs:
            for facts in _variants(sets[old], sets[new]):
                every.setdefault(_key(facts), facts)
        answers = outcomes(Question(Declaration(), asked), list(every.values()))
        self._answers = dict(zip(every, map(_told, answers), strict=True))

    def __call__(self, facts: Facts) -> tuple[Any, ...]:
        return self._answers[_key(facts)]

    def deciding(self, old: Facts, new: Facts) -> list[str]:
        """Return the groups on which it hangs that *new* is answered otherwise than *old*."""
        if self(old) == self(new):
            return []
        changed = _changed_groups(old, new)
        alone = [
            group
            for group in changed
            if self(_with(old, new, group)) != self(old)
            or self(_with(new, old, group)) != self(new)
        ]
        return alone or changed


def _variants(old: Facts, new: Facts) -> Iterator[Facts]:
    yield old
    yield new
    for group in _changed_groups(old, new):
        yield _with(old, new, group)
        yield _with(new, old, group)


def _with(facts: Facts, others: Facts, group: str) -> Facts:
    """Return *facts* with one group as it is among *others*."""
    return facts | {name: others[name] for name in facts if _group(name) == group}


def _changed_groups(old: Facts, new: Facts) -> list[str]:
    return sorted({_group(name) for name in old if old[name] != new[name]})


def _group(name: str) -> str:
    return next((group for group, names in GROUPS.items() if name in names), "other")


def _key(facts: Facts) -> tuple[Any, ...]:
    return tuple(facts.values())


def _told(outcome: Outcome) -> tuple[Any, ...]:
    return outcome.level, outcome.rules, outcome.untold
