"""The visit to one host: its robots.txt, its front page, then pages of a manifest.

A page is asked for only when our own agent may fetch it. Where robots.txt cannot be reached
(RFC 9309, section 2.3.1.4) or cannot be read, we cannot tell, and stay away. The first gate ends
the visit: a gate is recorded, never tried again and never passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.pages import page_signals
from crawler.politeness import LONGEST_DELAY_S
from crawler.robots.decision import decide
from crawler.robots.delay import crawl_delay
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from crawler.settings import PAGE_BYTES, ROBOTS_BYTES, TOKEN
from provenance.records import Capture, Gate, Outcome, Probe, Reading
from provenance.urls import Address, NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from crawler.fetching import Answer
    from crawler.targets import Target
    from provenance.records import RobotsFile

    Ask = Callable[[Address, int, float], Awaitable[Answer]]
    """Asks an address for at most so many octets, after which its site rests so many seconds."""

MOST_HOPS = 5
"""RFC 9309, section 2.3.1.2; browsers follow more, we do not need to."""

_LONGEST_ADDRESS = 2000


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
    """It stands on a list received: only robots.txt was asked for."""


@dataclass(frozen=True, slots=True)
class _Permission:
    """What a robots.txt leaves to us."""

    file: RobotsFile | None
    """None: there are no rules."""

    def covers(self, path: str) -> bool:
        """Whether our agent may fetch *path*."""
        return self.file is None or decide(self.file, TOKEN, path).crawl == "allow"


async def visit(
    target: Target, *, ask: Ask, record: Callable[[Reading], None], delay_s: float, listed: bool
) -> Ending:
    """Visit *target* and record each exchange; return how the visit ended.

    Raises:
        StoppedError: the crawl is ending; what was exchanged so far is recorded.
    """
    scheme, robots = await _robots(target, ask=ask, record=record, delay_s=delay_s)
    if listed:
        return Ending.LISTED
    body = robots.capture.body or b""
    match robots.outcome:
        case Outcome.PARSED:
            permission = _Permission(read_robots(body))
            delay_s = max(delay_s, crawl_delay(body, TOKEN) or 0)
        case Outcome.UNAVAILABLE:
            permission = _Permission(None)
        case Outcome.UNREACHABLE:
            return Ending.UNREACHABLE
        case _:
            return Ending.UNREADABLE
    if delay_s > LONGEST_DELAY_S:
        return Ending.TOO_SLOW
    pages = [address(f"{scheme}://{target.host}{path}") for path in target.paths]
    return await _pages(pages, permission, ask=ask, record=record, delay_s=delay_s)


async def _robots(
    target: Target, *, ask: Ask, record: Callable[[Reading], None], delay_s: float
) -> tuple[str, Reading]:
    """Ask for robots.txt by the first scheme that somebody speaks."""
    for scheme in target.schemes:
        capture = await _exchange(
            address(f"{scheme}://{target.host}/robots.txt"),
            probe=Probe.ROBOTS,
            ask=lambda place: ask(place, ROBOTS_BYTES, delay_s),
            follow=lambda _asked, _answer, _hop: True,
        )
        outcome, reason = classify(capture)
        reading = Reading(capture, outcome, reason)
        record(reading)
        if capture.error != "connection":
            break
    return scheme, reading


async def _pages(
    pages: list[Address],
    permission: _Permission,
    *,
    ask: Ask,
    record: Callable[[Reading], None],
    delay_s: float,
) -> Ending:
    def follow(asked: Address, answer: Answer, hop: Address) -> bool:
        ours = hop.authority == asked.authority and permission.covers(hop.path)
        return ours and not _gates(_capture(asked, Probe.PAGE, answer, ()))

    ending = Ending.VISITED
    for page in pages:
        if not permission.covers(page.path):
            ending = Ending.REFUSED
            continue
        capture = await _exchange(
            page,
            probe=Probe.PAGE,
            ask=lambda place: ask(place, PAGE_BYTES, delay_s),
            follow=follow,
        )
        record(Reading(capture, signals=page_signals(capture)))
        if _gates(capture):
            return Ending.GATED
    return ending


async def _exchange(
    first: Address,
    *,
    probe: Probe,
    ask: Callable[[Address], Awaitable[Answer]],
    follow: Callable[[Address, Answer, Address], bool],
) -> Capture:
    """Ask for *first* and for what it redirects to, as far as *follow* says; one capture of all."""
    asked, hops = first, list[str]()
    while True:
        answer = await ask(asked)
        if not answer.location:
            return _capture(first, probe, answer, tuple(hops))
        hop = _address_of(asked, answer.location)
        # One that is no web address is kept as it was sent: it is evidence, and never asked.
        hops.append(hop.url if hop else answer.location[:_LONGEST_ADDRESS])
        if hop is None or not follow(asked, answer, hop):
            return _capture(first, probe, answer, tuple(hops))
        if len(hops) > MOST_HOPS or hop.url in {first.url, *hops[:-1]}:
            return _capture(first, probe, answer, tuple(hops), error="redirects")
        asked = hop


def _address_of(base: Address, location: str) -> Address | None:
    """Return where *location* leads from *base*; None where that is no web address."""
    try:
        return address(urljoin(base.url, location)) if len(location) <= _LONGEST_ADDRESS else None
    except (NotAnAddress, ValueError):
        return None


def _capture(
    first: Address, probe: Probe, answer: Answer, hops: tuple[str, ...], *, error: str = ""
) -> Capture:
    return Capture(
        url=first.url,
        host=first.authority,
        path=first.path,
        probe=probe,
        captured_at=answer.at,
        method="crawl",
        status=answer.status,
        body=answer.body,
        headers=answer.headers,
        error=error or answer.error,
        hops=hops,
        truncated=answer.truncated,
    )


def _gates(capture: Capture) -> bool:
    """Whether something bars the way."""
    return any(signal.gate is not Gate.NONE for signal in page_signals(capture))
