"""Adding to the ledger what a transaction recorded, as its last step.

What is committed is therefore always sealed: a leaf for each new record, and a checkpoint of all.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from provenance.errors import StoreError
from provenance.ledger.kinds import Kind, kinds
from provenance.ledger.merkle import Peak, grown, peaks_of, root_of

if TYPE_CHECKING:
    import duckdb


def seal(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the leaves of all records that have none yet, within the transaction that is open.

    Raises:
        StoreError: the ledger is damaged, so nothing can be added to it.
    """
    size, peaks, sealed = _last(connection)
    counts = record_counts(connection)
    new = [kind for kind in kinds() if counts[kind.name] > sealed.get(kind.name, 0)]
    if not new:
        return
    leaves: list[bytes] = []
    for kind in new:
        leaves += _add(connection, kind, sealed.get(kind.name, 0), size + len(leaves))
    if size == 0:
        connection.execute(
            "INSERT INTO ledger_origin SELECT ?, ? WHERE NOT EXISTS (FROM ledger_origin)",
            [f"provisor/{token_hex(8)}", _now()],
        )
    peaks = grown(peaks, leaves)
    tops = b"".join(top for _, top in peaks)
    connection.execute(
        "INSERT INTO checkpoint VALUES (?, ?, ?, ?, ?)",
        [size + len(leaves), root_of(peaks), tops, json.dumps(counts, sort_keys=True), _now()],
    )


def _last(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[int, tuple[Peak, ...], dict[str, int]]:
    """Return the size of the ledger, its peaks, and how many rows of each kind are sealed."""
    rows = connection.execute(
        "SELECT size, peaks, sealed FROM checkpoint ORDER BY size DESC LIMIT 1"
    ).fetchall()
    try:
        for size, tops, sealed in rows:
            return size, peaks_of(size, tops), json.loads(sealed)
    except ValueError as error:
        remedy = "run `provisor verify`, and restore the store from a backup"
        raise StoreError("ledger", "its last checkpoint is damaged", remedy) from error
    return 0, (), {}


def record_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many rows the table of each kind of records has."""
    # One row of all counts as columns would take ten times as long to plan.
    counted = " UNION ALL ".join(
        f"SELECT '{kind.name}', count(*) FROM {kind.table}"  # noqa: S608 (our names)
        for kind in kinds()
    )
    found = dict(connection.execute(counted).fetchall())
    return {kind.name: found[kind.name] for kind in kinds()}


def _add(connection: duckdb.DuckDBPyConnection, kind: Kind, sealed: int, size: int) -> list[bytes]:
    """Add the leaves of *kind* from its row *sealed* on, and return them in their order."""
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE new_leaf AS
        SELECT
            $size + row_number() OVER (ORDER BY place, key, leaf) - 1 AS seq,
            key,
            leaf
        FROM (
            -- Hashed before they are put in order: a record is ten times as long as its digest.
            SELECT place, key, unhex(sha256('\\x00'::BLOB || encode(said))) AS leaf
            FROM ({kind.statement}) AS record
        )
        """,  # noqa: S608 (our own statement)
        {"sealed": sealed, "size": size},
    )
    connection.execute(
        "INSERT INTO ledger SELECT seq, ?, key, leaf FROM new_leaf ORDER BY seq", [kind.name]
    )
    leaves = connection.execute("SELECT leaf FROM new_leaf ORDER BY seq").fetchall()
    connection.execute("DROP TABLE new_leaf")
    return [leaf for (leaf,) in leaves]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
