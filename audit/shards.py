"""From the parts of a manifest to shards: each a few million rows, and the same every time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit.kernel import Shard
from provenance.intake.manifest import exact_file
from provenance.manifests import quoted
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provenance.intake.manifest import Manifest

ROWS = 4_000_000
"""How many rows a shard has at least, where its files have as many."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A shard, and how many of its rows stand in which part."""

    shard: Shard
    counts: tuple[int, ...] = ()
    """A number for each part; empty: not known before the shard is read."""


def plan(parts: Sequence[Manifest], rows: int = ROWS) -> tuple[Planned, ...]:
    """Return the shards in the order of their rows."""
    found = list(_of_parquet(parts, rows) if _numbered(parts) else _file_by_file(parts))
    return tuple(
        replace(one, shard=replace(one.shard, number=number)) for number, one in enumerate(found)
    )


def _numbered(parts: Sequence[Manifest]) -> bool:
    """Whether the parts say themselves how many rows they have, and where."""
    return parts[0].form.name == "parquet"


def _file_by_file(parts: Sequence[Manifest]) -> Iterator[Planned]:
    for part in parts:
        yield Planned(Shard(0, (part,)))


def _of_parquet(parts: Sequence[Manifest], rows: int) -> Iterator[Planned]:
    """Put small files together, and cut large ones between row groups."""
    held: list[tuple[Manifest, int]] = []
    for part in parts:
        groups = _row_groups(part)
        if sum(groups) >= 2 * rows:
            yield from _together(held)
            held = []
            yield from _cut(part, groups, rows)
            continue
        held.append((part, sum(groups)))
        if sum(count for _, count in held) >= rows:
            yield from _together(held)
            held = []
    yield from _together(held)


def _together(held: Sequence[tuple[Manifest, int]]) -> Iterator[Planned]:
    if held:
        parts, counts = zip(*held, strict=True)
        yield Planned(Shard(0, parts), counts)


def _cut(part: Manifest, groups: Sequence[int], rows: int) -> Iterator[Planned]:
    """Cut a file after each row group with which a shard is full; the last is never a crumb."""
    start, end, left = 0, 0, sum(groups)
    for count in groups:
        end += count
        left -= count
        if left and (end - start < rows or left < rows // 2):
            continue
        if end > start:
            yield Planned(Shard(0, (part,), (start, end)), (end - start,))
        start = end


def _row_groups(part: Manifest) -> tuple[int, ...]:
    """Return how many rows each row group of a Parquet file has."""
    with exact_file(part.path) as file, workplace() as connection:
        found = connection.execute(
            "SELECT any_value(row_group_num_rows) FROM parquet_metadata("  # noqa: S608
            f"{quoted(str(file))}) GROUP BY row_group_id ORDER BY row_group_id"
        ).fetchall()
    return tuple(count for (count,) in found)
