"""The rows of a manifest as the audit sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb

from audit.manifest import exact_file, load_statements

if TYPE_CHECKING:
    from audit.manifest import Manifest


def rows_of(manifest: Manifest, *, zone: str = "UTC") -> list[tuple[Any, ...]]:
    """Return (row number, URL, beginning, end) of each row, in order; times as text."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    with exact_file(manifest.path) as file:
        for statement in load_statements(manifest, file, zone=zone):
            connection.execute(statement)
        return connection.execute(
            "SELECT row_number, url, lo::VARCHAR, hi::VARCHAR FROM dated ORDER BY row_number"
        ).fetchall()
