"""The rows of a manifest as the audit sees them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import duckdb

from provenance.intake.manifest import exact_file, load_statements, open_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from provenance.intake.manifest import Manifest


def rows_of(
    manifest: Manifest, *, zone: str = "UTC", columns: str = "row_number, url, lo, hi"
) -> list[tuple[Any, ...]]:
    """Return *columns* of each row, in order; all but the row number as text."""
    with exact_file(manifest.path) as file, closing(duckdb.connect()) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for statement in load_statements(manifest, file, zone=zone):
            connection.execute(statement)
        return connection.execute(
            f"SELECT row_number, COLUMNS(* EXCLUDE row_number)::VARCHAR FROM "
            f"(SELECT {columns} FROM dated) ORDER BY row_number"
        ).fetchall()


def read(path: Path, **options: str) -> tuple[str, list[tuple[Any, ...]]]:
    """Return what is said to be read of *path*, and its rows."""
    manifest = open_manifest(path, **options)
    return manifest.mapping, rows_of(manifest)
