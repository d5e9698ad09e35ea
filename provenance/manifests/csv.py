"""CSV and TSV: a header line, then rows; every field is text until a column is asked for.

The dialect is fixed and never sniffed: a sniffer changes it until a broken file seems to fit.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from provenance.errors import InputRefused
from provenance.intake.compressed import UNREADABLE, opened
from provenance.manifests import Form, quoted

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

_MAX_HEADER = 1024 * 1024
_MAX_COLUMNS = 4096
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def _columns(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:  # noqa: ARG001
    header = _first_line(path)
    if header.startswith(b"PAR1"):
        raise InputRefused(path.name, "a Parquet file under another name", "rename it to .parquet")
    if header.startswith(_UTF16) or b"\x00" in header:
        raise InputRefused(path.name, "not UTF-8 text", "save it as CSV in UTF-8")
    try:
        text = header.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(
            path.name, "its header is not UTF-8", "save it as CSV in UTF-8"
        ) from error
    try:
        names = next(csv.reader([text], delimiter=_delimiter(path), strict=True), [])
    except csv.Error as error:
        raise InputRefused(
            f"{path.name}, line 1", f"not a CSV header ({error})", "close its quotes"
        ) from error
    if len(names) > _MAX_COLUMNS:
        raise InputRefused(path.name, f"{len(names):,} columns, at most {_MAX_COLUMNS:,}")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InputRefused(path.name, f"two columns are called {twice[:60]!r}", "rename one")
    return dict.fromkeys(names, "VARCHAR")


def _first_line(path: Path) -> bytes:
    try:
        with opened(path) as file:
            line = file.readline(_MAX_HEADER)
    except UNREADABLE as error:
        raise InputRefused(path.name, f"cannot be read ({error})", "copy it again") from error
    if len(line) == _MAX_HEADER:
        raise InputRefused(path.name, "its first line is longer than 1 MiB and no header")
    return line


def _delimiter(path: Path) -> str:
    return "\t" if ".tsv" in path.suffixes else ","


def _relation(path: Path, columns: dict[str, str]) -> str:
    kinds = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in columns.items())
    return (
        f"read_csv([{quoted(str(path))}], columns = {{{kinds}}}, "
        f"delim = {quoted(_delimiter(path))}, quote = '\"', escape = '\"', header = true, "
        "auto_detect = false, strict_mode = true, nullstr = '', max_line_size = 8388608)"
    )


FORM = Form(
    "csv",
    (".csv", ".csv.gz", ".csv.zst", ".tsv", ".tsv.gz", ".tsv.zst"),
    _columns,
    _relation,
)
