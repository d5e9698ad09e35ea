"""Rows for the store: any number of them in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb


def insert_rows(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert *rows* into *table*, a column at a time: one statement for any number of rows."""
    if not rows:
        return
    kinds = [row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    columns = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
    values = [list(column) for column in zip(*rows, strict=True)]
    connection.execute(f"INSERT INTO {table} SELECT {columns}", values)


def take_ids(connection: duckdb.DuckDBPyConnection, count: int) -> int:
    """Take *count* successive capture ids and return the first."""
    row = connection.execute(
        "SELECT min(id) FROM (SELECT nextval('capture_ids') AS id FROM range(?))", [count]
    ).fetchall()[0]
    return row[0] or 0
