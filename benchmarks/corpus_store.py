"""The store of a corpus: bodies go through our own reader, all other captures in bulk.

Each body is first recorded as the answer of a host of its own, which no manifest names, by
`record_readings`; so bodies, groups and rules stand as a crawl leaves them.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from benchmarks.corpus_hosts import make_hosts, set_values
from benchmarks.corpus_robots import robots_bodies
from crawler.robots.reading import read_robots
from provenance.recording import record_readings, record_run
from provenance.records import Capture, Outcome, Probe, Reading
from provenance.rows import insert_rows
from provenance.statements import statement
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

BATCH = 2_000
LOWERCASED = 97
"""One body in so many was kept by its source in lower case."""
_SEEN = datetime(2018, 1, 1, tzinfo=UTC)
_OURS = ("host_name", "path_form", "robots_body_number")


def make_store(
    path: Path, *, hosts: int, bodies: int, entries: int, seed: int, say: Callable[[str], None]
) -> None:
    """Make a store at *path*: what *hosts* said over nine years, and *entries* of lists."""
    with writing(path) as connection:
        record_run(
            connection, run_id="corpus", kind="import", started_at=_SEEN,
            settings={"seed": seed}, version="corpus",
        )  # fmt: skip
    numbered = _record_bodies(path, bodies, seed, say)
    with writing(path) as connection:
        say("captures and lists")
        make_hosts(connection, hosts=hosts, seed=seed)
        _record_captures(connection, numbered, entries)
        for name in _OURS:
            connection.execute(f"DROP TABLE {name}")


def _record_bodies(
    path: Path, count: int, seed: int, say: Callable[[str], None]
) -> list[tuple[int, str, bool]]:
    """Record *count* bodies and return the number, digest and case of each."""
    numbered: list[tuple[int, str, bool]] = []
    source = robots_bodies(count, seed=seed)
    while batch := list(islice(source, BATCH)):
        say(f"robots bodies: {len(numbered):,} of {count:,}")
        first = len(numbered)
        readings = [_reading(first + i, body) for i, body in enumerate(batch)]
        with writing(path) as connection:
            record_readings(connection, "corpus", readings, compile_robots=read_robots)
        numbered += [
            (first + i, hashlib.sha256(one.capture.body or b"").hexdigest(), one.capture.lowercased)
            for i, one in enumerate(readings)
        ]
    return numbered


def _reading(number: int, body: bytes) -> Reading:
    lowercased = number % LOWERCASED == LOWERCASED - 1
    host = f"body{number}.example"
    capture = Capture(
        url=f"https://{host}/robots.txt", host=host, path="/robots.txt", probe=Probe.ROBOTS,
        captured_at=_SEEN, method="import", status=200, lowercased=lowercased,
        body=body.lower() if lowercased else body,
    )  # fmt: skip
    return Reading(capture, Outcome.PARSED)


def _record_captures(
    connection: duckdb.DuckDBPyConnection, numbered: list[tuple[int, str, bool]], entries: int
) -> None:
    connection.execute(
        "CREATE TABLE robots_body_number (number BIGINT, body_sha256 VARCHAR, lowercased BOOLEAN)"
    )
    insert_rows(connection, "robots_body_number", numbered)
    (first,) = connection.execute("SELECT max(capture_id) FROM capture").fetchall()[0]
    values: dict[str, tuple[str, object]] = {
        "first_id": ("BIGINT", first),
        "bodies": ("BIGINT", len(numbered)),
        "entries": ("BIGINT", entries),
    }
    set_values(connection, values)
    connection.execute(statement("benchmarks", "corpus_captures"))
    connection.execute(statement("benchmarks", "corpus_lists"))
