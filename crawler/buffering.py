"""Keeping what was seen: in memory for a moment, then as evidence, then in the store, in batches.

The octets of a batch are on disk before a row refers to them. The store is opened for each batch
and closed at once, so that others can read and write it while a crawl runs for hours.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from crawler.frontier import observed
from crawler.robots.reading import read_robots
from provenance.evidence_records import Octets, Record, records
from provenance.recording import record_readings
from provenance.rows import insert_rows
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import duckdb

    from crawler.fetching import Answer
    from crawler.frontier import Observed
    from provenance.evidence import EvidenceFile
    from provenance.records import Reading

Exchanges = tuple[tuple[Record, ...], ...]
"""The records of the hops of a reading that do not stand in the evidence yet."""

BATCH = 8000
BATCH_OCTETS = 16 * 1024 * 1024
PERIOD_S = 2.0
_MEMORY = "100MB"  # of DuckDB while a crawl writes: its rows are few at a time


@dataclass(frozen=True, slots=True)
class Asked:
    """One hop of an exchange."""

    url: str
    answer: Answer


@dataclass(slots=True)
class _Waiting:
    """What the next write puts into the store."""

    readings: list[tuple[Reading, Exchanges]] = field(default_factory=list)
    ended: list[tuple[int, str, str]] = field(default_factory=list)
    rests: list[tuple[Any, ...]] = field(default_factory=list)
    octets: int = 0


@dataclass(slots=True)
class Buffer:
    """Readings that wait for the store."""

    store: Path
    run_id: str
    wait_s: float
    say: Callable[[str], None]
    evidence: EvidenceFile
    written: int = 0
    full: asyncio.Event = field(default_factory=asyncio.Event)
    one_at_a_time: threading.Lock = field(default_factory=threading.Lock)
    _waiting: _Waiting = field(default_factory=_Waiting)
    _adding: threading.Lock = field(default_factory=threading.Lock)

    def add(self, reading: Reading, hops: Sequence[Asked]) -> None:
        """Take *reading* and the exchanges it came from; kept after the next `write`."""
        exchanges = tuple(records(_octets(hop.url, hop.answer)) for hop in hops)
        with self._adding:
            self._waiting.readings.append((reading, exchanges))
            self._waiting.octets += sum(len(one.member) for hop in exchanges for one in hop)
            self._waiting.octets += len(reading.capture.body or b"")
        if self.has_a_batch:
            self.full.set()

    @property
    def has_a_batch(self) -> bool:
        """Whether so much waits that nothing more should be asked for until it is written."""
        return len(self._waiting.readings) >= BATCH or self._waiting.octets >= BATCH_OCTETS

    def rest(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Take note of who asked to be left alone until when."""
        with self._adding:
            self._waiting.rests.extend(rows)

    def end(self, place: int, host: str, ending: str) -> None:
        """Take note that the visit to *host* came to its end."""
        with self._adding:
            self._waiting.ended.append((place, host, ending))

    def write(self) -> None:
        """Write all that waits: its octets first, then its rows in one transaction.

        Raises:
            StoreError: evidence or store cannot be written; what waits goes on waiting.
        """
        with self.one_at_a_time:
            with self._adding:
                batch, self._waiting = self._waiting, _Waiting()
            if not (batch.readings or batch.ended or batch.rests):
                return
            try:
                readings = [self._proved(*one) for one in batch.readings]
                self.evidence.sync()
                batch.readings = [(reading, ()) for reading in readings]
                with self._opened() as connection:
                    self._record(connection, readings, batch)
            except BaseException:
                self._take_back(batch)
                raise
            self.written += len(readings)

    def recall(self, url: str) -> Observed | None:
        """Return what this run recorded of the robots.txt at *url*; None where it did not."""
        with self.opened() as connection:
            return observed(connection, self.run_id, url)

    @contextmanager
    def opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the store for one transaction, when none of our own threads has it open.

        Raises:
            StoreError: as for `provenance.store.writing`.
        """
        with self.one_at_a_time, self._opened() as connection:
            yield connection

    @contextmanager
    def _opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with writing(self.store, wait_s=self.wait_s, say=self.say) as connection:
            # Each batch would write the last rows of every table anew: they stay in STORE.wal until
            # it has 16 MiB, or the crawl ends.
            connection.execute(f"SET memory_limit = '{_MEMORY}'")
            connection.execute("PRAGMA disable_checkpoint_on_shutdown")
            yield connection

    def _take_back(self, batch: _Waiting) -> None:
        """Let *batch* wait again, before what came since."""
        with self._adding:
            later, self._waiting = self._waiting, batch
            batch.readings += later.readings
            batch.ended += later.ended
            batch.rests += later.rests
            batch.octets += later.octets

    def _proved(self, reading: Reading, exchanges: Exchanges) -> Reading:
        """Write *exchanges* and return *reading* with the places where they stand."""
        if not exchanges:
            return reading
        found = [one for nth, hop in enumerate(exchanges) for one in self.evidence.add(nth, hop)]
        return replace(reading, capture=replace(reading.capture, evidence=tuple(found)))

    def _record(
        self, connection: duckdb.DuckDBPyConnection, readings: list[Reading], batch: _Waiting
    ) -> None:
        now = datetime.now(UTC).replace(tzinfo=None)
        record_readings(connection, self.run_id, readings, compile_robots=read_robots)
        ended = [(self.run_id, place, host, ending, now) for place, host, ending in batch.ended]
        insert_rows(connection, "visited", ended)
        insert_rows(connection, "not_before", batch.rests)

    async def keep_writing(self) -> None:
        """Write every two seconds and whenever a batch is full, beside the crawl, until cancelled.

        Raises:
            StoreError: as for `write`.
        """
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.full.wait(), PERIOD_S)
            self.full.clear()
            await asyncio.to_thread(self.write)


def _octets(url: str, answer: Answer) -> Octets:
    return Octets(url, answer.at, answer.peer, answer.sent, answer.received, answer.cut)
