"""The compact verdicts of shards, joined back to all that their numbers stand for."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from audit.folder import SUMMARY
from audit.gathering import done_shards, gathered
from audit.rules import LEVELS
from audit.snapshot import at_hand
from audit.statements import run
from provenance.defaults import AUDIT_MEMORY
from provenance.errors import InputRefused
from provenance.show import show
from provenance.workplace import Room, workplace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LEADING = "build_side_probe_side,join_order"
"""Without these optimizers the long side of a join leads; on one thread its rows keep their order,
and nothing has to be sorted."""


def snapshot_digest(path: Path) -> str:
    """Return the digest of the snapshot at *path*; empty: there is none."""
    try:
        with duckdb.connect(str(path), read_only=True) as known:
            rows = known.execute("SELECT said FROM about WHERE name = 'digest'").fetchall()
    except duckdb.Error:
        return ""
    return str(rows[0][0]) if rows else ""


@contextmanager
def open_verdicts(folder: Path, memory: str = AUDIT_MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with the view `verdict`: every row of an audit, with full columns.

    `exported` has them with file and row in file; both give rows in the order of the manifest.

    Raises:
        InputRefused: *folder* holds no finished audit, or its snapshot is gone or another.
    """
    snapshot, shards = _finished(folder)
    with workplace(Room(memory, threads=1)) as connection, at_hand(connection, snapshot):
        connection.execute("SET VARIABLE levels = ?::VARCHAR[]", [list(LEVELS)])
        run(connection, "rules_frame", "answer")
        with gathered(connection, folder, done_shards(folder, shards)):
            run(connection, "verdict", "placed", "export")
            connection.execute(f"SET disabled_optimizers = '{_LEADING}'")
            yield connection


def shards_of(folder: Path) -> int:
    """Return how many shards the finished audit in *folder* has.

    Raises:
        InputRefused: as for `open_verdicts`.
    """
    return _finished(folder)[1]


def verdicts_of(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the view `verdict` of the one shard that was judged in *connection*."""
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW row_verdict AS"
        " SELECT 0 AS shard, row, state, fact FROM judged;"
        "CREATE OR REPLACE TEMP VIEW shard_facts AS SELECT 0 AS shard, * FROM kept_facts;"
        "CREATE OR REPLACE TEMP VIEW shard_states AS SELECT 0 AS shard, * FROM kept_states"
    )
    run(connection, "answer", "verdict")


def _finished(folder: Path) -> tuple[Path, int]:
    """Return the snapshot by which *folder* was judged, and how many shards it has."""
    try:
        said = json.loads((folder / SUMMARY).read_text("utf-8"))
        snapshot, shards = folder / str(said["snapshot"]["file"]), int(said["shards"])
        digest = str(said["snapshot"]["sha256"])
    except (OSError, ValueError, LookupError, TypeError):
        fact = "no folder that a finished audit left"
        raise InputRefused(str(folder), fact, "name the --out of `provisor audit`") from None
    found = snapshot_digest(snapshot)
    if found != digest:
        fact = "is not what the audit knew" if found else "the snapshot of the audit is not there"
        raise InputRefused(show(str(snapshot)), fact, "audit again")
    return snapshot, shards
