"""Bringing a store to this release's schema: by numbered steps, all the way or not at all.

Which of them were carried out stands in the store; a number that is not known here is of a newer
release, and nothing is done to that store.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from provenance.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import duckdb

_MIGRATIONS = (
    "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, applied_at TIMESTAMP)"
)


@cache
def migrations() -> dict[int, str]:
    """Return the SQL of each migration by its number."""
    folder = resources.files("provenance") / "migrations"
    return {
        int(file.name.partition("_")[0]): file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    }


def migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Bring the store to this release's schema, all the way or not at all."""
    tables = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
    if tables and "migration" not in tables:
        raise StoreError(str(path), "a DuckDB file, but not a provisor store", "name another file")
    done = _applied(connection, path) if tables else set()
    if due := set(migrations()) - done:
        carry_out(connection, due)


def carry_out(connection: duckdb.DuckDBPyConnection, numbers: Collection[int]) -> None:
    """Carry out the migrations *numbers* in their order, in one transaction."""
    connection.begin()
    try:
        connection.execute(_MIGRATIONS)
        for number in sorted(numbers):
            connection.execute(migrations()[number])
            connection.execute(
                "INSERT INTO migration VALUES (?, now() AT TIME ZONE 'UTC')", [number]
            )
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def is_older(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether the store that is open lacks something that this release keeps in it."""
    tables = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
    return "migration" in tables and bool(set(migrations()) - _applied(connection, path))


def refuse_foreign(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse a DuckDB file that is no store, or one whose schema is not this release's."""
    tables = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
    if "migration" not in tables:
        raise StoreError(str(path), "a DuckDB file, but not a provisor store", "name another file")
    if set(migrations()) - _applied(connection, path):
        remedy = "run `provisor store migrate`: it keeps a copy and brings it up to date"
        raise StoreError(str(path), "written by an older provisor", remedy)


def _applied(connection: duckdb.DuckDBPyConnection, path: Path) -> set[int]:
    """Return the migrations that were carried out; refuse those of a newer release."""
    rows = connection.execute("SELECT number FROM migration").fetchall()
    applied = {int(number) for (number,) in rows}
    if applied - set(migrations()):
        newest, known = max(applied), max(migrations())
        fact = f"written by a newer provisor (schema {newest}, this one knows {known})"
        raise StoreError(str(path), fact, "update provisor")
    return applied
