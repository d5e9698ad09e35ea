"""Keeping what was seen: in memory for a moment, then as evidence, then in the store, in batches.

The octets of a batch are on disk before a row refers to them. The store is opened for each batch
and closed at once, so that others can read and write it while a crawl runs for hours.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from crawler.frontier import observed
from crawler.robots.reading import read_robots
from provenance.evidence import Octets
from provenance.recording import record_readings
from provenance.rows import insert_rows
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import duckdb

    from crawler.fetching import Answer
    from crawler.frontier import Observed
    from provenance.evidence import EvidenceFile
    from provenance.records import Reading

BATCH = 4000
BATCH_OCTETS = 16 * 1024 * 1024
PERIOD_S = 2.0
MEMORY = "100MB"
"""What DuckDB may hold while a crawl writes: its rows are few at a time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One hop of an exchange."""

    url: str
    answer: Answer


@dataclass(slots=True)
class _Waiting:
    """What the next write puts into the store."""

    readings: list[tuple[Reading, Sequence[Asked]]] = field(default_factory=list)
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
        with self._adding:
            waiting = self._waiting
            waiting.readings.append((reading, hops))
            waiting.octets += sum(len(hop.answer.received) for hop in hops)
            if len(waiting.readings) >= BATCH or waiting.octets >= BATCH_OCTETS:
                self.full.set()

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
                with writing(self.store, wait_s=self.wait_s, say=self.say) as connection:
                    connection.execute(f"SET memory_limit = '{MEMORY}'")
                    self._record(connection, readings, batch)
            except BaseException:
                self._take_back(batch)
                raise
            self.written += len(readings)

    def recall(self, url: str) -> Observed | None:
        """Return what this run recorded of the robots.txt at *url*; None where it did not."""
        with (
            self.one_at_a_time,
            writing(self.store, wait_s=self.wait_s, say=self.say) as connection,
        ):
            return observed(connection, self.run_id, url)

    def _take_back(self, batch: _Waiting) -> None:
        """Let *batch* wait again, before what came since."""
        with self._adding:
            later, self._waiting = self._waiting, batch
            batch.readings += later.readings
            batch.ended += later.ended
            batch.rests += later.rests
            batch.octets += later.octets

    def _proved(self, reading: Reading, hops: Sequence[Asked]) -> Reading:
        """Write the octets of *hops* and return *reading* with the places where they stand."""
        found = [
            one
            for nth, hop in enumerate(hops)
            for one in self.evidence.add(nth, _octets(hop.url, hop.answer))
        ]
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
