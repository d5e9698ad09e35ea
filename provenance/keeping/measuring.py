"""How much the texts of a table come to when they are unpacked.

A few octets of Parquet can name a terabyte of text, and neither its size nor its own account of
itself tells. Lengths are summed without writing the texts out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_LENGTHS = {
    "VARCHAR": "strlen({})",
    "JSON": "strlen({}::VARCHAR)",
    "BLOB": "octet_length({})",
    "VARCHAR[]": "list_sum(list_transform({}, lambda text: strlen(text)))",
}
"""In octets, by the type of the column; those of other types have one length."""


def _quoted(name: str) -> str:
    """Return *name* as that of a column."""
    return '"' + name.replace('"', '""') + '"'


def octets_of(connection: duckdb.DuckDBPyConnection, table: str, relation: str) -> int:
    """Return how many octets the texts of *relation* have, whose columns are those of *table*."""
    columns = connection.execute(f"DESCRIBE {table}").fetchall()
    lengths = [
        f"coalesce({_LENGTHS[kind].format(_quoted(name))}, 0)"
        for name, kind, *_ in columns
        if kind in _LENGTHS
    ]
    if not lengths:
        return 0
    said = f"SELECT coalesce(sum({' + '.join(lengths)}), 0)::BIGINT FROM {relation}"  # noqa: S608 (ours)
    return int(connection.execute(said).fetchall()[0][0])
