"""Manifests: how each file form is read, without guessing and without reaching beyond the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb


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


def quoted(text: str) -> str:
    """Return *text* as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return *name* as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
