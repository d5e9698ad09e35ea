"""Counting: from the tables that shards left to the summary of the whole audit."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from audit.collected import in_all
from audit.declared_said import said_of
from audit.gathering import done_shards, gathered
from audit.inputs import labels, together
from audit.of_dataset import of_dataset, unasked
from audit.periods import periods
from audit.rules import LEVELS, overdue
from audit.samples import samples
from audit.settings import declare
from audit.sites import find_sites
from audit.snapshot import at_hand, checkpoint_of
from audit.statements import run
from audit.summary import Finding, ReceivedList, RefusedAgent, RiskySite, RobotsClass, Summary
from provenance.agents import agents, agents_digest
from provenance.defaults import VERSION
from provenance.statements import statement
from provenance.suffixes import suffix_list
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from audit.declaration import Declaration
    from audit.rules import Rule
    from audit.settings import Question
    from audit.snapshot import Snapshot
    from provenance.intake.manifest import Manifest


def summarise(
    parts: Sequence[Manifest],
    question: Question,
    out: Path,
    known: Snapshot,
    shards: int,
    *,
    file: str,
) -> Summary:
    """Return what the shards in *out* come to, whichever of them was judged when and where.

    Args:
        parts: the parts of the manifest.
        question: what was asked.
        out: where the tables of the shards lie.
        known: what was known.
        shards: how many shards there are.
        file: what the file of what was known goes by.

    Raises:
        InputRefused: a shard is not done.
    """
    done = done_shards(out, shards)
    with workplace(question.memory) as connection, at_hand(connection, known.path):
        declare(connection, question)
        run(connection, "rules_frame", "answer")
        with gathered(connection, out, done):
            counts = _counts(connection, question)
            counts["periods"] = periods(connection, in_all(one.collected for one in done))
            counts["samples"] = samples(connection, parts, question)
        checkpoint = checkpoint_of(connection)
    counts["coverage"] |= {
        "unreadable_dates": sum(one.unreadable_dates for one in done),
        "odd_urls": sum(one.odd_urls for one in done),
    }
    now = datetime.now(UTC)
    return Summary(
        made_at=now,
        version=VERSION,
        manifest=_manifest(parts),
        declaration=_declared(question.declaration),
        rules=tuple(question.rules),
        overdue=overdue(question.rules, now.date()),
        limits=_limits(question),
        inputs=_inputs(question),
        rows=counts["coverage"]["row_count"],
        shards=shards,
        snapshot={"file": file, "sha256": known.digest, "checkpoint": checkpoint},
        **counts,
    )


def _inputs(question: Question) -> dict[str, Any]:
    """Return the lists that judging hung on; of sealed ones the names, and nothing they hold."""
    sealed = question.sealed.lists if question.sealed else ()
    return {
        "agents_sha256": agents_digest(),
        "suffix_list": suffix_list().version,
        "suffix_list_sha256": suffix_list().sha256,
        **({"sealed_lists": [one.list_id for one in sealed]} if sealed else {}),
    }


def _counts(connection: duckdb.DuckDBPyConnection, question: Question) -> dict[str, Any]:
    """Return what is counted over the tables of all shards."""
    counted = dict(connection.execute(_sql("levels")).fetchall())
    return {
        "knowledge": _record(connection, "knowledge"),
        "coverage": _record(connection, "coverage"),
        "levels": {level: counted.get(level, 0) for level in reversed(LEVELS)},
        "classes": tuple(
            RobotsClass(*row) for row in connection.execute(_sql("classes")).fetchall()
        ),
        "findings": _findings(connection, question.rules),
        "of_dataset": of_dataset(connection, question.rules, question.declaration),
        "unasked": unasked(connection, question.rules),
        "agents": _agents(connection),
        "sites": _sites(connection),
        "lists": tuple(ReceivedList(*row) for row in connection.execute(_sql("lists")).fetchall()),
    }


def _manifest(parts: Sequence[Manifest]) -> dict[str, Any]:
    """Return what the manifest was; several files have one digest, over the list of theirs."""
    listed = "".join(
        f"{part.sha256}  {label}\n" for part, label in zip(parts, labels(parts), strict=True)
    )
    filled = next((part for part in parts if part.url_column), parts[0])
    one = len(parts) == 1
    return {
        "file": together(parts),
        "files": len(parts),
        "sha256": parts[0].sha256 if one else hashlib.sha256(listed.encode()).hexdigest(),
        "bytes": sum(part.size for part in parts),
        "form": filled.form.name,
        "url_column": filled.url_column,
        "date_column": filled.date_column,
        "digest_columns": [
            {"name": one.name, "algorithm": one.algorithm} for one in filled.digests
        ],
    }


def _sql(name: str) -> str:
    return statement("audit", f"summary/{name}")


def _record(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    """Return the one row of a statement by column name."""
    result = connection.execute(_sql(name))
    names = [column[0] for column in result.description or []]
    return dict(zip(names, result.fetchall()[0], strict=True))


def _declared(said: Declaration) -> dict[str, Any]:
    return {
        "name": said.name,
        "version": said.version,
        "purpose": str(said.purpose),
        "agent": said.agent,
        "copies": said.copies,
        "timezone": said.zone,
        "acts": [
            {
                "kind": str(act.kind),
                "from": f"{act.lo.isoformat()}Z",
                "to": f"{act.hi.isoformat()}Z",
            }
            for act in said.acts
        ],
        "said": said_of(said),
    }


def _limits(question: Question) -> dict[str, int]:
    limits = question.limits
    return {
        name: int(value.total_seconds() // 3600)
        for name, value in (
            ("fresh", limits.fresh), ("bracket", limits.bracket), ("carry", limits.carry),
        )
    }  # fmt: skip


def _findings(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> tuple[Finding, ...]:
    counted = {row[0]: row[1:] for row in connection.execute(_sql("rules")).fetchall()}
    return tuple(Finding(rule, *counted[rule.id]) for rule in rules if rule.id in counted)


def _agents(connection: duckdb.DuckDBPyConnection) -> tuple[RefusedAgent, ...]:
    known = {agent.token: agent for agent in agents()}
    return tuple(
        RefusedAgent(
            token=token,
            operator=known[token].operator if token in known else "",
            purpose=str(known[token].purpose) if token in known else "declared",
            rows=rows,
        )
        for token, rows in connection.execute(_sql("agents")).fetchall()
    )


def _sites(connection: duckdb.DuckDBPyConnection) -> tuple[RiskySite, ...]:
    run(connection, "summary/risky")
    find_sites(connection, "SELECT DISTINCT host FROM risky")
    return tuple(
        RiskySite(site, host, hosts, rows, level, tuple(rules))
        for site, host, hosts, rows, level, rules in connection.execute(_sql("sites")).fetchall()
    )
