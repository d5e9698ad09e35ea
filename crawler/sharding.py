"""One worker's part of a crawl: every site falls to exactly one of n shards, on every machine.

What is hashed is what requests take turns for (`crawler.politeness.lane`): the registrable domain,
or an address with its port. So one site is visited by one worker, which alone keeps its delay.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.politeness import lane
from provenance.errors import UsageRefused
from provenance.show import show
from provenance.urls import address

if TYPE_CHECKING:
    from crawler.targets import Target

_SHARD = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Shard:
    """The part *number* of *count*, counted from 1."""

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def holds(self, target: Target) -> bool:
        """Tell whether *target* falls to this shard."""
        site = lane(address(f"{target.schemes[0]}://{target.host}"))
        digest = hashlib.sha256(site.encode()).digest()
        return int.from_bytes(digest) % self.count + 1 == self.number


def shard(text: str) -> Shard:
    """Return the shard *text* names, e.g. `3/16`.

    Raises:
        UsageRefused: it names none.
    """
    parts = _SHARD.fullmatch(text)
    if not parts or int(parts[1]) > int(parts[2]):
        remedy = "write the worker's number, from 1, and how many there are: 3/16"
        raise UsageRefused("--shard", f"there is no shard {show(text, 40)!r}", remedy)
    return Shard(int(parts[1]), int(parts[2]))
