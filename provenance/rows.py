"""Rows for the store: thousands of them in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb


_AT_ONCE = 2000


def insert_rows(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert *rows* into *table*, a column at a time: a statement for thousands of rows."""
    if not rows:
        return
    kinds = [row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    columns = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
    for at in range(0, len(rows), _AT_ONCE):  # what is bound is held a second and a third time
        values = [list(column) for column in zip(*rows[at : at + _AT_ONCE], strict=True)]
        connection.execute(f"INSERT INTO {table} SELECT {columns}", values)


def take_ids(connection: duckdb.DuckDBPyConnection, count: int) -> int:
    """Take *count* successive capture ids and return the first."""
    row = connection.execute(
        "SELECT min(id) FROM (SELECT nextval('capture_ids') AS id FROM range(?))", [count]
    ).fetchall()[0]
    return row[0] or 0
