"""What DuckDB says when a store fails it, in words that help."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from provenance.errors import StoreError
from provenance.show import show

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


def explained(path: Path, error: duckdb.Error) -> StoreError:
    """Turn DuckDB's words of the store at *path* into place, fact and remedy."""
    text = str(error)
    for sign, fact, remedy in _FAILURES:
        if sign in text:
            return StoreError(str(path), fact.format(free=_free(path)), remedy)
    return StoreError(str(path), show(text.splitlines()[0], 300), "nothing was changed")


def _free(path: Path) -> str:
    folder = path.absolute().parent
    return f"{shutil.disk_usage(folder).free:,} bytes" if folder.exists() else "nothing"


_FAILURES = (
    ("not a valid DuckDB database", "not a DuckDB file", "name another file, or delete this one"),
    ("Is a directory", "a folder, not a store", "name a file"),
    ("Permission denied", "no permission to open it", "change its permissions or name another"),
    ("No such file or directory", "its folder does not exist", "make the folder first"),
    ("Could not read enough bytes", "cut short", "restore it from a backup"),
    ("Corrupt database file", "damaged: a block fails its checksum", "restore it from a backup"),
    (
        "WAL does not match",
        "the .wal file beside it belongs to another store",
        "move the .wal away",
    ),
    ("version number", "written by a newer DuckDB", "update duckdb"),
    ("Unsupported Storage Version", "written by a newer DuckDB", "update duckdb"),
    ("No space left", "the disk is full ({free} free)", "make room and run the command again"),
)
