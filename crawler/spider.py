"""The spider: a window of hosts in flight, each visited from its robots.txt on.

Scrapy gives the settings, the resolver, TLS, the connections and their limits. Which host is next
stands in the store, and which address is next is decided by the visit to each host. So Scrapy's
scheduler stays empty and the memory flat, for ten hosts as for a million.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals

from crawler.fetching import Answer, Web
from crawler.network import Network
from crawler.politeness import LONGEST_DELAY_S, Lanes, StoppedError, address_lane, lane
from crawler.resting import RestingError, Rests, at
from crawler.settings import NETWORK_WAIT_S
from crawler.visiting import Listed, Visitor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from scrapy.crawler import Crawler

    from crawler.addresses import Guard
    from crawler.buffering import Buffer
    from crawler.frontier import Observed
    from crawler.queueing import Queue
    from provenance.urls import Address

_INTERRUPTED = 130
_WHILE_WRITING_S = 0.02


@dataclass(slots=True)
class Crawl:
    """One crawl as it goes on: what is still to do, and what came of the rest."""

    queue: Queue
    buffer: Buffer
    guard: Guard
    rests: Rests
    window: int
    delay_s: float
    listed: Listed
    say: Callable[[str], None]
    known: dict[str, dict[str, Observed]]
    """What an earlier process of this run saw of hosts whose visit has not ended."""
    network_wait_s: float = NETWORK_WAIT_S
    floor_s: float = 0.0
    """How long nobody is asked at first: what a killed process asked last is not recorded."""
    endings: Counter[str] = field(default_factory=Counter)
    deferred: int = 0
    stopped: str = ""
    """Why it ended early: interrupted, memory, network down; empty when all hosts were visited."""
    failure: BaseException | None = None
    failed: int = 0
    """Requests without an answer."""


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
        self._looking_for_room = asyncio.Lock()
        self._web = Web(self.crawler, self.crawl.guard)
        self._network = Network(
            reaches=self._web.reaches,
            stopping=self._stopping,
            stop=self._stop,
            say=self.crawl.say,
            patience_s=self.crawl.network_wait_s,
        )
        self._visitor = Visitor(
            ask=self._ask,
            record=self.crawl.buffer.add,
            recall=self._recall,
            rest=self._rest,
            delay_s=self.crawl.delay_s,
            sealed=self.crawl.guard.sealed,
        )
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
        if self.crawl.floor_s:
            await self._pause(self.crawl.floor_s)
        async with asyncio.TaskGroup() as hosts:
            for _ in range(self.crawl.window):
                hosts.create_task(self._visit_next())

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    async def _visit_next(self) -> None:
        """Visit one host after the other until none is left or the crawl ends."""
        crawl = self.crawl
        while not self._stopping.is_set() and (planned := await crawl.queue.next(crawl.buffer)):
            host = planned.target.host
            listed = crawl.listed if planned.listed else None
            known = crawl.known.pop(host, {})
            try:
                ending = await self._visitor.visit(planned.target, listed=listed, known=known)
            except StoppedError:
                return
            except RestingError as resting:
                crawl.buffer.rest(crawl.rests.host_rests(host, resting))
                crawl.deferred += 1
                continue
            crawl.endings[ending] += 1
            crawl.buffer.end(planned.place, host, ending)

    async def _ask(self, address: Address, limit: int, delay_s: float) -> Answer:
        """Ask *address* when it is its site's and its machine's turn, and the network is there."""
        while True:
            if self.crawl.buffer.has_a_batch:
                await self._wait_for_room()
            async with self._lanes.turn(lane(address), delay_s=delay_s):
                answer = await self._ask_machine(address, limit)
            if await self._network.blames_host(address, answer):
                break
        if answer.error:
            self.crawl.failed += 1
        rows = self.crawl.rests.note(answer, address.authority, at(address, answer.peer))
        if rows:
            self.crawl.buffer.rest(rows)
        return answer

    async def _wait_for_room(self) -> None:
        """Wait until what was seen is on its way to the store: else it could fill the memory."""
        async with self._looking_for_room:  # one looks for all
            while self.crawl.buffer.has_a_batch and not self._stopping.is_set():
                await self._pause(_WHILE_WRITING_S)

    async def _ask_machine(self, address: Address, limit: int) -> Answer:
        """Ask when it is the turn of the IP address behind *address*."""
        found = await self._web.locate(address)
        if isinstance(found, Answer):
            return found
        machine = address_lane(address, found)
        async with self._lanes.turn(machine, delay_s=self.crawl.delay_s):
            await self._heed(address, found)
            if self._stopping.is_set():
                raise StoppedError
            return await self._web.ask(address, limit=limit)

    async def _heed(self, address: Address, peer: str) -> None:
        """Wait for as long as the host, or its address, asked to be left alone.

        Raises:
            RestingError: that is longer than we wait.
        """
        until = self.crawl.rests.until(address.authority, at(address, peer))
        if until is None:
            return
        seconds = (until - datetime.now(UTC)).total_seconds()
        if seconds > LONGEST_DELAY_S:
            raise RestingError(until)
        if seconds > 0:
            await self._pause(seconds)

    async def _rest(self, seconds: float) -> None:
        """Wait as long as a robots.txt asks, when that it does is on its way to the store."""
        self.crawl.buffer.full.set()
        await self._pause(seconds)

    async def _recall(self, url: str) -> Observed | None:
        """Return what this run recorded of the robots.txt at *url*, if it did."""
        return await asyncio.to_thread(self.crawl.buffer.recall, url)
