"""Whether the network is there: when it is not, the crawl waits, and no host is blamed for it.

That a host does not answer says something of the host only while others do. So a failure is held
back for a moment: an answer from anywhere clears the network. Where many sites fail and none
answers, those that answered last are tried; if none of them can be reached, the network is down.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from crawler.politeness import StoppedError, lane

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from crawler.fetching import Answer
    from provenance.urls import Address

MANY_SITES = 3
"""So many failing at once may be the network's doing."""

MANY_AT_FIRST = 50
"""The same while nobody has answered yet: a short list may be of dead hosts only."""

_GRACE_S = 1.0
_TRY_EVERY_S = 5.0
_TRIED = 3
# Nothing came from the host: neither a header nor a certificate.
_FAILURES = frozenset({"dns", "connection", "timeout"})


class Network:
    """Judges failures by what else fails."""

    def __init__(
        self,
        *,
        reaches: Callable[[Address], Awaitable[bool]],
        stopping: asyncio.Event,
        stop: Callable[[str], None],
        say: Callable[[str], None],
        patience_s: float,
    ) -> None:
        self._reaches = reaches
        self._stopping = stopping
        self._stop = stop
        self._say = say
        self._patience_s = patience_s
        self._answered: dict[str, Address] = {}
        self._failed: dict[str, Address] = {}
        self._answers = 0
        self._news = asyncio.Event()
        self._trial: asyncio.Task[bool] | None = None

    async def blames_host(self, address: Address, answer: Answer) -> bool:
        """Whether *answer* is the host's own; False: the network was down, ask again now.

        Raises:
            StoppedError: the crawl is ending.
        """
        site = lane(address)
        if answer.error not in _FAILURES or answer.headers or answer.status:
            self._note(site, address)
            return True
        self._failed[site] = address
        if not self._answered and len(self._failed) < MANY_AT_FIRST:
            return True
        before = self._answers
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), _GRACE_S)
        if self._answers > before or len(self._failed) < MANY_SITES:
            return True
        if self._trial is None:
            self._trial = asyncio.create_task(self._was_up())
        return await asyncio.shield(self._trial)

    def _note(self, site: str, address: Address) -> None:
        """Remember that *site* answered: the network is there."""
        self._answered.pop(site, None)
        self._answered[site] = address
        if len(self._answered) > _TRIED:
            del self._answered[next(iter(self._answered))]
        self._failed.clear()
        self._answers += 1
        self._news.set()
        self._news = asyncio.Event()

    async def _was_up(self) -> bool:
        """Whether somebody can be reached at once; else wait until somebody can."""
        try:
            if await self._reaches_any():
                return True
            self._say(f"network down: {len(self._failed)} sites failed at once; waiting for it")
            began = time.monotonic()
            while not await self._reaches_any():
                await self._rest(began)
            self._say(f"network up again after {time.monotonic() - began:,.0f} s")
            return False
        finally:
            self._trial = None
            self._failed.clear()

    async def _reaches_any(self) -> bool:
        places = list((self._answered or self._failed).values())[-_TRIED:]
        return any(await asyncio.gather(*map(self._reaches, places)))

    async def _rest(self, began: float) -> None:
        """Wait for the next trial; end the crawl when patience is at its end."""
        left = began + self._patience_s - time.monotonic()
        if left <= 0:
            self._stop("network down")
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), max(0, min(left, _TRY_EVERY_S)))
        if self._stopping.is_set():
            raise StoppedError
