"""What an audit came to, in counts and samples: the one thing that all reports are made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from audit.rules import LEVELS
from provenance.agents import agents, agents_digest
from provenance.defaults import VERSION
from provenance.statements import statement
from provenance.suffixes import place, suffix_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from audit.kernel import Audit
    from audit.rules import Rule

_PORT = re.compile(r":[0-9]+$")

FOOTER = {
    "en": "Facts as recorded, sorted by the factors of the guidance. This is not legal advice.",
    "ja": "記録された事実を指針の考慮要素により整理したものです。"
    "本結果は法的評価ではありません。法的助言ではありません。",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule and the rows it speaks of."""

    rule: Rule
    rows: int
    possible: int
    """Of these, rows of which it is only possible."""
    untold: int
    """Rows of which it cannot be told, because a fact is missing or nobody looked."""
    hosts: int


@dataclass(frozen=True, slots=True)
class RobotsClass:
    """Rows that share an answer of robots.txt to AI-training agents, and its basis (Table A)."""

    robots: str
    """refused, possibly_refused, not_refused, unknown."""
    basis: str
    rows: int


@dataclass(frozen=True, slots=True)
class RefusedAgent:
    """Rows whose host refused one agent, by the last observation before collection."""

    token: str
    operator: str
    purpose: str
    rows: int


@dataclass(frozen=True, slots=True)
class RiskyHost:
    """A host with rows at medium or above."""

    host: str
    site: str
    rows: int
    level: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceivedList:
    """A list that was at hand: who handed it in, when it was received, and the rows it names."""

    list_id: str
    submitter: str
    role: str
    basis: str
    status: str
    received_at: datetime
    """UTC, without a zone."""
    rows: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One row of a rule that fires."""

    rule: str
    row: int
    url: str
    level: str
    confidence: str
    robots: str
    basis: str
    captures: Sequence[int]
    entries: Sequence[str]


@dataclass(frozen=True, slots=True)
class Summary:
    """An audit in counts. The sum over `levels` and over `classes` is `rows`."""

    made_at: datetime
    version: str
    manifest: dict[str, Any]
    declaration: dict[str, Any]
    rules: tuple[Rule, ...]
    overdue: tuple[str, ...]
    """Rules whose sources should have been looked at again by now."""
    limits: dict[str, int]
    """Table A's limits in hours."""
    inputs: dict[str, str]
    """Digests of the agent file and the suffix list."""
    knowledge: dict[str, Any]
    coverage: dict[str, int]
    rows: int
    levels: dict[str, int]
    classes: tuple[RobotsClass, ...]
    findings: tuple[Finding, ...]
    agents: tuple[RefusedAgent, ...]
    hosts: tuple[RiskyHost, ...]
    lists: tuple[ReceivedList, ...]
    samples: tuple[Sample, ...]


def summarise(connection: duckdb.DuckDBPyConnection, audit: Audit) -> Summary:
    """Return what the judged rows of *connection* (`judged`) come to."""
    now = datetime.now(UTC)
    coverage = _record(connection, "coverage")
    coverage["unreadable_dates"] = _one(
        connection, "SELECT count(*) FROM manifest WHERE date_unreadable"
    )
    counted = dict(connection.execute(_sql("levels")).fetchall())
    return Summary(
        made_at=now,
        version=VERSION,
        manifest={
            "file": audit.manifest.path.name,
            "sha256": audit.manifest.sha256,
            "bytes": audit.manifest.size,
            "form": audit.manifest.form.name,
            "url_column": audit.manifest.url_column,
            "date_column": audit.manifest.date_column,
        },
        declaration=_declared(audit),
        rules=tuple(audit.rules),
        overdue=tuple(rule.id for rule in audit.rules if rule.review_by < now.date()),
        limits=_limits(audit),
        inputs={
            "agents_sha256": agents_digest(),
            "suffix_list": suffix_list().version,
            "suffix_list_sha256": suffix_list().sha256,
        },
        knowledge=_record(connection, "knowledge"),
        coverage=coverage,
        rows=coverage["row_count"],
        levels={level: counted.get(level, 0) for level in reversed(LEVELS)},
        classes=tuple(RobotsClass(*row) for row in connection.execute(_sql("classes")).fetchall()),
        findings=_findings(connection, audit),
        agents=_agents(connection),
        hosts=_hosts(connection),
        lists=tuple(ReceivedList(*row) for row in connection.execute(_sql("lists")).fetchall()),
        samples=_samples(connection),
    )


def _sql(name: str) -> str:
    return statement("audit", f"summary/{name}")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    return connection.execute(query).fetchall()[0][0]


def _record(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    """Return the one row of a statement by column name."""
    result = connection.execute(_sql(name))
    names = [column[0] for column in result.description or []]
    return dict(zip(names, result.fetchall()[0], strict=True))


def _declared(audit: Audit) -> dict[str, Any]:
    said = audit.declaration
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
    }


def _limits(audit: Audit) -> dict[str, int]:
    limits = audit.limits
    return {
        name: int(value.total_seconds() // 3600)
        for name, value in (
            ("fresh", limits.fresh), ("bracket", limits.bracket), ("carry", limits.carry),
        )
    }  # fmt: skip


def _findings(connection: duckdb.DuckDBPyConnection, audit: Audit) -> tuple[Finding, ...]:
    counted = {row[0]: row[1:] for row in connection.execute(_sql("rules")).fetchall()}
    return tuple(Finding(rule, *counted[rule.id]) for rule in audit.rules if rule.id in counted)


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


def _hosts(connection: duckdb.DuckDBPyConnection) -> tuple[RiskyHost, ...]:
    return tuple(
        RiskyHost(host, place(_PORT.sub("", host)).site, rows, level, tuple(rules))
        for host, rows, level, rules in connection.execute(_sql("hosts")).fetchall()
    )


def _samples(connection: duckdb.DuckDBPyConnection) -> tuple[Sample, ...]:
    return tuple(Sample(*row) for row in connection.execute(_sql("samples")).fetchall())
