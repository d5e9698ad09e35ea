"""The visit to one host: robots.txt, the files in which a site speaks, its front page, more pages.

A path is asked for only when our own agent may fetch it; nothing but /robots.txt itself is exempt.
Where robots.txt cannot be reached (RFC 9309, section 2.3.1.4) or cannot be read, we cannot tell,
and stay away. The first gate ends the visit: it is recorded, never tried again and never passed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.buffering import Asked
from crawler.frontier import Observed
from crawler.pages import page_signals
from crawler.politeness import LONGEST_DELAY_S
from crawler.robots.outcome import classify
from crawler.robots_seen import RobotsSeen, permission
from crawler.settings import PAGE_BYTES, ROBOTS_BYTES
from crawler.wellknown import LICENCE_BYTES, WELL_KNOWN
from provenance.records import Capture, Gate, Outcome, Probe, Reading
from provenance.urls import Address, NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

    from crawler.fetching import Answer
    from crawler.robots_seen import Permission
    from crawler.targets import Target
    from provenance.sealed import SealedNames

    Ask = Callable[[Address, int, float], Awaitable[Answer]]
    """Asks an address for at most so many octets, after which its site rests so many seconds."""
    Record = Callable[[Reading, Sequence[Asked]], None]
    Recall = Callable[[str], Awaitable[Observed | None]]
    Rest = Callable[[float], Awaitable[None]]
    """Waits so many seconds, and lets what was recorded be written meanwhile."""
    Follow = Callable[[Address, Answer, Address], bool]

MOST_HOPS = 5
"""RFC 9309, section 2.3.1.2; browsers follow more, we do not need to."""

_LONGEST_ADDRESS = 2000
# At a file these say that we should stay away; a 403 or 503 there says little of the pages.
_ENDING_AT_FILES = frozenset({Gate.RATE_LIMIT, Gate.CHALLENGE})


class Ending(StrEnum):
    """How a visit ended."""

    VISITED = "visited"
    GATED = "gated"
    REFUSED = "refused"
    """robots.txt does not let us fetch one of the pages."""
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"
    TOO_SLOW = "too-slow"
    """It asks for a longer wait between requests than we can keep: only robots.txt was read."""
    LISTED = "listed"
    """It stands on a list received: only robots.txt was asked for, or nothing."""


class Listed(StrEnum):
    """What is done with a host on a list received."""

    ROBOTS_ONLY = "robots-only"
    SKIP = "skip"
    PROBE = "probe"
    """Visit it as any other."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One address that a visit asks for."""

    address: Address
    probe: Probe
    limit: int


class Visitor:
    """Visits hosts, one call for each."""

    def __init__(
        self,
        *,
        ask: Ask,
        record: Record,
        recall: Recall,
        rest: Rest,
        delay_s: float,
        sealed: SealedNames | None = None,
    ) -> None:
        self._sealed = sealed
        self._ask = ask
        self._record = record
        self._rest = rest
        self._delay_s = delay_s
        self.robots = RobotsSeen(self._ask_robots, recall)

    async def visit(
        self, target: Target, *, listed: Listed | None, known: Mapping[str, Observed]
    ) -> Ending:
        """Visit *target* and record each exchange; return how the visit ended.

        Args:
            target: the host, and pages of it.
            listed: what to do with it as one on a list received; None: it is on none.
            known: what this run saw of it already, by address; that is not asked for again.

        Raises:
            StoppedError: the crawl is ending; what was exchanged so far is recorded.
            RestingError: the host asked to be left alone; the visit goes on later.
        """
        if listed is Listed.SKIP:
            return Ending.LISTED
        scheme, seen = await self._robots(target, known)
        if listed is Listed.ROBOTS_ONLY:
            return Ending.LISTED
        allowed = permission(seen)
        if allowed is None:
            unread = seen.outcome is not Outcome.UNREACHABLE
            return Ending.UNREADABLE if unread else Ending.UNREACHABLE
        if max(self._delay_s, allowed.delay_s) > LONGEST_DELAY_S:
            return Ending.TOO_SLOW
        if allowed.delay_s > self._delay_s:
            # Also before the first request of a crawl that goes on: nobody knows when the last was.
            await self._rest(allowed.delay_s)
        front = address(f"{scheme}://{target.host}/")
        if await self._files(front, allowed, known):
            return Ending.GATED
        pages = [replace(front, path=path) for path in target.paths]
        return await self._pages(pages, allowed, known)

    async def _robots(self, target: Target, known: Mapping[str, Observed]) -> tuple[str, Observed]:
        """Return the robots.txt of the first scheme that somebody speaks."""
        for scheme in target.schemes:
            place = address(f"{scheme}://{target.host}/robots.txt")
            if place.url in known:
                self.robots.note(place.url, known[place.url])
            seen = await self.robots.at(place)
            if seen.error != "connection":
                break
        return scheme, seen

    async def _ask_robots(self, place: Address) -> Observed:
        """Ask for a robots.txt and record what came."""
        robots = _Place(place, Probe.ROBOTS, ROBOTS_BYTES)
        capture, hops = await self._exchange(robots, self._delay_s, lambda *_: True)
        outcome, reason = classify(capture)
        self._record(Reading(capture, outcome, reason), hops)
        return Observed(
            Probe.ROBOTS, capture.captured_at, outcome, capture.body, capture.error, frozenset()
        )

    async def _files(
        self, front: Address, allowed: Permission, known: Mapping[str, Observed]
    ) -> bool:
        """Ask for the files in which a site speaks; return whether a gate ends the visit."""
        for file in WELL_KNOWN:
            place = _Place(replace(front, path=file.path), file.probe, file.limit)
            if allowed.covers(place.address.path):
                gates = await self._look(place, allowed, known)
                if gates & _ENDING_AT_FILES:
                    return True
        for place in _licences(front, allowed):
            if self._is_sealed(place.address):
                continue
            there = await self._permission_at(place.address, front, allowed)
            if there and there.covers(place.address.path):
                gates = await self._look(place, there, known)
                if _together(place.address, front) and gates & _ENDING_AT_FILES:
                    return True
        return False

    async def _permission_at(
        self, place: Address, front: Address, allowed: Permission
    ) -> Permission | None:
        """Return what the robots.txt that governs *place* leaves to us."""
        if _together(place, front):
            return allowed
        robots = replace(place, path="/robots.txt")
        there = permission(await self.robots.at(robots, elsewhere=True))
        return there if there and there.delay_s <= LONGEST_DELAY_S else None

    async def _pages(
        self, pages: list[Address], allowed: Permission, known: Mapping[str, Observed]
    ) -> Ending:
        ending = Ending.VISITED
        for page in pages:
            if not allowed.covers(page.path):
                ending = Ending.REFUSED
            elif await self._look(_Place(page, Probe.PAGE, PAGE_BYTES), allowed, known):
                return Ending.GATED
        return ending

    async def _look(
        self, place: _Place, allowed: Permission, known: Mapping[str, Observed]
    ) -> frozenset[Gate]:
        """Ask for *place*, unless it was; record what came and return what bars the way."""
        seen = known.get(place.address.url)
        if seen is not None:
            return seen.gates

        def follow(asked: Address, answer: Answer, hop: Address) -> bool:
            ours = hop.authority == asked.authority and allowed.covers(hop.path)
            return ours and not _gates(_reading(_capture(place, answer, (), address=asked)))

        delay_s = max(self._delay_s, allowed.delay_s)
        capture, hops = await self._exchange(place, delay_s, follow)
        reading = _reading(capture)
        self._record(reading, hops)
        return _gates(reading)

    async def _exchange(
        self, place: _Place, delay_s: float, follow: Follow
    ) -> tuple[Capture, list[Asked]]:
        """Ask for *place* and what it redirects to, as far as *follow* says; one capture of all."""
        asked, hops, passed = place.address, list[str](), list[Asked]()
        while True:
            answer = await self._ask(asked, place.limit, delay_s)
            passed.append(Asked(asked.url, answer))
            if not answer.location:
                return _capture(place, answer, tuple(hops)), passed
            hop = _address_of(asked, answer.location)
            if hop and self._is_sealed(hop):
                # What leads there is not kept either: only that an answer came.
                bare = replace(answer, headers=(), body=None)
                return _capture(place, bare, (), error="refused-address"), passed[:-1]
            # One that is no web address is kept as it was sent: it is evidence, and never asked.
            hops.append(hop.url if hop else answer.location[:_LONGEST_ADDRESS])
            if hop is None or not follow(asked, answer, hop):
                return _capture(place, answer, tuple(hops)), passed
            if len(hops) > MOST_HOPS or hop.url in {place.address.url, *hops[:-1]}:
                return _capture(place, answer, tuple(hops), error="redirects"), passed
            asked = hop

    def _is_sealed(self, place: Address) -> bool:
        return self._sealed is not None and bool(self._sealed.kind_of(place.url))


def _together(one: Address, other: Address) -> bool:
    """Whether one robots.txt governs both (RFC 9309, section 2.3)."""
    return (one.scheme, one.authority) == (other.scheme, other.authority)


def _licences(front: Address, allowed: Permission) -> Iterator[_Place]:
    """Yield the licences that robots.txt names, as far as their addresses can be asked."""
    for url in allowed.licences:
        found = _address_of(front, url)
        if found is not None:
            yield _Place(found, Probe.FILE, LICENCE_BYTES)


def _address_of(base: Address, location: str) -> Address | None:
    """Return where *location* leads from *base*; None where that is no web address."""
    try:
        return address(urljoin(base.url, location)) if len(location) <= _LONGEST_ADDRESS else None
    except (NotAnAddress, ValueError):
        return None


def _capture(
    place: _Place,
    answer: Answer,
    hops: tuple[str, ...],
    *,
    error: str = "",
    address: Address | None = None,
) -> Capture:
    first = address or place.address
    return Capture(
        url=first.url,
        host=first.authority,
        path=first.path,
        probe=place.probe,
        captured_at=answer.at,
        method="crawl",
        status=answer.status,
        body=answer.body,
        headers=answer.headers,
        error=error or answer.error,
        hops=hops,
        truncated=answer.truncated,
    )


def _reading(capture: Capture) -> Reading:
    return Reading(capture, signals=page_signals(capture))


def _gates(reading: Reading) -> frozenset[Gate]:
    """Return what bars the way."""
    return frozenset(signal.gate for signal in reading.signals) - {Gate.NONE}
