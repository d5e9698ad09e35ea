"""The frontier: what a crawl is to visit and how far it came, in the store and not in memory.

A host is to be visited while no row says that its visit ended; a probe of it is done when a capture
of the run has its address. So a crawl that was killed goes on where it was recorded last.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from crawler.politeness import LONGEST_DELAY_S
from crawler.targets import Target
from provenance.defaults import VERSION
from provenance.records import Gate, Outcome, Probe
from provenance.rows import insert_rows
from provenance.statements import statement
from provenance.workplace import CLOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_AT_ONCE = 20_000
_MEMORY = "90MB"
_WAITED_FOR = timedelta(seconds=LONGEST_DELAY_S)


@dataclass(frozen=True, slots=True)
class Observed:
    """What this run has seen at one address already."""

    probe: Probe
    at: datetime
    """Aware, UTC."""
    outcome: Outcome | None
    body: bytes | None
    """Of a robots.txt or a file; None for pages."""
    error: str
    gates: frozenset[Gate]


@dataclass(frozen=True, slots=True)
class Planned:
    """A host in its place in the frontier."""

    place: int
    target: Target
    listed: bool = False
    """It stands on a list received."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A crawl that has not come to its end."""

    run_id: str
    started_at: datetime
    """Aware, UTC."""
    settings: dict[str, Any]
    hosts: int
    done: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Hosts that are to be planned, in a file of their own until all of them are read."""

    path: Path
    named: int
    """All hosts that were named."""
    hosts: int
    """Those of them that are to be visited."""


@contextmanager
def drafted(
    targets: Iterable[Target], *, pages: int, holds: Callable[[Target], bool] | None = None
) -> Iterator[Draft]:
    """Read *targets*, each host once, with at most *pages* pages beside the front page.

    Whatever *targets* raises comes through: then nothing is planned. *holds* says whether a host is
    one of ours; None: all are.
    """
    with TemporaryDirectory(prefix="provisor-") as folder:
        path = Path(folder) / "frontier.duckdb"
        config = CLOSED | {"memory_limit": _MEMORY, "threads": 1, "temp_directory": folder}
        with duckdb.connect(str(path), config=config) as connection:
            connection.execute("SET enable_progress_bar = false")
            _take_in(connection, targets, holds)
            connection.execute("SET VARIABLE most_paths = ?", [pages + 1])
            connection.execute(statement("crawler", "frontier_planned"))
            named, hosts = connection.execute(
                "SELECT (SELECT count(*) FROM (SELECT host FROM mentioned GROUP BY host)),"
                " (SELECT count(*) FROM planned)"
            ).fetchall()[0]
        yield Draft(path, named, hosts)


def _take_in(
    connection: duckdb.DuckDBPyConnection,
    targets: Iterable[Target],
    holds: Callable[[Target], bool] | None,
) -> None:
    connection.execute(
        "CREATE TABLE mentioned"
        " (mention BIGINT, host VARCHAR, schemes VARCHAR[], paths VARCHAR[], ours BOOLEAN)"
    )
    mentions = enumerate(targets)
    while rows := [
        (nth, one.host, one.schemes, one.paths, holds is None or holds(one))
        for nth, one in islice(mentions, _AT_ONCE)
    ]:
        connection.execute(statement("crawler", "frontier_mentioned"), [json.dumps(rows)])


def plan(connection: duckdb.DuckDBPyConnection, run_id: str, draft: Draft) -> None:
    """Put all hosts of *draft* into the frontier of *run_id*."""
    connection.execute(f"SET memory_limit = '{_MEMORY}'; SET threads = 1")
    connection.execute("SET preserve_insertion_order = true")
    attached = str(draft.path).replace("'", "''")
    connection.execute(f"ATTACH '{attached}' AS draft (READ_ONLY)")
    connection.execute(
        "INSERT INTO frontier"
        " SELECT ?, place, host, schemes, paths FROM draft.planned ORDER BY place",
        [run_id],
    )


def unfinished(connection: duckdb.DuckDBPyConnection, command: str = "") -> Unfinished | None:
    """Return the crawl begun last that has not come to its end; of *command*, if it is named."""
    found = connection.execute(
        statement("crawler", "frontier_unfinished"), {"command": command}
    ).fetchall()
    if not found:
        return None
    run_id, started_at, settings, hosts, done = found[0]
    return Unfinished(run_id, started_at.replace(tzinfo=UTC), json.loads(settings), hosts, done)


def next_hosts(
    connection: duckdb.DuckDBPyConnection, run_id: str, *, after: int, size: int
) -> list[Planned]:
    """Return the next hosts to visit behind place *after*, at most *size* of them.

    Those who asked to be left alone for longer than a visit waits are left out.
    """
    rows = connection.execute(
        statement("crawler", "frontier_window"),
        {"run_id": run_id, "after": after, "size": size, "now": _now() + _WAITED_FOR},
    ).fetchall()
    return [
        Planned(place, Target(host, tuple(schemes), tuple(paths)))
        for place, host, schemes, paths in rows
    ]


def waiting(connection: duckdb.DuckDBPyConnection, run_id: str) -> tuple[int, datetime | None]:
    """Return how many hosts are left, and when the first of them may be asked (aware, UTC)."""
    now = _now()
    row = connection.execute(
        statement("crawler", "frontier_waiting"), {"run_id": run_id, "now": now}
    ).fetchall()[0]
    return row[0], row[1].replace(tzinfo=UTC) if row[1] else None


def begun(connection: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, dict[str, Observed]]:
    """Return what *run_id* saw at hosts whose visit has not ended: by host, then by address."""
    found: dict[str, dict[str, Observed]] = {}
    rows = connection.execute(statement("crawler", "frontier_begun"), {"run_id": run_id})
    for host, url, probe, at, outcome, body, error, gates in rows.fetchall():
        found.setdefault(host, {})[url] = Observed(
            Probe(probe),
            at.replace(tzinfo=UTC),
            Outcome(outcome) if outcome else None,
            body,
            error,
            frozenset(Gate(gate) for gate in gates or ()),
        )
    return found


def observed(connection: duckdb.DuckDBPyConnection, run_id: str, url: str) -> Observed | None:
    """Return what *run_id* saw last of the robots.txt at *url*; None where it never asked."""
    rows = connection.execute(
        statement("crawler", "frontier_observed"), {"run_id": run_id, "url": url}
    ).fetchall()
    if not rows:
        return None
    at, outcome, body, error = rows[0]
    return Observed(
        Probe.ROBOTS, at.replace(tzinfo=UTC), Outcome(outcome), body, error, frozenset()
    )


def endings(connection: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """Return how many visits of *run_id* ended in each way."""
    return dict(
        connection.execute(statement("crawler", "frontier_endings"), {"run_id": run_id}).fetchall()
    )


def record_continuation(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    now: datetime,
    settings: dict[str, object],
) -> None:
    """Record that *run_id* was taken up again at *now* (UTC, without a zone)."""
    said = json.dumps(settings, sort_keys=True)
    insert_rows(connection, "continuation", [(run_id, now, said, VERSION)])


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
