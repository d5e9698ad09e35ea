"""What robots.txt leaves to us: of each host asked for once in a run, and again after a day.

RFC 9309, section 2.4: a copy that is older than 24 hours should not be used.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.robots.decision import decide
from crawler.robots.delay import crawl_delay
from crawler.robots.reading import read_robots
from crawler.settings import TOKEN
from crawler.wellknown import licences_named
from provenance.records import Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from crawler.frontier import Observed
    from provenance.records import RobotsFile
    from provenance.urls import Address

    AskRobots = Callable[[Address], Awaitable[Observed]]
    Recall = Callable[[str], Awaitable[Observed | None]]

FRESH = timedelta(hours=24)

_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Permission:
    """What a robots.txt leaves to us."""

    file: RobotsFile | None
    """None: there are no rules."""
    delay_s: float = 0.0

    def covers(self, path: str) -> bool:
        """Whether our agent may fetch *path*."""
        return self.file is None or decide(self.file, TOKEN, path).crawl == "allow"

    @property
    def licences(self) -> tuple[str, ...]:
        """The addresses of RSL licences that it names."""
        return licences_named(self.file.signals) if self.file else ()


def permission(seen: Observed) -> Permission | None:
    """Return what the robots.txt *seen* leaves to us; None where we cannot tell or must not ask."""
    match seen.outcome:
        case Outcome.PARSED:
            body = seen.body or b""
            return Permission(read_robots(body), crawl_delay(body, TOKEN) or 0.0)
        case Outcome.UNAVAILABLE:
            return Permission(None)
        case _:
            return None


@dataclass(slots=True)
class RobotsSeen:
    """The robots.txt of the hosts of a run."""

    ask: AskRobots
    recall: Recall
    """Finds what this run recorded at an address, in the store."""
    _recent: OrderedDict[str, Observed] = field(default_factory=OrderedDict)
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    def note(self, url: str, seen: Observed) -> None:
        """Keep *seen* for those who ask soon."""
        self._recent[url] = seen
        while len(self._recent) > _KEPT:
            self._recent.popitem(last=False)

    async def at(self, place: Address, *, elsewhere: bool = False) -> Observed:
        """Return the robots.txt at *place*, not older than a day.

        *elsewhere*: another host's visit asks, so this host may have been visited long ago.
        """
        url = place.url
        async with self._locks.setdefault(url, asyncio.Lock()):
            seen = self._recent.get(url)
            if seen is None and elsewhere:
                seen = await self.recall(url)
            if seen is None or datetime.now(UTC) - seen.at > FRESH:
                seen = await self.ask(place)
            self.note(url, seen)
        self._locks.pop(url, None)  # whoever waits for it holds it
        return seen
