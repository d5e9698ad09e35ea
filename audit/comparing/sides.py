"""The two audits that are compared, and which of their rows are the same rows of the same files."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audit.folder import SUMMARY
from audit.gathering import done_shards
from audit.verdicts import snapshot_digest
from provenance.errors import InputRefused
from provenance.show import show
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from audit.folder import Done

_REMEDY = "name the --out of `provisor audit`"
_ASKED: dict[str, type] = {
    "declaration": dict, "inputs": dict, "levels": dict, "limits": dict, "made_at": str,
    "manifest": dict, "rows": int, "rules": list, "version": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two audits."""

    folder: Path
    said: Mapping[str, Any]
    """Its summary.json."""
    shards: tuple[Done, ...]
    snapshot: Path
    whole: Mapping[str, str] = field(default_factory=dict)
    """The rules about the dataset as a whole that fire, with their levels."""
    unasked: frozenset[str] = frozenset()
    """The rules that a missing declaration left open."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one file that stand in one shard."""

    file: str
    sha256: str
    start: int
    """The first of them, in the file."""
    count: int
    shard: int
    at: int
    """The first of them, in the shard."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The same rows in a shard of each audit, one after the other."""

    file: str
    before: tuple[int, int]
    """The shard, and the first of the rows in it."""
    after: tuple[int, int]
    count: int


def read_side(folder: Path) -> Side:
    """Return the finished audit in *folder*.

    Raises:
        InputRefused: there is none, or what it knew is gone.
    """
    try:
        said: dict[str, Any] = parse_object((folder / SUMMARY).read_bytes())
        shards, known = int(said["shards"]), said["snapshot"]
        snapshot, digest = folder / str(known["file"]), str(known["sha256"])
        missing = [name for name, kind in _ASKED.items() if not isinstance(said.get(name), kind)]
        missing += ["rules" for rule in said["rules"] if not isinstance(rule["id"], str)]
        whole = {str(one["rule"]["id"]): str(one["level"]) for one in said.get("of_dataset", ())}
        unasked = frozenset(str(one["rule"]) for one in said.get("unasked", ()))
    except (OSError, NotStrictJson, ValueError, LookupError, TypeError):
        fact = "no folder that a finished audit left"
        raise InputRefused(str(folder), fact, _REMEDY) from None
    if missing:
        fact = f"its summary does not say {missing[0]!r}"
        raise InputRefused(str(folder / SUMMARY), fact, "audit again with this release")
    found = snapshot_digest(snapshot)
    if found != digest:
        fact = "is not what the audit knew" if found else "the snapshot of the audit is not there"
        remedy = "audit again; keep a snapshot in each folder, not one for both"
        raise InputRefused(show(str(snapshot)), fact, remedy)
    return Side(folder, said, done_shards(folder, shards), snapshot, whole, unasked)


def aligned(
    before: Side, after: Side
) -> tuple[tuple[Stretch, ...], tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the rows of files that both audits are of, and those that only one of them has.

    A file is the same where its octets are; its name counts for nothing.
    """
    old, new = _files(before), _files(after)
    shared = [key for key in old if key in new and _rows(old[key]) == _rows(new[key])]
    stretches = tuple(one for key in shared for one in _laid(old[key], new[key]))
    gone = tuple(piece for key, pieces in old.items() if key not in shared for piece in pieces)
    came = tuple(piece for key, pieces in new.items() if key not in shared for piece in pieces)
    return stretches, gone, came


def _files(side: Side) -> dict[tuple[str, int], list[Piece]]:
    """Return the pieces of each file, by its digest and which file with that digest it is."""
    named: dict[tuple[str, str], list[Piece]] = defaultdict(list)
    for shard in side.shards:
        at = 0
        for part in shard.parts:
            named[part.file, part.sha256].append(
                Piece(part.file, part.sha256, shard.first_in_file, part.row_count, shard.number, at)
            )
            at += part.row_count
    found: dict[tuple[str, int], list[Piece]] = {}
    met: Counter[str] = Counter()
    for (_, sha256), pieces in named.items():
        found[sha256, met[sha256]] = sorted(pieces, key=lambda piece: piece.start)
        met[sha256] += 1
    return found


def _rows(pieces: Sequence[Piece]) -> int:
    return sum(piece.count for piece in pieces)


def _laid(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Stretch]:
    """Yield the stretches that lie in one piece of each; the audits may have cut the file apart."""
    for one in old:
        for other in new:
            start = max(one.start, other.start)
            end = min(one.start + one.count, other.start + other.count)
            if end > start:
                yield Stretch(
                    other.file,
                    (one.shard, one.at + start - one.start),
                    (other.shard, other.at + start - other.start),
                    end - start,
                )
