"""Rows that were removed before and came back: design rule REM-03, asked of a finished audit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit.cleaning.suppressing import find_suppressed
from audit.comparing.sides import read_side
from audit.inputs import labels
from provenance.defaults import AUDIT_MEMORY
from provenance.errors import InputRefused
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audit.cleaning.suppressing import Suppressed
    from provenance.intake.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Returned:
    """Rows with an address that is to stay out."""

    lists: tuple[str, ...]
    """The files that say so."""
    rows: int
    files: dict[str, int]
    """Of those rows, how many stand in which file."""
    first_rows: tuple[int, ...]
    """At most three, by their numbers in the whole manifest."""
    unreadable: int
    """Rows without an address that could be compared."""


def returned(
    folder: Path,
    parts: Sequence[Manifest],
    lists: Sequence[Suppressed],
    *,
    memory: str = AUDIT_MEMORY,
) -> Returned:
    """Return which rows of the manifest that *folder* is the audit of came back.

    Args:
        folder: the audit.
        parts: the files of its manifest, in their order.
        lists: what was removed before.
        memory: how much is held before it spills to disk.

    Raises:
        InputRefused: *parts* are not the files that were audited.
    """
    placed = _placed(folder, parts)
    with workplace(memory) as connection:
        connection.execute("CREATE TEMP TABLE suppressed (row BIGINT)")
        unreadable = find_suppressed(
            connection,
            [(replace(part, date_column=""), first) for _, part, first, _ in placed],
            lists,
        )
        rows = connection.execute("SELECT count(*), min(row, 3) FROM suppressed").fetchall()
        files = {
            label: count
            for label, _, first, rows_in in placed
            for (count,) in connection.execute(
                "SELECT count(*) FROM suppressed WHERE row >= ? AND row < ?",
                [first, first + rows_in],
            ).fetchall()
            if count
        }
    ((found, first_rows),) = rows
    names = tuple(one.file for one in lists)
    return Returned(names, found, files, tuple(first_rows or ()), unreadable)


def _placed(folder: Path, parts: Sequence[Manifest]) -> list[tuple[str, Manifest, int, int]]:
    """Return each file with its label, the number of its first row, and how many rows it has."""
    side = read_side(folder)
    counts: Counter[str] = Counter()
    digests: dict[str, str] = {}
    for shard in side.shards:
        for part in shard.parts:
            counts[part.file] += part.row_count
            digests[part.file] = part.sha256
    named = dict(zip(labels(parts), parts, strict=True))
    if {label: part.sha256 for label, part in named.items()} != digests:
        fact = f"these are not the files that {folder} is the audit of"
        raise InputRefused("--manifest", fact, "name the manifest as it was audited")
    found, first = [], 0
    for label in digests:
        if named[label].url_column:
            found.append((label, named[label], first, counts[label]))
        first += counts[label]
    return found
