"""Adding what other stores recorded to one store: in one transaction, all of it or nothing.

The sources are opened to read and stay byte for byte as they are. Each row keeps what it says: run,
time, fingerprint, receipt. Only its number is the store's own, given in the order of its source.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, TypeVar

from provenance.defaults import VERSION, WAIT_S
from provenance.errors import StoreError, UsageRefused
from provenance.ledger.verifying import last_checkpoint
from provenance.progress import progress
from provenance.recording import record_run
from provenance.show import show
from provenance.statements import statement
from provenance.store import attach, reading, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import duckdb

    from provenance.progress import Advance

ItemT = TypeVar("ItemT")

TABLES = (
    "run", "capture", "signal", "evidence", "body", "robots_body", "robots_group", "robots_rule",
    "robots_signal", "submission", "entry", "digest_entry", "listed_match", "entry_event",
    "list_fetch", "handed_in", "frontier", "visited", "continuation", "not_before", "archive",
)  # fmt: skip
_STEPS = (
    "02_runs", "03_captures", "04_signals", "05_bodies", "06_robots", "07_submissions",
    "08_listed_matches", "10_archives", "10_lives",
    "11_frontier",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A store that was merged, as it was."""

    file: str
    sha256: str
    wal_sha256: str = ""
    """Of the .wal beside it, which a process that was killed left behind."""
    checkpoint: str = ""
    """What its ledger came to: its proofs stay good against this."""


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the rows of one table; `read` = `added` + `already`."""

    read: int
    added: int
    already: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge came to."""

    store: str
    run_id: str
    """Empty where nothing was added: then nothing is recorded either."""
    sources: tuple[Source, ...]
    tables: dict[str, Count]
    read_otherwise: int
    """Captures that were there already, of which a source holds another reading."""


def merge(
    into: Path,
    sources: Sequence[Path],
    *,
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = lambda _: None,
) -> Merged:
    """Add to the store *into*, which is made if there is none, what *sources* recorded.

    Raises:
        UsageRefused: a store is named twice, by whatever name.
        StoreError: a store cannot be used, or a source is damaged or contradicts another store;
            *into* holds what it held.
    """
    _refuse_same([into, *sources])
    started_at = datetime.now(UTC)
    with progress("merge", 2 * len(sources) + len(_STEPS)) as advance:
        read = [_Read.of(path, wait_s, say) for path in _each(sources, advance)]
        try:
            with writing(into, wait_s=wait_s, say=say) as connection:
                for number, one in enumerate(_each(read, advance), start=1):
                    attach(connection, one.path, name=_name(number), wait_s=wait_s, say=say)
                    one.refuse_change()  # and from here on nobody can write to it
                _show_as_one(connection, [_way(path, into) for path in sources])
                _refuse_damage(connection, sources)
                before = _counts(connection)
                for step in _each(_STEPS, advance):
                    connection.execute(statement("provenance", f"merge/{step}"))
                merged = _merged(connection, into, tuple(one.source for one in read), before)
                if merged.run_id:
                    _record(connection, merged, started_at)
        except StoreError as error:
            if "Corrupt" in str(error.__cause__):  # DuckDB does not say in which file
                for path in sources:
                    _refuse_torn(path)
            raise
    return merged


def _each(items: Sequence[ItemT], advance: Advance) -> Iterator[ItemT]:
    for item in items:
        yield item
        advance()


def _refuse_same(paths: Sequence[Path]) -> None:
    """Refuse two names of one file: links, too."""
    found: dict[tuple[int, int], Path] = {}
    for path in paths:
        if path.exists():
            file = path.stat()
            key = (file.st_dev, file.st_ino)
            if key in found:
                fact = f"{found[key]} and {path} are the same file"
                raise UsageRefused("store merge", fact, "name each store once")
            found[key] = path


@dataclass(frozen=True, slots=True)
class _Read:
    """A source that was read to its end for its digest."""

    path: Path
    source: Source
    state: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, path: Path, wait_s: float, say: Callable[[str], None]) -> _Read:
        with reading(path, wait_s=wait_s, say=say) as store:
            # Before it is read to its end: is it a store of this release?
            checkpoint = str(last_checkpoint(store))
        state, wal = _state(path), _wal(path)
        left = _sha256(wal) if wal.exists() else ""
        source = Source(path.name, _sha256(path), left, checkpoint)
        return cls(path, source, state)

    def refuse_change(self) -> None:
        """Refuse a file that is no longer the one whose digest was taken."""
        if _state(self.path) != self.state:
            raise StoreError(str(self.path), "changed while it was read", "merge again")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _state(path: Path) -> tuple[tuple[int, int, int], ...]:
    """Return what differs after a file was written or replaced."""
    files = [file.stat() for file in (path, _wal(path)) if file.exists()]
    return tuple((file.st_ino, file.st_size, file.st_mtime_ns) for file in files)


def _wal(path: Path) -> Path:
    return Path(f"{path}.wal")


def _name(number: int) -> str:
    return f"provisor source {number}"


def _way(source: Path, into: Path) -> str:
    """Return the way from the folder of *into* to that of *source*; empty where they are one."""
    way = os.path.relpath(source.absolute().parent.resolve(), into.absolute().parent.resolve())
    return "" if way == os.curdir else f"{Path(way).as_posix()}/"


def _show_as_one(connection: duckdb.DuckDBPyConnection, ways: Sequence[str]) -> None:
    """Make views `source_<table>`: the rows of all sources, with their store and their place.

    Files of evidence stay where they are: their names become those seen from the store's folder.
    """
    for table in TABLES:
        parts = (
            f"SELECT {number} AS store_number, rowid AS nth, {_columns(table, way)}"  # noqa: S608 (our names)
            f' FROM "{_name(number)}".{table}'
            for number, way in enumerate(ways, start=1)
        )
        connection.execute(
            f"CREATE TEMP VIEW source_{table} AS {' UNION ALL BY NAME '.join(parts)}"
        )


def _columns(table: str, way: str) -> str:
    if table != "evidence" or not way:
        return "*"
    quoted = way.replace("'", "''")
    return f"* REPLACE (CASE WHEN file[1] = '/' THEN file ELSE '{quoted}' || file END AS file)"


def _refuse_damage(connection: duckdb.DuckDBPyConnection, sources: Sequence[Path]) -> None:
    for number, fact in connection.execute(statement("provenance", "merge/01_damage")).fetchall():
        remedy = "nothing was merged; restore it from a backup, or leave it out"
        raise StoreError(str(sources[number - 1]), show(fact), remedy)


def _refuse_torn(path: Path) -> None:
    """Refuse a store of which a block cannot be read."""
    with reading(path) as connection:
        for table in TABLES:
            connection.execute(f"SELECT max(hash(COLUMNS(*))) FROM {table}").fetchall()  # noqa: S608


def _counts(connection: duckdb.DuckDBPyConnection, prefix: str = "") -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table: connection.execute(f"SELECT count(*) FROM {prefix}{table}").fetchall()[0][0]  # noqa: S608
        for table in TABLES
    }


def _merged(
    connection: duckdb.DuckDBPyConnection,
    into: Path,
    sources: tuple[Source, ...],
    before: dict[str, int],
) -> Merged:
    after, read = _counts(connection), _counts(connection, "source_")
    tables = {
        table: Count(read[table], added, read[table] - added)
        for table in TABLES
        for added in (after[table] - before[table],)
    }
    otherwise = connection.execute(statement("provenance", "merge/09_read_otherwise")).fetchall()
    news = any(count.added for count in tables.values())
    run_id = f"merge-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{token_hex(4)}" if news else ""
    return Merged(str(into), run_id, sources, tables, otherwise[0][0])


def _record(connection: duckdb.DuckDBPyConnection, merged: Merged, started_at: datetime) -> None:
    """Record the merge as a run: of which files, by their digests, and what it added."""
    record_run(
        connection,
        run_id=merged.run_id,
        kind="merge",
        started_at=started_at,
        settings={
            "sources": [asdict(source) for source in merged.sources],
            "tables": {name: asdict(count) for name, count in merged.tables.items()},
            "read_otherwise": merged.read_otherwise,
        },
        version=VERSION,
    )
