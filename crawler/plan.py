"""What a crawl is asked to do, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.settings import NETWORK_WAIT_S
from provenance.defaults import WAIT_S

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from crawler.sharding import Shard
    from crawler.targets import Target
    from crawler.visiting import Listed

DELAY_S = 2.0
WINDOW = 16
MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class CrawlPlan:
    """What to visit, and how; None: as the crawl that is continued, else the default."""

    targets: Iterable[Target]
    """Read once, and not at all where a crawl is continued."""
    store: Path
    contact: str
    """A mail address or a page: whom site owners can write to."""
    wait_s: float = WAIT_S
    delay_s: float | None = None
    """Between two requests to one site; a longer Crawl-delay wins."""
    window: int | None = None
    """Hosts in flight."""
    timeout_s: float | None = None
    """For one whole answer."""
    network_wait_s: float = NETWORK_WAIT_S
    """How long a network that is down is waited for."""
    listed: Listed | None = None
    """What is done with hosts on a list received."""
    pages: int = MOST_PAGES
    """Of one host, beside the front page."""
    allow_loopback: bool = False
    shard: Shard | None = None
    """Which part of the hosts is visited; None: all."""
    sealed_beside: Path | None = None
    """The store whose sealed lists are heeded; None: this one's."""
    command: str = ""
    """What was asked for, as a digest: the same command continues what it began."""
    resume: bool = False
    """Continue the crawl begun last, whatever it was to visit."""
    afresh: bool = False
    """Begin a new crawl, also where the same command did not come to its end."""


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What came of a crawl, from its beginning, in hosts unless said otherwise."""

    run_id: str
    hosts: int
    """All that were to be visited."""
    visited: int
    gated: int
    refused: int
    """robots.txt does not let us fetch at least one of the pages."""
    unreachable: int
    unreadable: int
    too_slow: int
    listed: int
    captures: int
    seconds: float
    """Of this process."""
    stopped: str
    """Why it ended early: interrupted, memory, network down; empty when it did not."""
    deferred: int = 0
    """They asked to be left alone for longer than we wait."""
    deferred_until: str = ""
    """When the first of them may be asked, UTC."""
    continued: bool = False
    """A process before this one had begun it; `seconds` are of this one alone."""

    @property
    def done(self) -> int:
        """Hosts whose visit came to its end."""
        counts = (self.visited, self.gated, self.refused, self.unreachable, self.unreadable)
        return sum(counts) + self.too_slow + self.listed
