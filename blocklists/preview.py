"""What a list would name in a dataset, before it is accepted: rows, hosts, and pages to look at."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from blocklists.preview_places import place_targets, place_texts
from blocklists.previewed_digests import declare_digests, find_digests
from provenance.errors import InputRefused
from provenance.intake.manifest import exact_file, load_statements, open_manifest
from provenance.sealed import unnamed
from provenance.show import show
from provenance.statements import statement
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from blocklists.digests import Digest
    from blocklists.targets import Target
    from provenance.intake.manifest import Manifest
    from provenance.sealed import SealedNames

_MEMORY = "4GB"

# Above these, an entry is wide enough for a second person to look at it.
MOST_ROWS = 0.001
MOST_HOSTS = 1000
# Above both of these, a digest is that of a placeholder, which servers send in place of a file.
PLACEHOLDER_ROWS = 100
PLACEHOLDER_HOSTS = 20


@dataclass(frozen=True, slots=True)
class Reach:
    """What one entry names in a manifest."""

    entry_id: str
    target: str
    """A digest goes by its algorithm and the id of its entry."""
    rows: int
    hosts: int
    """Different hosts among these rows: for a platform, its tenants."""
    samples: tuple[str, ...]
    """Up to five addresses."""
    digest: bool = False

    def is_wide(self, rows: int) -> bool:
        """Whether it names over a thousandth of all *rows*, or over 1,000 hosts."""
        return self.rows > rows * MOST_ROWS or self.hosts > MOST_HOSTS

    @property
    def is_placeholder(self) -> bool:
        """Whether it is a digest that over 100 rows of over 20 hosts have: hardly a work."""
        return self.digest and self.rows > PLACEHOLDER_ROWS and self.hosts > PLACEHOLDER_HOSTS


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
    uncompared: int = 0
    """Entries of digests for whose algorithm the manifest has no column: they may name any row."""
    row_numbers: tuple[int, ...] = ()
    """The first rows that are named, from 0, as far as they were asked for."""


def preview(
    targets: Sequence[Target],
    manifest: Path,
    *,
    digests: Sequence[Digest] = (),
    url_column: str = "",
    digest_columns: Sequence[str] = (),
    pdq_column: str = "",
    names: SealedNames | None = None,
    row_numbers: int = 0,
) -> Preview:
    """Return what *targets* and *digests* name in *manifest*.

    Args:
        targets: sites, hosts and pages.
        manifest: in any form that an audit reads.
        digests: of files; compared with the columns of digests.
        url_column: the column of addresses; empty: found by name.
        digest_columns: as for `open_manifest`.
        pdq_column: likewise.
        names: sealed lists; no address is shown that they name.
        row_numbers: how many of the rows that are named are told by their number.

    Raises:
        InputRefused: the manifest cannot be read.
        UsageRefused: it has no such column.
    """
    read = open_manifest(
        manifest,
        url_column=url_column,
        date_column="none",
        digests=digest_columns if digests else None,
        pdq_column=pdq_column if digests else "",
    )
    with _loaded(read) as connection:
        if not read.url_column:
            return Preview(0, 0, 0, (), uncompared=len(digests))
        uncompared = declare_digests(connection, digests, read.digests)
        place_targets(connection, targets)
        connection.execute(statement("blocklists", "preview_hosts"))
        place_texts(connection, "beginning", "place_of_host")
        find_digests(connection)
        connection.execute(statement("blocklists", "preview_spellings"))
        place_texts(connection, "spelling", "placed")
        connection.execute(statement("blocklists", "preview_named"))
        totals: Any = connection.execute("FROM preview_total").fetchall()[0]
        rows: Any = connection.execute(
            "SELECT *, FALSE FROM preview_reach UNION ALL SELECT *, TRUE FROM digest_reach"
            " ORDER BY row_count DESC, entry_id"
        )
        reaches = tuple(_reach(*row, names=names) for row in rows.fetchall())
        found: list[tuple[int]] = []
        if row_numbers:
            text = statement("blocklists", "preview_rows")
            found = connection.execute(text, [row_numbers]).fetchall()
        numbers = tuple(number for (number,) in found)
        unreadable = totals[2] if targets else 0  # digests are compared all the same
        return Preview(totals[0], totals[1], unreadable, reaches, uncompared, numbers)


@contextmanager
def _loaded(read: Manifest) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with the rows of a manifest as `dated`, if it has any column."""
    try:
        with workplace(_MEMORY) as connection, exact_file(read.path) as file:
            for name in ("naming", "digest_spelling"):
                connection.execute(statement("provenance", name))
            for text in load_statements(read, file, zone="UTC") if read.url_column else ():
                connection.execute(text)
            yield connection
    except duckdb.Error as error:
        fact = f"cannot be read ({show(str(error).splitlines()[0], 300)})"
        raise InputRefused(str(read.path), fact, "check that it is what its name says") from error


def _reach(
    entry_id: str,
    target: str,
    rows: int,
    hosts: int,
    samples: list[str],
    digest: bool,  # noqa: FBT001 (a row of the table)
    *,
    names: SealedNames | None,
) -> Reach:
    shown = tuple(sample for sample in samples if unnamed(names, sample))
    return Reach(entry_id, target, rows, hosts, shown, digest)
