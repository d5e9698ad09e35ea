"""Loading the tables of an export into a store of its own, made for them.

Whoever wrote the files may have written anything. They are read by an instance that has nothing but
that store, which nobody uses before it was compared with its ledger.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from provenance.errors import InputRefused, StoreError
from provenance.keeping.form import TABLES, Export, Table
from provenance.keeping.measuring import octets_of
from provenance.manifests import quoted
from provenance.migrating import carry_out, migrate
from provenance.progress import progress
from provenance.store_failures import explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_REMEDY = "get the export again from where it was made"
_MEMORY = "600MB"
_CODECS = frozenset({"ZSTD", "UNCOMPRESSED"})
"""What `export` writes; a reader of another may be weaker (CVE-2026-111497: Brotli)."""
_LONGEST_READ_MS = 600_000


def load(export: Export, folder: Path, store: Path, *, names: Mapping[str, str]) -> None:
    """Make *store*, which must be new, of the tables in *folder*, and bring it to this release.

    Args:
        export: what the folder holds; its files were looked through.
        folder: where they are.
        store: the file to make.
        names: where the files of evidence will stand, by the name the export knows them by.

    Raises:
        InputRefused: a table is not what it must be.
        StoreError: the store cannot be made.
    """
    _refuse_larger_than_disk(export, folder, store)
    with _reader(store) as connection:
        carry_out(connection, export.schema)
        _refuse_other_tables(connection, export, folder)
        connection.execute("DELETE FROM migration")  # its own are among the rows
        connection.begin()
        with progress("tables", len(export.tables)) as advance:
            for table in export.tables:
                _load(connection, table, folder / TABLES / f"{table.name}.parquet", names)
                advance()
        _count_on(connection, export, folder)
        connection.commit()
        migrate(connection, store)


@contextmanager
def _reader(store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    from provenance.store import CONFIG

    with TemporaryDirectory(prefix="provisor-") as spill:
        config = CONFIG | {"memory_limit": _MEMORY, "temp_directory": spill}
        try:
            connection = duckdb.connect(str(store.absolute()), config=config)
        except duckdb.Error as error:
            raise explained(store, error) from error
        store.chmod(0o600)  # it may hold what partners keep to themselves
        try:
            connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            connection.execute(f"SET max_execution_time = {_LONGEST_READ_MS}")
            yield connection
        except duckdb.Error as error:
            raise explained(store, error) from error
        finally:
            connection.close()


def _refuse_larger_than_disk(export: Export, folder: Path, store: Path) -> None:
    unpacked = sum(table.octets for table in export.tables)
    free = shutil.disk_usage(store.absolute().parent).free
    if unpacked > free:
        fact = f"its tables unpack to {unpacked:,} octets, and {free:,} are free"
        raise StoreError(str(folder), fact, "make room, if you trust whoever made it")


def _refuse_other_tables(
    connection: duckdb.DuckDBPyConnection, export: Export, folder: Path
) -> None:
    mine = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
    theirs = {table.name for table in export.tables}
    for name in sorted(mine ^ theirs):
        fact = "no such table is in a store" if name in theirs else "the table is missing"
        raise InputRefused(str(folder / TABLES / f"{name}.parquet"), fact, _REMEDY)


def _load(
    connection: duckdb.DuckDBPyConnection, table: Table, file: Path, names: Mapping[str, str]
) -> None:
    """Add the rows of one table in their order."""
    source = f"read_parquet({quoted(_exact(file))})"
    try:
        _refuse_other_columns(connection, table.name, source, file)
        _refuse_codec(connection, file)
        _refuse_other_size(connection, table, source, file)
        columns = "*"
        if table.name == "evidence" and names:
            _name_anew(connection, names)
            columns = (
                "* REPLACE (coalesce((SELECT now FROM new_name WHERE was = file), file) AS file)"
            )
        connection.execute(f"INSERT INTO {table.name} SELECT {columns} FROM {source}")  # noqa: S608 (quoted)
    except duckdb.InterruptException as error:
        raise InputRefused(str(file), "it takes too long to read", _REMEDY) from error
    except duckdb.Error as error:
        fact = f"cannot be read as that table ({str(error).splitlines()[0][:160]})"
        raise InputRefused(str(file), fact, _REMEDY) from error


def _exact(file: Path) -> str:
    """Return the name of *file* as a pattern that is met by this file alone."""
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in str(file.absolute()))


def _refuse_other_columns(
    connection: duckdb.DuckDBPyConnection, name: str, source: str, file: Path
) -> None:
    mine = [row[:2] for row in connection.execute(f"DESCRIBE {name}").fetchall()]
    theirs = [row[:2] for row in connection.execute(f"DESCRIBE FROM {source}").fetchall()]
    if mine != theirs:
        shown = ", ".join(
            f"{column} {kind}" for column, kind in theirs if (column, kind) not in mine
        )
        fact = f"its columns are not those of the table{f' ({shown[:120]})' if shown else ''}"
        raise InputRefused(str(file), fact, _REMEDY)


def _refuse_codec(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    for (codec,) in connection.execute(
        "SELECT DISTINCT compression FROM parquet_metadata(?)", [_exact(file)]
    ).fetchall():
        if codec not in _CODECS:
            raise InputRefused(str(file), f"packed with {codec}: no export is", _REMEDY)


def _refuse_other_size(
    connection: duckdb.DuckDBPyConnection, table: Table, source: str, file: Path
) -> None:
    """Refuse more or longer rows than the export says it has: told before they are kept."""
    ((rows,),) = connection.execute(
        "SELECT num_rows FROM parquet_file_metadata(?)", [_exact(file)]
    ).fetchall()
    if rows != table.rows:
        raise InputRefused(str(file), f"{rows:,} rows, and {table.rows:,} were written", _REMEDY)
    octets = octets_of(connection, table.name, source)
    if octets != table.octets:
        fact = f"it unpacks to {octets:,} octets, and {table.octets:,} were written"
        raise InputRefused(str(file), fact, _REMEDY)


def _name_anew(connection: duckdb.DuckDBPyConnection, names: Mapping[str, str]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE new_name (was VARCHAR, now VARCHAR)")
    connection.executemany("INSERT INTO new_name VALUES (?, ?)", list(names.items()))


def _count_on(connection: duckdb.DuckDBPyConnection, export: Export, folder: Path) -> None:
    """Set the sequences to where they were."""
    found = connection.execute("SELECT sequence_name FROM duckdb_sequences()").fetchall()
    if {name for (name,) in found} != set(export.sequences):
        raise InputRefused(str(folder), "its sequences are not those of a store", _REMEDY)
    for name, number in export.sequences.items():
        connection.execute(f"CREATE OR REPLACE SEQUENCE {name} START {number}")
