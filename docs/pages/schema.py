"""The tables of a store, as its migrations leave them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from provenance.ledger.kinds import kinds
from provenance.migrating import migrate

_COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable
    FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index
"""


def page() -> str:
    """Return every table with its columns, and whether its rows are sealed in the ledger."""
    with duckdb.connect() as connection:
        migrate(connection, Path("store"))
        found = connection.execute(_COLUMNS).fetchall()
    sealed = {table for kind in kinds() for table in (kind.table, *kind.also)}
    lines = [
        "# The store",
        "",
        "One DuckDB file. Rows are added and never changed; what is marked *sealed* has a leaf in",
        "the ledger, or is part of one ([proof](../proof.md)). Any DuckDB can read it.",
    ]
    for table in dict.fromkeys(row[0] for row in found):
        mark = " *(sealed)*" if table in sealed else ""
        lines += ["", f"## {table}", "", f"`{table}`{mark}", ""]
        lines += ["| column | type | may be empty |", "|---|---|---|"]
        lines += [
            f"| `{name}` | `{kind}` | {'yes' if empty else 'no'} |"
            for owner, name, kind, empty in found
            if owner == table
        ]
    return "\n".join(lines) + "\n"
