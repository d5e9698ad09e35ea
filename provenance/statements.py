"""SQL statements live in .sql files beside the package that runs them."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb


@cache
def statement(package: str, name: str) -> str:
    """Return the statement `sql/<name>.sql` of *package*."""
    return (resources.files(package) / "sql" / f"{name}.sql").read_text("utf-8")


def execute(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    """Execute the statements of *text*, one of the few that this program consists of."""
    for one in _parsed(text):
        connection.execute(one)


@cache
def _parsed(text: str) -> Sequence[duckdb.Statement]:
    """Return the statements of *text*; they are bound to no connection.

    To parse what an audit of ten rows runs takes a fifth of its time.
    """
    import duckdb  # commands name statements before anybody needs a database

    with duckdb.connect() as parser:
        return tuple(parser.extract_statements(text))
