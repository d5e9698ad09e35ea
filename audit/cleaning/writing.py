"""The rows of one file of a manifest, written as they are, in their order, to a file for each fate.

Parquet and CSV are read as the audit read them and copied by DuckDB, all columns as they are; lines
of JSON and CDXJ are copied octet by octet. What was written is read again and counted.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, BinaryIO

import duckdb

from provenance.errors import InputRefused, StoreError
from provenance.intake.columns import top_level
from provenance.intake.compressed import created, opened
from provenance.intake.manifest import exact_file
from provenance.manifests import identifier, quoted
from provenance.many import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from audit.cleaning.policy import Fate
    from provenance.intake.manifest import Manifest

_BY_LINE = ("jsonl", "cdxj")
WRITTEN = ("parquet", "csv", *_BY_LINE)
"""Forms that are written anew."""

_COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
_AT_ONCE = 100_000
_ARROW = b"ARROW:schema"
"""What pyarrow says of its own types there holds no more in a file that DuckDB wrote."""


def write_fates(
    connection: duckdb.DuckDBPyConnection,
    part: Manifest,
    rows: range,
    files: Mapping[Fate, Path],
) -> dict[Fate, int]:
    """Write the rows of *part* to *files* by their fate in `row_fate`; return how many each holds.

    Args:
        connection: where `row_fate` is.
        part: the file.
        rows: the numbers of its rows in the whole manifest.
        files: where the rows of each fate go; those of other fates are written nowhere.

    Raises:
        InputRefused: the file has other rows than were audited.
        StoreError: what was written is not what it should be, or there is no room.
    """
    try:
        with exact_file(part.path) as file:
            _refuse_other_rows(connection, part, file, rows)
            if part.form.name in _BY_LINE:
                return _copy_lines(connection, file, rows, files)
            return {
                fate: _copy_rows(connection, part, file, rows, fate, target)
                for fate, target in files.items()
            }
    except (OSError, duckdb.IOException) as error:
        raise StoreError(str(part.path), f"cannot be copied ({error})", "make room") from error


def _copy_rows(
    connection: duckdb.DuckDBPyConnection,
    part: Manifest,
    file: Path,
    rows: range,
    fate: Fate,
    target: Path,
) -> int:
    """Copy the rows of one fate; rows and fates are laid side by side, so nothing is sorted."""
    columns = ", ".join(_cells(part))
    ((written,),) = connection.execute(
        f"COPY (SELECT {columns} FROM {_source(part, file)} AS manifest"  # noqa: S608 (quoted)
        f" POSITIONAL JOIN ({_fates(rows)}) AS said WHERE said.fate = {fate:d})"
        f" TO {quoted(str(target))} ({_options(connection, part, file)})"
    ).fetchall()
    with exact_file(target) as copy:
        found, kinds = _count(connection, part, copy), _kinds(connection, part, copy)
    if found != written or kinds != _kinds(connection, part, file):
        fact = f"holds {found:,} of {written:,} rows, or other columns"
        raise StoreError(str(target), fact, "report this defect")
    return int(written)


def _copy_lines(
    connection: duckdb.DuckDBPyConnection, file: Path, rows: range, files: Mapping[Fate, Path]
) -> dict[Fate, int]:
    """Copy each line to the file of its fate."""
    fates = connection.cursor().execute(_fates(rows))
    written = dict.fromkeys(files, 0)
    with ExitStack() as stack:
        lines = _lines(stack.enter_context(opened(file)))
        into = {fate: stack.enter_context(created(path)) for fate, path in files.items()}
        while batch := fates.fetchmany(_AT_ONCE):
            for (fate,) in batch:
                line = next(lines)
                if fate in into:
                    into[fate].write(line)
                    written[fate] += 1
    return written


def _refuse_other_rows(
    connection: duckdb.DuckDBPyConnection, part: Manifest, file: Path, rows: range
) -> None:
    """Refuse a file whose rows, as they will be copied, are not those that were audited."""
    if part.form.name in _BY_LINE:
        with opened(file) as lines:
            found = sum(1 for _ in _lines(lines))
    else:
        found = _count(connection, part, file)
    if found != len(rows):
        fact = f"has {many(found, 'row')}; audited: {len(rows):,}"
        raise InputRefused(str(part.path), fact, "audit it again")


def _fates(rows: range) -> str:
    return f"SELECT fate FROM memory.row_fate WHERE row >= {rows.start:d} AND row < {rows.stop:d}"  # noqa: S608


def _cells(part: Manifest) -> Iterator[str]:
    """Yield the SQL of each column; an empty cell alone in a line is quoted, else it is no row."""
    names = top_level(part.columns)
    for name in names:
        cell = f"manifest.{identifier(name)}"
        empty = part.form.name == "csv" and len(names) == 1
        yield f"coalesce({cell}, '') AS {identifier(name)}" if empty else cell


def _source(part: Manifest, file: Path) -> str:
    if part.form.name == "parquet":
        return f"read_parquet([{quoted(str(file))}])"
    return part.form.relation(file, top_level(part.columns))


def _count(connection: duckdb.DuckDBPyConnection, part: Manifest, file: Path) -> int:
    ((found,),) = connection.execute(f"SELECT count(*) FROM {_source(part, file)}").fetchall()  # noqa: S608
    return int(found)


def _kinds(connection: duckdb.DuckDBPyConnection, part: Manifest, file: Path) -> Sequence[object]:
    """Return the columns of a file with their types."""
    if part.form.name == "csv":
        return list(part.form.columns(connection, file))
    return connection.execute(f"DESCRIBE FROM {_source(part, file)}").fetchall()


def _options(connection: duckdb.DuckDBPyConnection, part: Manifest, file: Path) -> str:
    """Return how DuckDB writes a file like this one."""
    if part.form.name == "csv":
        tab = ".tsv" in file.suffixes
        packed = _COMPRESSIONS.get(file.suffix, "none")
        return f"FORMAT csv, HEADER, DELIMITER '{chr(9) if tab else ','}', COMPRESSION {packed}"
    found = connection.execute(
        "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?) WHERE key <> ?",
        [str(file), _ARROW],
    ).fetchall()
    said = ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in found)
    return "FORMAT parquet, COMPRESSION zstd" + (f", KV_METADATA {{{said}}}" if said else "")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines that are rows; the last may lack its end."""
    for line in file:
        if line.strip():
            yield line if line.endswith(b"\n") else line + b"\n"
