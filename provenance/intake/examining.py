"""The first reading of a manifest: what its columns are, found out by a process apart.

Here a file of a stranger meets the libraries that unpack it for the first time. One that makes them
crash, run on or take all memory is refused; this process only hears of it.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from provenance.apart.limits import Limits
from provenance.apart.worker import Ended, aside
from provenance.errors import InputRefused, UsageRefused
from provenance.intake.columns import Column, find_columns, top_level
from provenance.intake.compressed import refuse_damaged
from provenance.intake.digests import DigestColumn, as_text, choose_digests
from provenance.manifests import LOOKED_AT, Form
from provenance.show import show
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_MEMORY = 3_000_000_000
"""Annotations of 128 MiB, the largest document that is read at once, take 2 GB."""
_CPU_S = 120
_OCTETS_A_SECOND = 1_000_000
"""A compressed file is unpacked once; even one that unpacks to a thousand times itself keeps up."""


def examine(
    path: Path,
    form: Form,
    asked: tuple[str, ...],
    digests: Sequence[str] | None,
    pdq_column: str,
) -> tuple[dict[str, Column], tuple[DigestColumn, ...]]:
    """Return the columns of the manifest at *path*, by name, and those of digests.

    Args:
        path: the file.
        form: how it is read.
        asked: names that the user gave.
        digests: as `open_manifest` takes them.
        pdq_column: the column of PDQ digests; empty: none.

    Raises:
        InputRefused: it cannot be read, or not within the limits.
        UsageRefused: a package is missing.
    """
    limits = Limits(_MEMORY, _CPU_S + path.stat().st_size // _OCTETS_A_SECOND)
    try:
        found: tuple[dict[str, Column], tuple[DigestColumn, ...]] = aside(
            _examined, path, form, asked, digests, pdq_column, limits=limits
        )
    except Ended as error:
        fact = f"cannot be read as {form.name}: {error}"
        raise InputRefused(str(path), fact, "name another file, or write it anew") from error
    return found


def _examined(
    path: Path,
    form: Form,
    asked: tuple[str, ...],
    digests: Sequence[str] | None,
    pdq_column: str,
) -> tuple[dict[str, Column], tuple[DigestColumn, ...]]:
    with exact_file(path) as file, placed(path, file, form):
        refuse_damaged(file)
        shown = form.rewrite(file, (), LOOKED_AT) if form.rewrite else file
        with workplace(only=(shown,)) as connection:
            named = (*asked, *(digests or ()), pdq_column)
            columns = find_columns(connection, form, shown, named)
            if digests is None or not columns:
                return columns, ()
            values = _first_values(connection, form, shown, columns)
            return columns, choose_digests(path, columns, digests, pdq_column, values)


def _first_values(
    connection: duckdb.DuckDBPyConnection, form: Form, shown: Path, columns: dict[str, Column]
) -> Callable[[str], list[object]]:
    """Return what gives the first values of a column; octets are written in hexadecimal."""
    source = form.relation(shown, top_level(columns))

    def values(name: str) -> list[object]:
        rows = connection.execute(
            f"SELECT {as_text(columns[name])} FROM {source} LIMIT {LOOKED_AT}"  # noqa: S608
        ).fetchall()
        return [value for (value,) in rows]

    return values


@contextmanager
def exact_file(path: Path) -> Iterator[Path]:
    """Give *path* a name that DuckDB cannot take for a pattern: `[a].csv` would read `a.csv`.

    The folder around it is ours alone, and lasts as long.
    """
    ending = "".join(path.suffixes[-2:]) if path.suffix in {".gz", ".zst"} else path.suffix
    with tempfile.TemporaryDirectory(prefix="provisor-") as folder:
        link = Path(folder) / f"manifest{ending.lower()}"
        link.symlink_to(path.absolute())
        yield link


@contextmanager
def placed(path: Path, file: Path, form: Form) -> Iterator[None]:
    """Let errors name *path* where they name *file*."""
    try:
        yield
    except (InputRefused, UsageRefused) as error:
        place = f"{path}{error.place.removeprefix(file.name)}"
        raise type(error)(place, error.fact, error.remedy) from error
    except duckdb.Error as error:
        said = show(str(error).splitlines()[0], 200)
        fact = f"cannot be read as {form.name} ({said})"
        raise InputRefused(str(path), fact, "copy it again, or name another file") from error
