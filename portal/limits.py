"""How often somebody may ask: buckets that fill again with time, a bounded number of them."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST_BUCKETS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a minute."""

    burst: float
    per_minute: float


RATES: Mapping[str, Rate] = {
    "any": Rate(240, 600),
    "handing-in": Rate(30, 60),
    "open-form": Rate(10, 10),
    "sign-in": Rate(10, 10),
    "wrong-token": Rate(20, 20),
}
"""Of one address, or of one account where somebody is signed in."""


def counted_as(address: str) -> str:
    """Return by what *address* is counted: whoever has an IPv6 network has all of its 2**64."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    # Where a server listens on `::`, all of IPv4 comes from one such network (RFC 4291, 2.5.5.2).
    within = found.ipv4_mapped
    return str(within) if within else str(ip_network((found, 64), strict=False))


class Limiter:
    """Counts in memory: a restart forgives all."""

    def __init__(
        self,
        rates: Mapping[str, Rate] = RATES,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rates = rates
        self._clock = clock
        self._lock = Lock()
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def wait(self, what: str, who: str, *, cost: float = 1.0) -> float:
        """Return 0 if *who* may do *what* now, and count it; else for how many seconds not yet.

        With a *cost* of 0 nothing is counted.
        """
        rate, now = self._rates[what], self._clock()
        with self._lock:
            left, last = self._buckets.pop((what, who), (rate.burst, now))
            left = min(rate.burst, left + (now - last) * rate.per_minute / 60)
            enough = left >= max(cost, 1.0)
            self._buckets[what, who] = (left - cost if enough else left, now)
            if len(self._buckets) > _MOST_BUCKETS:
                self._buckets.popitem(last=False)  # whoever came longest ago
        return 0.0 if enough else (1.0 - left) * 60 / rate.per_minute

    def __len__(self) -> int:
        """Return how many buckets are held."""
        return len(self._buckets)
