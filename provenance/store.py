"""The store: one DuckDB file, held for one short transaction at a time.

DuckDB lets one process write, and a writer shuts readers out. So every command opens the file,
does one thing and closes it; when another process holds it, it waits and says for whom.
"""

from __future__ import annotations

import re
import shutil
import time
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb

from provenance.defaults import WAIT_S
from provenance.errors import StoreError
from provenance.founding import found
from provenance.ledger.sealing import seal
from provenance.migrating import is_older, migrate, refuse_foreign
from provenance.store_failures import explained
from provenance.whole_files import replacing
from provenance.workplace import CLOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_POLL_S = 0.05
# Wrong statements and values are defects of ours; the file has no part in them.
_DEFECTS = (duckdb.ProgrammingError, duckdb.DataError, duckdb.IntegrityError)
_MAGIC, _MAGIC_AT = b"DUCK", 8
_HOLDER = re.compile(r"held in (?P<program>.*?) \(PID (?P<pid>\d+)\)")
CONFIG = CLOSED | {
    # Readable by the DuckDB release before ours, which is supported until March 2027.
    "storage_compatibility_version": "v1.5.0",
}
"""Settings with which every store is opened."""


def _be_silent(_: str) -> None:
    """Say nothing while waiting."""


@contextmanager
def writing(
    path: Path, *, wait_s: float = WAIT_S, say: Callable[[str], None] = _be_silent
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the store for one transaction: all of it is kept and sealed in the ledger, or nothing.

    A store of an earlier release is copied beside itself and then brought to this one's schema.

    Raises:
        StoreError: the file is held, damaged, not a store, or of a newer provisor.
    """
    if not path.exists():
        found(path, CONFIG)
    with ExitStack() as held:
        connection = held.enter_context(_opened(path, read_only=False, wait_s=wait_s, say=say))
        if is_older(connection, path):
            held.close()  # which brings what stood in a .wal into the file
            _keep(path, wait_s=wait_s, say=say)
            connection = held.enter_context(_opened(path, read_only=False, wait_s=wait_s, say=say))
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
    _refuse_other_file(path)
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


def _keep(path: Path, *, wait_s: float, say: Callable[[str], None]) -> None:
    """Copy the store beside itself, byte for byte, while nobody can write to it."""
    kept = path.with_name(f"{path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
    with (
        _opened(path, read_only=True, wait_s=wait_s, say=say),
        replacing(kept, remedy="make room for a copy of the store; it was not changed") as copy,
    ):
        copy.touch(mode=0o600)  # it may hold what partners keep to themselves
        shutil.copyfile(path, copy)
        shutil.copymode(path, copy)
    say(f"{path}: of an earlier release, brought up to date; as it was it stays in {kept}")


@contextmanager
def _opened(
    path: Path, *, read_only: bool, wait_s: float, say: Callable[[str], None]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open *path* as soon as no other process holds it, and name any failure."""
    _refuse_other_file(path)
    try:
        connection = _connect(path, read_only=read_only, wait_s=wait_s, say=say)
    except duckdb.Error as error:  # of any kind: no statement of ours was carried out yet
        raise explained(path, error) from error
    try:
        try:
            connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            yield connection
        finally:
            connection.close()
    except _DEFECTS:
        raise
    except duckdb.Error as error:
        raise explained(path, error) from error


def _refuse_missing(path: Path) -> None:
    if not path.exists():
        remedy = "make one with `provisor crawl`, `provisor import` or `provisor blocklist import`"
        raise StoreError(str(path), "there is no store here", remedy)


def _refuse_other_file(path: Path) -> None:
    """Refuse a file that DuckDB would take for a table: what is put into it would be lost."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise StoreError(str(path), "not a regular file", "name a file on disk")
    if not path.is_file():
        return
    with suppress(PermissionError), path.open("rb") as file:
        if file.read(_MAGIC_AT + len(_MAGIC))[_MAGIC_AT:] != _MAGIC:
            remedy = "name another file, or delete this one"
            raise StoreError(str(path), "not a DuckDB file", remedy)


def _connect(
    path: Path, *, read_only: bool, wait_s: float, say: Callable[[str], None]
) -> duckdb.DuckDBPyConnection:
    def connect() -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(path.absolute()), read_only=read_only, config=CONFIG)

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
