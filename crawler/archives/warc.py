"""Bringing WARC files into the store: what hosts answered in the past, with where the octets stand.

A file is read from its beginning to its end in bounded memory, and written in batches. Importing
it again goes on: an exchange that is known counts once, and a file that was read to its end without
damage is known by its digest.
"""

from __future__ import annotations

import uuid
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from crawler.archives.alike import Plain
from crawler.archives.batching import Batch, Known
from crawler.archives.imported import ImportedWarc, State, digest_of, finished, remember
from crawler.archives.later import told, waits
from crawler.archives.reading import MOST_DAMAGE, content_of, given_up, read_warc
from crawler.seldom_collecting import OF_ROWS, collecting_seldom
from provenance.apart.worker import Ended
from provenance.bulk import compiled_bodies, known_bodies
from provenance.defaults import VERSION
from provenance.errors import Incomplete, InputRefused
from provenance.many import many
from provenance.recording import record_run
from provenance.records import Outcome
from provenance.sealed import names_beside, unnamed
from provenance.store import reading, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import duckdb

    from crawler.archives.exchange import Exchange
    from crawler.archives.framing import Damage
    from crawler.archives.imported import Importing
    from crawler.archives.interpreting import Workers
    from crawler.archives.windows import Window

_MOST_WAITING = 100_000
_DERIVED = {
    "conversion": "text taken out of pages (WET), without what the servers answered",
    "metadata of a WAT": "facts taken out of pages (WAT), without what the servers answered",
}


@dataclass(slots=True)
class _Tally:
    """What was met so far."""

    records: int = 0
    captures: int = 0
    new: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    damaged: int = 0
    damage: list[Damage] = field(default_factory=list)
    reading_cpu_s: float = 0.0


def import_warc(file: Path, how: Importing, workers: Workers) -> ImportedWarc:
    """Read the exchanges of *file*: .warc, .warc.gz, .warc.zst, or .wacz.

    Raises:
        InputRefused: it is none of them, was compressed as a whole, or changed while it was read.
        StoreError: the store cannot be written; importing again goes on.
        Incomplete: it was asked to stop; what was read is kept.
    """
    content = content_of(file)
    state = State.of(file)
    known = finished(file, how)
    if known:
        return known
    begun = _Import(file, how, workers, uuid.uuid4().hex, datetime.now(UTC))
    with collecting_seldom(OF_ROWS):
        return begun.read(content.windows, content.said, state)


class _Import:
    """One file on its way into the store."""

    def __init__(
        self, file: Path, how: Importing, workers: Workers, run_id: str, started_at: datetime
    ) -> None:
        self._file = file
        self._path = str(file.absolute())
        self._how = how
        self._workers = workers
        self._run_id = run_id
        self._started_at = started_at
        self._known = Known()
        self._names = names_beside(how.store)
        self._tally = _Tally()
        self._batch = Batch()
        self._begun: deque[Batch] = deque()
        self._waiting: list[Exchange] = []

    def read(self, parts: Sequence[Window], said: str, state: State) -> ImportedWarc:
        """Read *parts* and write what they hold."""
        digest = ""
        for window in parts:
            digest = self._read(window, state)
        if [begin for begin, _ in parts] != [0]:
            digest = digest_of(self._file)
        self._later()
        self._send()
        self._refuse_derived()
        whole = not self._tally.damaged and State.of(self._file) == state
        self._write_all(last=partial(self._remember, digest, state.octets) if whole else None)
        if State.of(self._file) != state:
            fact = f"it changed while it was read; {many(self._tally.new, 'new capture')} kept"
            raise InputRefused(str(self._file), fact, "import the finished file again")
        return self._imported(digest, state.octets, said)

    def _read(self, window: Window, state: State) -> str:
        """Take the exchanges of a WARC, count all that is none, and return its digest."""
        tally, digest = self._tally, ""
        found = read_warc(self._file, window, state, robots_only=self._how.robots_only)
        try:
            for read in found:
                tally.records += read.records - read.damaged
                tally.skipped.update(read.skipped)
                tally.damaged += read.damaged
                tally.damage.extend(read.damage[: MOST_DAMAGE - len(tally.damage)])
                self._take_plain(read.plain)
                for one in read.exchanges:
                    self._take(one)
                self._how.advance(read.octets, read.records)
                digest = read.digest
        except Ended as ended:
            self._send()
            self._write_all()
            raise given_up(self._file, ended, tally.new) from ended
        return digest

    def _take_plain(self, columns: Sequence[Sequence[Any]]) -> None:
        if not columns:
            return
        if self._names:  # each is looked up in a sealed list
            for one in map(Plain, *columns):
                self._add(one.exchange)
            return
        if not self._batch.has_room(len(columns[0])):
            self._send()
        self._batch.add_plain(columns, self._known)
        self._tally.captures += len(columns[0])

    def _take(self, one: Exchange) -> None:
        if waits(one):
            self._waiting.append(one._replace(body=None) if one.refers_to is None else one)
            if len(self._waiting) >= _MOST_WAITING:
                self._later()
            return
        self._add(one)

    def _add(self, one: Exchange) -> None:
        if self._names and not unnamed(self._names, one.url, *one.hops):
            self._tally.skipped["sealed"] += 1
            return
        if not self._batch.has_room():
            self._send()
        self._batch.add(one, self._known)
        self._tally.captures += 1

    def _send(self) -> None:
        """Have the batch read, and write the one before it meanwhile."""
        if not self._batch.rows:
            return
        self._recall(self._batch)
        self._batch.begin(self._workers, self._known)
        self._begun.append(self._batch)
        self._batch = Batch()
        while len(self._begun) > 1:
            self._write(self._begun.popleft())
        if self._how.stop():
            self._write_all()
            fact = f"stopped as asked; {many(self._tally.captures, 'capture')} kept"
            raise Incomplete(str(self._file), fact, "import it again to go on")

    def _recall(self, batch: Batch) -> None:
        """Leave out the bodies that the store holds, and those that an earlier import has read."""
        if not (batch.bodies or batch.rules) or not self._how.store.exists():
            return
        with reading(self._how.store, wait_s=self._how.wait_s, say=self._how.say) as connection:
            for digest in compiled_bodies(connection, batch.rules):
                self._known.verdicts[digest] = (Outcome.PARSED, "")
                del batch.rules[digest]
                batch.bodies.pop(digest, None)  # what was compiled is kept
            for digest in known_bodies(connection, batch.bodies):
                del batch.bodies[digest]

    def _write_all(self, last: Callable[[duckdb.DuckDBPyConnection], object] | None = None) -> None:
        """Write what was begun, and *last* with the last of it."""
        while len(self._begun) > 1:
            self._write(self._begun.popleft())
        if self._begun or last:
            self._write(self._begun.popleft() if self._begun else Batch(), last or (lambda _: None))

    def _write(
        self, batch: Batch, beside: Callable[[duckdb.DuckDBPyConnection], object] = lambda _: None
    ) -> None:
        with writing(self._how.store, wait_s=self._how.wait_s, say=self._how.say) as connection:
            self._record_run(connection)
            new, outcomes, cpu_s = batch.record(
                connection, self._run_id, self._known, source=self._file.name, file=self._path
            )
            beside(connection)
        self._tally.new += new
        self._tally.outcomes += outcomes
        self._tally.reading_cpu_s += cpu_s

    def _record_run(self, connection: duckdb.DuckDBPyConnection) -> None:
        record_run(
            connection,
            run_id=self._run_id,
            kind="import",
            started_at=self._started_at,
            settings={"file": self._file.name, "robots_only": self._how.robots_only},
            version=VERSION,
        )

    def _later(self) -> None:
        """Tell what had to wait for the exchanges before it."""
        if not self._waiting:
            return
        self._send()
        self._write_all()
        waiting, self._waiting = self._waiting, []
        if not self._how.store.exists():
            with writing(self._how.store, wait_s=self._how.wait_s, say=self._how.say):
                pass
        with reading(self._how.store, wait_s=self._how.wait_s, say=self._how.say) as connection:
            answered = list(told(waiting, connection, file=self._path))
        for one in answered:
            self._add(one)

    def _refuse_derived(self) -> None:
        if self._tally.captures:
            return
        for kind, fact in _DERIVED.items():
            if self._tally.skipped[kind]:
                raise InputRefused(str(self._file), fact, "import the WARC it was made from")

    def _imported(self, digest: str, octets: int, said: str) -> ImportedWarc:
        tally = self._tally
        outcomes = {str(outcome): tally.outcomes[str(outcome)] for outcome in Outcome}
        return ImportedWarc(
            file=str(self._file), octets=octets, sha256=digest, records=tally.records,
            captures=tally.captures, new=tally.new, known=tally.captures - tally.new,
            skipped=dict(sorted(tally.skipped.items())), outcomes=outcomes, damaged=tally.damaged,
            damage=tuple(tally.damage), said=said, reading_cpu_s=tally.reading_cpu_s,
        )  # fmt: skip

    def _remember(self, digest: str, octets: int, connection: duckdb.DuckDBPyConnection) -> None:
        remember(
            connection, self._run_id, self._path, self._how, self._imported(digest, octets, "")
        )
