"""The spider: a window of hosts in flight, each visited from its robots.txt on.

Scrapy gives the downloader, TLS, name look-ups and their limits. Which address is asked next is
decided by the visit to each host, so Scrapy's scheduler stays empty and the memory flat, for ten
hosts as for a million.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals

from crawler.fetching import Answer, Web
from crawler.politeness import Lanes, StoppedError, lane
from crawler.visiting import Ending, visit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from scrapy.crawler import Crawler

    from crawler.addresses import Guard
    from crawler.buffering import Buffer
    from crawler.targets import Target
    from provenance.urls import Address

_INTERRUPTED = 130


@dataclass(slots=True)
class Crawl:
    """One crawl as it goes on: what is still to do, and what came of the rest."""

    targets: Iterator[Target]
    listed: frozenset[str]
    buffer: Buffer
    guard: Guard
    window: int
    delay_s: float
    say: Callable[[str], None]
    endings: Counter[Ending] = field(default_factory=Counter)
    stopped: str = ""
    """Why it ended early: interrupted, memory; empty when all hosts were visited."""
    failure: BaseException | None = None


class SignalSpider(Spider):
    """Visits hosts and records what they say."""

    name = "provisor"
    crawl: Crawl
    _nothing: tuple[Request, ...] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SignalSpider:
        """Return the spider, ready to be stopped when memory runs low."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.stop_for_memory, signals.memusage_warning_reached)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Visit all hosts; there is nothing for Scrapy's scheduler to do."""
        self._stopping = asyncio.Event()
        self._lanes = Lanes(self._stopping)
        self._web = Web(self.crawler, self.crawl.guard)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._interrupt)
        try:
            await self._visit_all()
        except BaseException as failure:  # noqa: BLE001 (Scrapy would log it and end as if all were well)
            self.crawl.failure = failure
        await self._web.close()
        for request in self._nothing:
            yield request

    def stop_for_memory(self) -> None:
        """End after what is in flight."""
        self._stop("memory")

    def _stop(self, reason: str) -> None:
        self.crawl.stopped = self.crawl.stopped or reason
        self._stopping.set()

    def _interrupt(self) -> None:
        """End after what is in flight; on a second call at once, keeping what was recorded."""
        if self._stopping.is_set():
            self.crawl.buffer.write()
            os._exit(_INTERRUPTED)  # threads that look up names would keep the process alive
        self.crawl.say("ending after the requests in flight; interrupt again to end at once")
        self._stop("interrupted")

    async def _visit_all(self) -> None:
        """Visit every host, and write beside it; a failed write ends the visits."""
        writing = asyncio.create_task(self.crawl.buffer.keep_writing())
        visits = asyncio.create_task(self._window())
        try:
            await asyncio.wait({writing, visits}, return_when=asyncio.FIRST_COMPLETED)
            if writing.done():
                self._stopping.set()
                writing.result()
            await visits
        finally:
            writing.cancel()
            visits.cancel()
            await asyncio.gather(writing, visits, return_exceptions=True)
        await asyncio.to_thread(self.crawl.buffer.write)

    async def _window(self) -> None:
        async with asyncio.TaskGroup() as hosts:
            for _ in range(self.crawl.window):
                hosts.create_task(self._visit_next())

    async def _visit_next(self) -> None:
        """Visit one host after the other until none is left or the crawl ends."""
        for target in self.crawl.targets:
            try:
                ending = await visit(
                    target,
                    ask=self._ask,
                    record=self.crawl.buffer.add,
                    delay_s=self.crawl.delay_s,
                    listed=target.host in self.crawl.listed,
                )
            except StoppedError:
                return
            self.crawl.endings[ending] += 1

    async def _ask(self, address: Address, limit: int, delay_s: float) -> Answer:
        async with self._lanes.turn(lane(address), delay_s=delay_s):
            if self._stopping.is_set():
                raise StoppedError
            return await self._web.ask(address, limit=limit)
