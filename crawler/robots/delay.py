"""How long a robots.txt asks to wait between two requests: Crawl-delay and Request-rate.

RFC 9309 knows neither; they stand in every sixth file. A group's line holds for all agents of the
group; of several the longest wait counts.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from crawler.robots.decision import group_for
from crawler.robots.lines import robots_lines
from crawler.robots.reading import read_robots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.robots.lines import Line

_UNITS_S = {"": 1, "s": 1, "m": 60, "h": 3600}
_SECONDS = re.compile(
    r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*(?:s(?:ec(?:onds?)?)?\.?)?", re.IGNORECASE
)
_RATE = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})\s*([smh]?)\b.*")


def crawl_delay(body: bytes, token: str) -> float | None:
    """Return the seconds that *body* asks *token* to wait; None where it asks for nothing.

    Raises:
        TooComplex: as `read_robots`.
    """
    group = group_for(read_robots(body), token)
    if group is None:
        return None
    waits = [wait for agents, wait in _waits(body) if agents & set(group.lines)]
    return max(waits, default=None)


def _waits(body: bytes) -> Iterator[tuple[set[int], float]]:
    """Yield each wait with the numbers of the User-agent lines it stands under."""
    agents: set[int] = set()
    found: list[tuple[set[int], float]] = []
    rules = False
    for line in robots_lines(body):
        if line.field == "user-agent":
            if rules:
                agents, rules = set(), False
            agents.add(line.number)
        elif line.field in {"allow", "disallow"}:
            rules = True
        elif agents:
            # The set is shared on purpose: agents named after the line belong to the group too.
            found.extend((agents, wait) for wait in _wait(line))
    yield from found


def _wait(line: Line) -> Iterator[float]:
    if line.field == "crawl-delay":
        named = _SECONDS.fullmatch(line.value)
        try:
            wait = float(named[1].replace(",", ".") if named else line.value)
        except ValueError:
            return
        if wait > 0 and not math.isnan(wait):
            yield wait
    elif line.field == "request-rate":
        rate = _RATE.fullmatch(line.value)
        if rate and int(rate[1]):
            yield int(rate[2]) * _UNITS_S[rate[3]] / int(rate[1])
