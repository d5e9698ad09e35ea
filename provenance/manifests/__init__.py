"""Manifests: how each file form is read, without guessing and without reaching beyond the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

LOOKED_AT = 1000
"""How many rows are looked at for the names of members."""


@dataclass(frozen=True, slots=True)
class Form:
    """One file form."""

    name: str
    suffixes: tuple[str, ...]
    columns: Callable[[duckdb.DuckDBPyConnection, Path], dict[str, str]]
    """Return the columns and their DuckDB types; raise InputRefused where the file is not one."""
    relation: Callable[[Path, dict[str, str]], str]
    """Return the SQL that reads the file with those columns, every row or an error."""
    row_number: str = ""
    """The column that counts rows from 0; empty: rows are counted while they are loaded."""
    rewrite: Callable[[Path, tuple[str, ...], int | None], Path] | None = None
    """Write a form that DuckDB cannot read beside the file, as one that it can, and return that.

    Taken are the file, the columns wanted (none: all) and how many rows (None: all);
    `columns` and `relation` read what it wrote.
    """
    patterns: tuple[str, ...] = ()
    """Whole names the form also goes by, as `cdx-*.gz`."""
    claims: Callable[[Path], bool] = lambda _: True
    """Whether a file with a suffix that several forms share is of this one."""

    def __reduce__(self) -> tuple[Callable[[str], Form], tuple[str]]:
        """Travel by name: what a form does is known wherever it arrives."""
        return _form, (self.name,)


def _form(name: str) -> Form:
    from provenance import manifests
    from provenance.registry import collect

    return collect(manifests, Form)[name]


def quoted(text: str) -> str:
    """Return *text* as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return *name* as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
