"""Keeping what was seen: in memory for a moment, then in the store, in batches.

The store is opened for each batch and closed at once, so that others can read and write it while
a crawl runs for hours.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.robots.reading import read_robots
from provenance.recording import record_readings
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provenance.records import Reading

BATCH = 200
PERIOD_S = 2.0


@dataclass(slots=True)
class Buffer:
    """Readings that wait for the store."""

    store: Path
    run_id: str
    wait_s: float
    say: Callable[[str], None]
    written: int = 0
    full: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: list[Reading] = field(default_factory=list)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def add(self, reading: Reading) -> None:
        """Take *reading*; it is in the store after the next `write`."""
        self._waiting.append(reading)
        if len(self._waiting) >= BATCH:
            self.full.set()

    def write(self) -> None:
        """Write all that waits, in one transaction.

        Raises:
            StoreError: the store cannot be written; what waits goes on waiting.
        """
        with self._one_at_a_time:
            batch = self._waiting[:]
            if not batch:
                return
            with writing(self.store, wait_s=self.wait_s, say=self.say) as connection:
                record_readings(connection, self.run_id, batch, compile_robots=read_robots)
            del self._waiting[: len(batch)]
            self.written += len(batch)

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
