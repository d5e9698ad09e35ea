"""Parquet: the file's own schema says what its columns are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.errors import InputRefused
from provenance.manifests import Form, quoted

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

_MAGIC = b"PAR1"
_SMALLEST = 12


def parquet_columns(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Return the columns of the file's schema."""
    _refuse_broken(path)
    codecs = connection.execute(
        "SELECT DISTINCT compression FROM parquet_metadata(?)", [str(path)]
    ).fetchall()
    if ("BROTLI",) in codecs:
        fact = "compressed with Brotli, whose reader here can be made to write out of bounds"
        raise InputRefused(path.name, fact + " (CVE-2026-111497)", "write it with zstd or snappy")
    described = connection.execute(f"DESCRIBE FROM {parquet_relation(path, {})}").fetchall()
    columns = {row[0]: row[1] for row in described if row[0] != "file_row_number"}
    _refuse_twins(connection, path, columns)
    return columns


def _refuse_twins(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: dict[str, str]
) -> None:
    """Refuse names that differ only in case: DuckDB renames all but the first without a word."""
    written = connection.execute("SELECT name FROM parquet_schema(?)", [str(path)]).fetchall()
    renamed = columns.keys() - {name for (name,) in written}
    if renamed:
        twin = min(renamed).rpartition("_")[0]
        fact = f"more than one column is called {twin[:60]!r}, but for letter case"
        raise InputRefused(path.name, fact, "rename one")


def _refuse_broken(path: Path) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(len(_MAGIC))
        file.seek(max(0, size - len(_MAGIC)))
        tail = file.read()
    if head != _MAGIC:
        raise InputRefused(path.name, "not a Parquet file", "name a .parquet, .csv or .jsonl file")
    if tail != _MAGIC or size < _SMALLEST:
        raise InputRefused(path.name, "a Parquet file that was cut short", "copy it again")


def parquet_relation(path: Path, columns: dict[str, str]) -> str:  # noqa: ARG001 (the schema is the file's)
    """Return the SQL that reads the file and numbers its rows."""
    return f"read_parquet([{quoted(str(path))}], file_row_number = true)"


FORM = Form(
    "parquet", (".parquet",), parquet_columns, parquet_relation, row_number="file_row_number"
)
