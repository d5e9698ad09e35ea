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
    if text not in _PARSED:
        _PARSED[text] = tuple(connection.extract_statements(text))
    for one in _PARSED[text]:
        connection.execute(one)


_PARSED: dict[str, Sequence[duckdb.Statement]] = {}
"""By their text; statements are bound to no connection, and outlive the one that parsed them."""
