"""Taking turns: one request at a time to a site and to a machine, and a wait between two."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

from provenance.suffixes import place

if TYPE_CHECKING:
    from provenance.urls import Address

LONGEST_DELAY_S = 60.0
"""A site that asks for more is not visited beyond its robots.txt."""

_KEPT = 10_000


class StoppedError(Exception):
    """The crawl is ending: no further request is made."""


def lane(address: Address) -> str:
    """Return what requests take turns for: the registrable domain, or an address with its port.

    Two hundred subdomains of one domain are one owner's machine more often than not.
    """
    found = None if address.is_ip else place(address.host)
    return found.site if found and found.suffix else address.authority


def address_lane(address: Address, found: str) -> str:
    """Return what requests to one machine take turns for: the IP address *found* for *address*.

    Of this machine, where the demo and the tests keep many, each port is one.
    """
    here = _is_here(found)
    return f"at {found} {address.authority.rpartition(':')[2]}" if here else f"at {found}"


@lru_cache(maxsize=4096)
def _is_here(found: str) -> bool:
    return ip_address(found.strip("[]")).is_loopback


class Lanes:
    """Who may ask when."""

    def __init__(self, stopping: asyncio.Event) -> None:
        self._stopping = stopping
        self._locks: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}

    def turn(self, name: str, *, delay_s: float) -> Turn:
        """Return the wait for the turn in lane *name*; the next is *delay_s* after this one's end.

        Entering it raises StoppedError when the crawl is ending.
        """
        self._forget_old()
        return Turn(self, name, delay_s)

    async def _begin(self, name: str) -> None:
        lock = self._locks.get(name)
        if lock is None:
            lock = self._locks[name] = asyncio.Lock()
        await lock.acquire()
        try:
            await self._sleep(self._free_at.get(name, 0) - time.monotonic())
        except BaseException:
            lock.release()
            raise

    def _end(self, name: str, delay_s: float) -> None:
        self._free_at[name] = time.monotonic() + delay_s
        self._locks[name].release()

    async def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), seconds)
        if self._stopping.is_set():
            raise StoppedError

    def _forget_old(self) -> None:
        """Keep the tables small over a million sites."""
        if len(self._locks) < _KEPT:
            return
        now = time.monotonic()
        for name, lock in list(self._locks.items()):
            # A lock just handed out may still be free: only lanes whose time has passed go.
            if not lock.locked() and 0 < self._free_at.get(name, 0) < now:
                del self._locks[name]
                del self._free_at[name]


class Turn:
    """A turn in a lane, from its beginning to its end (`async with`)."""

    def __init__(self, lanes: Lanes, name: str, delay_s: float) -> None:
        self._lanes = lanes
        self._name = name
        self._delay_s = delay_s

    async def __aenter__(self) -> None:
        await self._lanes._begin(self._name)  # noqa: SLF001 (of one module)

    async def __aexit__(self, *_: object) -> None:
        self._lanes._end(self._name, self._delay_s)  # noqa: SLF001 (of one module)
