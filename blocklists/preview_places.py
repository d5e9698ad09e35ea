"""Addresses of a manifest and of entries, spelt alike, to be compared in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.progress import progress
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from blocklists.targets import Target

_AT_ONCE = 50_000


def place_texts(connection: duckdb.DuckDBPyConnection, source: str, found: str) -> None:
    """Read each text of the table *source* as an address, as entries are written, into *found*."""
    connection.execute(
        f"CREATE TEMP TABLE {found} (text VARCHAR, host VARCHAR, port VARCHAR, path VARCHAR)"
    )
    ((count,),) = connection.execute(f"SELECT count(*) FROM {source}").fetchall()  # noqa: S608
    with progress(f"{source}s", count) as advance:
        for first in range(0, count, _AT_ONCE):
            batch = connection.execute(
                f"SELECT text FROM {source} WHERE rowid BETWEEN ? AND ?",  # noqa: S608
                [first, first + _AT_ONCE - 1],
            ).fetchall()
            rows = [_placed(text) for (text,) in batch]
            columns = [list(column) for column in zip(*rows, strict=True)]
            connection.execute(
                f"INSERT INTO {found} SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]),"
                " unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
                columns,
            )
            advance(len(batch))


def place_targets(connection: duckdb.DuckDBPyConnection, targets: Sequence[Target]) -> None:
    """Make the table `target` of what entries name."""
    rows = list({
        (one.entry_id, one.scope, one.host, one.port, one.path) for one in targets
    })  # fmt: skip
    connection.execute(
        "CREATE TEMP TABLE target (entry_id VARCHAR, scope VARCHAR, host VARCHAR, port VARCHAR,"
        " path VARCHAR)"
    )
    if rows:
        connection.execute(
            "INSERT INTO target SELECT unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)",
            [list(column) for column in zip(*rows, strict=True)],
        )


def _placed(text: str) -> tuple[str, str | None, str | None, str | None]:
    try:
        found = address(text)
    except NotAnAddress:
        return text, None, None, None
    return text, found.host, found.port, found.path
