"""What a list would name in a dataset, before it is accepted: rows, hosts, and pages to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from provenance.errors import InputRefused
from provenance.intake.manifest import exact_file, load_statements, open_manifest
from provenance.progress import progress
from provenance.sealed import unnamed
from provenance.show import show
from provenance.statements import statement
from provenance.urls import NotAnAddress, address
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blocklists.targets import Target
    from provenance.sealed import SealedNames

_MEMORY = "4GB"
_AT_ONCE = 50_000

# Above these, an entry is wide enough for a second person to look at it.
MOST_ROWS = 0.001
MOST_HOSTS = 1000


@dataclass(frozen=True, slots=True)
class Reach:
    """What one entry names in a manifest."""

    entry_id: str
    target: str
    rows: int
    hosts: int
    """Different hosts among these rows: for a platform, its tenants."""
    samples: tuple[str, ...]
    """Up to five addresses."""

    def is_wide(self, rows: int) -> bool:
        """Whether it names over a thousandth of all *rows*, or over 1,000 hosts."""
        return self.rows > rows * MOST_ROWS or self.hosts > MOST_HOSTS


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list names in a manifest; nothing is stored."""

    rows: int
    """All that the manifest has."""
    named: int
    """That at least one entry names."""
    unreadable: int
    """Whose address cannot be read: they were not compared, and are not clean for it."""
    reaches: tuple[Reach, ...]
    """Of the entries that name any row, the widest first."""


def preview(
    targets: Sequence[Target],
    manifest: Path,
    *,
    url_column: str = "",
    names: SealedNames | None = None,
) -> Preview:
    """Return what *targets* name in *manifest*; of what sealed lists name, no address is shown.

    Raises:
        InputRefused: the manifest cannot be read.
        UsageRefused: it has no such column.
    """
    read = open_manifest(manifest, url_column=url_column, date_column="none")
    try:
        with workplace(_MEMORY) as connection, exact_file(manifest) as file:
            if not read.url_column:
                return Preview(0, 0, 0, ())
            connection.execute(statement("provenance", "naming"))
            for text in load_statements(read, file, zone="UTC"):
                connection.execute(text)
            _place_targets(connection, targets)
            connection.execute(statement("blocklists", "preview_hosts"))
            _place(connection, "beginning", "place_of_host")
            connection.execute(statement("blocklists", "preview_spellings"))
            _place(connection, "spelling", "placed")
            connection.execute(statement("blocklists", "preview_named"))
            totals: Any = connection.execute("FROM preview_total").fetchall()[0]
            rows = connection.execute("FROM preview_reach ORDER BY row_count DESC, entry_id")
            reaches = tuple(_reach(*row, names=names) for row in rows.fetchall())
            return Preview(totals[0], totals[1], totals[2], reaches)
    except duckdb.Error as error:
        fact = f"cannot be read ({show(str(error).splitlines()[0], 300)})"
        raise InputRefused(str(manifest), fact, "check that it is what its name says") from error


def _reach(
    entry_id: str,
    target: str,
    rows: int,
    hosts: int,
    samples: list[str],
    *,
    names: SealedNames | None,
) -> Reach:
    shown = tuple(sample for sample in samples if unnamed(names, sample))
    return Reach(entry_id, target, rows, hosts, shown)


def _place(connection: duckdb.DuckDBPyConnection, source: str, found: str) -> None:
    """Read each text of *source* as an address, as entries are written, into *found*."""
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


def _placed(text: str) -> tuple[str, str | None, str | None, str | None]:
    try:
        found = address(text)
    except NotAnAddress:
        return text, None, None, None
    return text, found.host, found.port, found.path


def _place_targets(connection: duckdb.DuckDBPyConnection, targets: Sequence[Target]) -> None:
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
