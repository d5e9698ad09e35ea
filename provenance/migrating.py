"""Bringing a store to this release's schema: by numbered steps, all the way or not at all.

Which of them were carried out stands in the store; a number that is not known here is of a newer
release, and nothing is done to that store.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import duckdb

from provenance.errors import StoreError
from provenance.statements import execute

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

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
    done = _applied(connection, path)
    if done is None and connection.execute("SHOW TABLES").fetchall():
        raise _foreign(path)
    if due := set(migrations()) - (done or set()):
        carry_out(connection, due)


def carry_out(connection: duckdb.DuckDBPyConnection, numbers: Collection[int]) -> None:
    """Carry out the migrations *numbers* in their order, in one transaction."""
    connection.begin()
    try:
        connection.execute(_MIGRATIONS)
        for number in sorted(numbers):
            execute(connection, migrations()[number])
            connection.execute(
                "INSERT INTO migration VALUES (?, now() AT TIME ZONE 'UTC')", [number]
            )
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def is_older(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether the store that is open lacks something that this release keeps in it."""
    done = _applied(connection, path)
    return done is not None and bool(set(migrations()) - done)


def refuse_foreign(connection: duckdb.DuckDBPyConnection, path: Path, name: str = "") -> None:
    """Refuse a DuckDB file that is no store, or one whose schema is not this release's.

    It is what *connection* has open, or is attached to it as *name*.
    """
    done = _applied(connection, path, name)
    if done is None:
        raise _foreign(path)
    if set(migrations()) - done:
        remedy = "run `provisor store migrate`: it keeps a copy and brings it up to date"
        raise StoreError(str(path), "written by an older provisor", remedy)


def _foreign(path: Path) -> StoreError:
    return StoreError(str(path), "a DuckDB file, but not a provisor store", "name another file")


def _applied(connection: duckdb.DuckDBPyConnection, path: Path, name: str = "") -> set[int] | None:
    """Return the migrations that were carried out, None: no table of them; refuse newer ones."""
    table = f'"{name}".migration' if name else "migration"
    try:  # to list the tables first would take as long as all else of a short transaction
        rows = connection.execute(f"SELECT number FROM {table}").fetchall()  # noqa: S608 (our names)
    except duckdb.CatalogException:
        return None
    applied = {int(number) for (number,) in rows}
    if applied - set(migrations()):
        newest, known = max(applied), max(migrations())
        fact = f"written by a newer provisor (schema {newest}, this one knows {known})"
        raise StoreError(str(path), fact, "update provisor")
    return applied
