"""The store: one DuckDB file, held for one short transaction at a time.

DuckDB lets one process write, and a writer shuts readers out. So every command opens the file,
does one thing and closes it; when another process holds it, it waits and says for whom.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import duckdb

from provenance.defaults import WAIT_S
from provenance.errors import StoreError
from provenance.ledger.sealing import seal
from provenance.statements import execute
from provenance.store_failures import explained
from provenance.workplace import CLOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_POLL_S = 0.05
# Wrong statements and values are defects of ours; the file has no part in them.
_DEFECTS = (duckdb.ProgrammingError, duckdb.DataError, duckdb.IntegrityError)
_HOLDER = re.compile(r"held in (?P<program>.*?) \(PID (?P<pid>\d+)\)")
_CONFIG = CLOSED | {
    # Readable by the DuckDB release before ours, which is supported until March 2027.
    "storage_compatibility_version": "v1.5.0",
}


def _be_silent(_: str) -> None:
    """Say nothing while waiting."""


@contextmanager
def writing(
    path: Path, *, wait_s: float = WAIT_S, say: Callable[[str], None] = _be_silent
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the store for one transaction: all of it is kept and sealed in the ledger, or nothing.

    Raises:
        StoreError: the file is held, damaged, not a store, or of a newer provisor.
    """
    with _opened(path, read_only=False, wait_s=wait_s, say=say) as connection:
        migrate(connection, path)
        connection.begin()
        try:
            yield connection
            seal(connection)
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


@contextmanager
def reading(
    path: Path, *, wait_s: float = WAIT_S, say: Callable[[str], None] = _be_silent
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the store to read; the file stays byte for byte as it is.

    Raises:
        StoreError: there is no store, or as for `writing`.
    """
    _refuse_missing(path)
    with _opened(path, read_only=True, wait_s=wait_s, say=say) as connection:
        refuse_foreign(connection, path)
        yield connection


@contextmanager
def attached(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = _be_silent,
) -> Iterator[None]:
    """Attach the store to *connection* as `store`, to read, and let it go again.

    Raises:
        StoreError: as for `reading`.
    """
    attach(connection, path, name="store", wait_s=wait_s, say=say)
    try:
        try:
            yield
        finally:
            connection.execute("DETACH store")
    except duckdb.Error as error:
        raise explained(path, error) from error


def attach(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    name: str,
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = _be_silent,
) -> None:
    """Attach the store to *connection* as *name*, to read, for as long as *connection* is open.

    Raises:
        StoreError: as for `reading`.
    """
    _refuse_missing(path)
    _refuse_device(path)
    statement = f'ATTACH {_quoted(str(path.absolute()))} AS "{name}" (READ_ONLY)'
    try:
        _when_free(lambda: connection.execute(statement), path, wait_s=wait_s, say=say)
        try:
            refuse_foreign(connection, path, name)
        except BaseException:
            connection.execute(f'DETACH "{name}"')
            raise
    except duckdb.Error as error:
        raise explained(path, error) from error


def migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Bring the store to this release's schema, each step in a transaction of its own."""
    applied = _applied(connection, path)
    if applied is None:
        if connection.execute("SHOW TABLES").fetchall():
            raise _no_store(path)
        connection.execute(
            "CREATE TABLE migration (number INTEGER PRIMARY KEY, applied_at TIMESTAMP)"
        )
    for number, statements in sorted(migrations().items()):
        if number > (applied or 0):
            connection.begin()
            execute(connection, statements)
            connection.execute(
                "INSERT INTO migration VALUES (?, now() AT TIME ZONE 'UTC')", [number]
            )
            connection.commit()


@cache
def migrations() -> dict[int, str]:
    """Return the SQL of each migration by its number."""
    folder = resources.files("provenance") / "migrations"
    return {
        int(file.name.partition("_")[0]): file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    }


def refuse_foreign(connection: duckdb.DuckDBPyConnection, path: Path, name: str = "") -> None:
    """Refuse a DuckDB file that is no store, or one whose schema is not this release's.

    It is what *connection* has open, or is attached to it as *name*.
    """
    applied = _applied(connection, path, name)
    if applied is None:
        raise _no_store(path)
    if applied < max(migrations()):
        remedy = "run `provisor import` or `provisor crawl` once: they bring it up to date"
        raise StoreError(str(path), "written by an older provisor", remedy)


def _no_store(path: Path) -> StoreError:
    return StoreError(str(path), "a DuckDB file, but not a provisor store", "name another file")


def _applied(connection: duckdb.DuckDBPyConnection, path: Path, name: str = "") -> int | None:
    """Return the schema's number, None where it is no store's; refuse one of a newer release."""
    table = f'"{name}".migration' if name else "migration"
    asked = f"SELECT coalesce(max(number), 0) FROM {table}"  # noqa: S608 (our names)
    try:  # to list the tables first would take as long as all else of a short transaction
        row = connection.execute(asked).fetchall()[0]
    except duckdb.CatalogException:
        return None
    applied, known = int(row[0]), max(migrations())
    if applied > known:
        fact = f"written by a newer provisor (schema {applied}, this one knows {known})"
        raise StoreError(str(path), fact, "update provisor")
    return applied


def _refuse_missing(path: Path) -> None:
    if not path.exists():
        remedy = "make one with `provisor crawl`, `provisor import` or `provisor blocklist import`"
        raise StoreError(str(path), "there is no store here", remedy)


def _refuse_device(path: Path) -> None:
    if path.exists() and not path.is_file() and not path.is_dir():
        raise StoreError(str(path), "not a regular file", "name a file on disk")


@contextmanager
def _opened(
    path: Path, *, read_only: bool, wait_s: float, say: Callable[[str], None]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open *path* as soon as no other process holds it, and name any failure."""
    _refuse_device(path)
    try:
        connection = _connect(path, read_only=read_only, wait_s=wait_s, say=say)
        try:
            connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            yield connection
        finally:
            connection.close()
    except _DEFECTS:
        raise
    except duckdb.Error as error:
        raise explained(path, error) from error


def _connect(
    path: Path, *, read_only: bool, wait_s: float, say: Callable[[str], None]
) -> duckdb.DuckDBPyConnection:
    def connect() -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(path.absolute()), read_only=read_only, config=_CONFIG)

    return _when_free(connect, path, wait_s=wait_s, say=say)


def _when_free(
    attempt: Callable[[], duckdb.DuckDBPyConnection],
    path: Path,
    *,
    wait_s: float,
    say: Callable[[str], None],
) -> duckdb.DuckDBPyConnection:
    """Carry out *attempt* as soon as no other process holds the store."""
    deadline = time.monotonic() + wait_s
    told = False
    while True:
        try:
            return attempt()
        except duckdb.IOException as error:
            holder = _HOLDER.search(str(error))
            if not holder:
                raise
            if time.monotonic() >= deadline:
                fact = (
                    f"held by {holder['program']} (process {holder['pid']}) for over {wait_s:g} s"
                )
                raise StoreError(
                    str(path), fact, "try again, or wait longer with --wait"
                ) from error
            if not told:
                say(f"waiting for {path}: process {holder['pid']} holds it")
                told = True
            time.sleep(_POLL_S)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
