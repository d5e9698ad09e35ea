"""The hosts that a dataset manifest names, with a few pages of each, found in SQL.

The manifest may come from anybody: it is read in a DuckDB instance of its own, which can reach
nothing but this one file, by a fixed dialect, and never from the network.
"""

from __future__ import annotations

import csv
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from crawler.targets import Target, merged
from provenance.errors import InputRefused
from provenance.statements import statement
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Iterator

_READERS = {
    ".parquet": "read_parquet('{path}')",
    ".csv": (
        "read_csv('{path}', delim=',', quote='\"', escape='\"', header=true, auto_detect=false,"
        " strict_mode=true, columns={columns})"
    ),
    ".jsonl": "read_json('{path}', format='newline_delimited', records=true, columns={columns})",
}
_DEFAULT_COLUMNS = ("url", "URL")
_LIMITS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "memory_limit": "4GB",
}


def targets_of_manifest(path: Path, *, column: str | None, pages: int) -> tuple[Target, ...]:
    """Return the hosts of the addresses in *column* of *path* with up to *pages* pages of each.

    A host is visited by https where one of its addresses is https, else by http.

    Raises:
        InputRefused: the file cannot be read, or has no such column.
    """
    if path.suffix.lower() not in _READERS:
        known = ", ".join(_READERS)
        raise InputRefused(
            str(path), "a manifest of unknown kind", f"name a file that ends in {known}"
        )
    if not path.is_file():
        raise InputRefused(str(path), "not a file", "name a manifest on this machine")
    try:
        with _opened(path, column) as connection:
            rows = connection.execute(
                statement("crawler", "manifest_hosts"), [max(pages, 1), max(pages, 1)]
            ).fetchall()
    except duckdb.Error as error:
        fact = f"cannot be read: {str(error).splitlines()[0][:300]}"
        raise InputRefused(str(path), fact, "check that it is what its name says") from error
    return merged(
        target for https_urls, http_urls in rows for target in _target(https_urls or http_urls)
    )


@contextmanager
def _opened(path: Path, column: str | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an instance in which the view `manifest` has the one column `url`."""
    with tempfile.TemporaryDirectory() as folder:
        # A name such as `[a].csv` is a pattern to DuckDB and would open another file.
        link = Path(folder) / f"manifest{path.suffix.lower()}"
        link.symlink_to(path.absolute())
        connection = duckdb.connect(config=_LIMITS)
        try:
            connection.execute("SET enable_progress_bar = false")
            connection.execute(f"SET allowed_paths = ['{link}']")
            connection.execute("SET enable_external_access = false; SET lock_configuration = true")
            chosen, reader = _reader(connection, path, link, column)
            connection.execute(
                f"CREATE TEMP VIEW manifest AS SELECT CAST({_quoted(chosen)} AS VARCHAR) AS url"  # noqa: S608 (quoted)
                f" FROM {reader}"
            )
            yield connection
        finally:
            connection.close()


def _reader(
    connection: duckdb.DuckDBPyConnection, path: Path, link: Path, column: str | None
) -> tuple[str, str]:
    """Return the column to read and the table function that reads it."""
    form = _READERS[link.suffix]
    if link.suffix == ".jsonl":
        chosen = column or _DEFAULT_COLUMNS[0]
        return chosen, form.format(path=link, columns="{" + f"{_literal(chosen)}: 'VARCHAR'" + "}")
    if link.suffix == ".parquet":
        _refuse_brotli(connection, path, link)
        reader = form.format(path=link)
        names = [row[0] for row in connection.execute(f"DESCRIBE FROM {reader}").fetchall()]
        return _chosen(path, names, column), reader
    names = _header(path)
    columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in names)
    return _chosen(path, names, column), form.format(path=link, columns="{" + columns + "}")


def _chosen(path: Path, names: list[str], column: str | None) -> str:
    """Return the column that holds addresses; refuse a manifest in which none or two would do."""
    wanted = (column,) if column else _DEFAULT_COLUMNS
    found = [name for name in names if name in wanted]
    if len(found) != 1:
        fact = f"{'no' if not found else 'more than one'} column {' or '.join(wanted)}"
        remedy = f"name one with --url-column; it has {', '.join(names[:20])}"
        raise InputRefused(str(path), fact, remedy)
    return found[0]


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader([file.readline(1_000_000)]), [])
    except UnicodeDecodeError as error:
        raise InputRefused(str(path), "not UTF-8 text", "save it as UTF-8") from error


def _refuse_brotli(connection: duckdb.DuckDBPyConnection, path: Path, link: Path) -> None:
    """Refuse a codec whose copy inside DuckDB 2.0 is open to CVE-2026-111497."""
    codecs = connection.execute("SELECT DISTINCT compression FROM parquet_metadata(?)", [str(link)])
    if ("BROTLI",) in codecs.fetchall():
        raise InputRefused(str(path), "compressed with Brotli", "write it with zstd")


def _target(urls: list[str]) -> Iterator[Target]:
    """Yield the host behind one spelling of an authority; nothing for what is no address."""
    for url in urls:
        try:
            found = address(url)
        except NotAnAddress:
            continue
        yield Target(found.authority, (found.scheme,), tuple(dict.fromkeys(("/", found.path))))


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _literal(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"
