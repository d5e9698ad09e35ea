"""Comparing a store with its ledger, and the ledger with what left the house.

Every record is hashed anew from all of its columns, every checkpoint is computed anew from all
leaves. That finds any change by somebody who did not write the ledger anew as well; against its
owner only a checkpoint helps that was kept elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.ledger.checkpoint import Checkpoint
from provenance.ledger.kinds import kinds
from provenance.ledger.merkle import grown, root_of
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import duckdb

    from provenance.ledger.merkle import Peak

_BATCH = 100_000
_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Witness:
    """A checkpoint that was kept outside the store."""

    place: str
    """Where it was found."""
    checkpoint: Checkpoint
    note: str = ""
    """The file's text, where it holds the checkpoint and nothing else: with its signatures."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was recorded."""

    place: str
    fact: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of comparing a store with its ledger."""

    ledger: Checkpoint
    records: dict[str, int]
    """How many of each kind were hashed anew."""
    checkpoints: int
    """How many of its own were computed anew."""
    witnesses: int
    findings: tuple[Finding, ...]
    findings_left_out: int

    @property
    def unaltered(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def last_checkpoint(connection: duckdb.DuckDBPyConnection, schema: str = "main") -> Checkpoint:
    """Return the last checkpoint of the store that is open as *schema*; of size 0 without one."""
    rows = connection.execute(
        f"SELECT origin, size, root FROM {schema}.checkpoint, {schema}.ledger_origin"  # noqa: S608 (ours)
        " ORDER BY size DESC LIMIT 1"
    ).fetchall()
    return Checkpoint(*rows[0]) if rows else Checkpoint("", 0, root_of(()))


def verify(
    connection: duckdb.DuckDBPyConnection,
    witnesses: Sequence[Witness] = (),
    *,
    advance: Callable[[], object] = lambda: None,
) -> Verification:
    """Compare the store that is open with its ledger, and the ledger with *witnesses*.

    Args:
        connection: the store, opened to read.
        witnesses: checkpoints of this store that were kept elsewhere.
        advance: called after each kind of records and after the checkpoints.
    """
    records = _hash_anew(connection, advance)
    findings = list(_altered(connection))
    ledger = last_checkpoint(connection)
    own = connection.execute("SELECT size, root, peaks FROM checkpoint ORDER BY size").fetchall()
    sizes = {size for size, _, _ in own} | {one.checkpoint.size for one in witnesses}
    trees = _trees(connection, sizes)
    findings += _own_checkpoints(own, trees, _count(connection, "ledger"))
    names = _count(connection, "ledger_origin")
    if names != bool(own):
        findings.append(Finding("ledger", f"it has {names:,} names, and not one"))
    findings += _witnessed(witnesses, trees, ledger)
    advance()
    return Verification(
        ledger=ledger,
        records=records,
        checkpoints=len(own),
        witnesses=len(witnesses),
        findings=tuple(findings[:_MOST_SHOWN]),
        findings_left_out=max(0, len(findings) - _MOST_SHOWN),
    )


def _hash_anew(
    connection: duckdb.DuckDBPyConnection, advance: Callable[[], object]
) -> dict[str, int]:
    """Make `record_now`: the leaf of every record as it is now."""
    connection.execute("CREATE TEMP TABLE record_now (kind VARCHAR, key VARCHAR, leaf BLOB)")
    counts = {}
    for kind in kinds():
        ((counts[kind.name],),) = connection.execute(
            "INSERT INTO record_now"  # noqa: S608 (our own statement)
            " SELECT $kind, key, unhex(sha256('\\x00'::BLOB || encode(said)))"
            f" FROM ({kind.statement}) AS record",
            {"kind": kind.name, "sealed": 0},
        ).fetchall()
        advance()
    return counts


def _altered(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for kind, key, seq, fact in connection.execute(
        statement("provenance", "ledger_altered")
    ).fetchall():
        at = "" if seq is None else f", leaf {seq:,}"
        yield Finding(f"{kind} {key}{at}", fact)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])  # noqa: S608


def _trees(connection: duckdb.DuckDBPyConnection, sizes: set[int]) -> dict[int, tuple[Peak, ...]]:
    """Return the peaks of the first so many leaves, for each of *sizes* that the ledger has."""
    found = connection.execute("SELECT leaf FROM ledger ORDER BY seq")
    trees: dict[int, tuple[Peak, ...]] = {0: ()}
    peaks: tuple[Peak, ...] = ()
    at, rows = 0, found.fetchmany(_BATCH)
    while rows:
        stops = sorted(size for size in sizes if at < size <= at + len(rows))
        begin = at
        for stop in (*stops, at + len(rows)):
            peaks = grown(peaks, (leaf for (leaf,) in rows[begin - at : stop - at]))
            begin = stop
            if stop in sizes:
                trees[stop] = peaks
        at, rows = at + len(rows), found.fetchmany(_BATCH)
    return trees


def _own_checkpoints(
    own: Sequence[tuple[int, bytes, bytes]], trees: dict[int, tuple[Peak, ...]], leaves: int
) -> Iterator[Finding]:
    for size, root, tops in own:
        peaks = trees.get(size)
        if peaks is None:
            fact = f"the ledger is cut short: it has {leaves:,} leaves"
            yield Finding(f"checkpoint of {size:,} leaves", fact)
        elif root_of(peaks) != root or b"".join(top for _, top in peaks) != tops:
            yield Finding(f"checkpoint of {size:,} leaves", "the leaves do not come to its root")
    last = max((size for size, _, _ in own), default=0)
    if leaves > last:
        yield Finding("ledger", f"{leaves - last:,} leaves stand behind the last checkpoint")


def _witnessed(
    witnesses: Sequence[Witness], trees: dict[int, tuple[Peak, ...]], ledger: Checkpoint
) -> Iterator[Finding]:
    for place, said in ((one.place, one.checkpoint) for one in witnesses):
        if said.origin != ledger.origin:
            fact = f"it is of another store: {said.origin}, this is {ledger.origin or 'not sealed'}"
            yield Finding(place, fact)
        elif said.size not in trees:
            fact = f"it saw {said.size:,} leaves, the ledger has {ledger.size:,}: it was cut short"
            yield Finding(place, fact)
        elif root_of(trees[said.size]) != said.root:
            fact = f"the histories differ within the first {said.size:,} leaves"
            yield Finding(place, fact)
