"""The hosts that come next: taken from the store a few thousand at a time.

Just before, they are looked up in the lists received, so that a list which came in while a crawl
runs is heeded from the next few thousand hosts on.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.frontier import next_hosts
from crawler.visiting import Listed
from provenance.listing import listed_hosts, listed_pages
from provenance.many import many
from provenance.statements import statement

if TYPE_CHECKING:
    import duckdb

    from crawler.buffering import Buffer
    from crawler.frontier import Planned
    from provenance.listing import Listing

WINDOW = 2000


@dataclass(slots=True)
class Queue:
    """The frontier of one run, from its first host whose visit has not ended."""

    listed: Listed
    _ready: deque[Planned] = field(default_factory=deque)
    _after: int = -1
    _told: bool = False
    _over: bool = False
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def next(self, buffer: Buffer) -> Planned | None:
        """Return the next host to visit; None when none is left that may be asked now.

        Raises:
            StoreError: the store cannot be read.
        """
        if not self._ready and not self._over:
            async with self._one_at_a_time:
                if not self._ready and not self._over:
                    self._ready.extend(await asyncio.to_thread(self._pull, buffer))
                    # Or each host in flight would open the store once more, to find nothing.
                    self._over = not self._ready
        return self._ready.popleft() if self._ready else None

    def _pull(self, buffer: Buffer) -> list[Planned]:
        with buffer.opened() as connection:
            window = next_hosts(connection, buffer.run_id, after=self._after, size=WINDOW)
            if not window:
                return []
            self._after = window[-1].place
            return self._looked_up(connection, window, buffer)

    def _looked_up(
        self, connection: duckdb.DuckDBPyConnection, window: list[Planned], buffer: Buffer
    ) -> list[Planned]:
        """Return *window* by what accepted lists say of it, and record what they say."""
        if not connection.execute("SELECT 1 FROM entry LIMIT 1").fetchall():
            return window
        hosts = listed_hosts(connection, [one.target.host for one in window])
        pages: frozenset[tuple[str, str]] = frozenset()
        if self.listed is not Listed.PROBE:
            pages = listed_pages(
                connection,
                [(one.target.host, path) for one in window for path in one.target.paths],
            )
        _record(connection, buffer.run_id, hosts)
        self._tell(buffer, len(window), len(hosts), len(pages))
        return [_without(one, pages, listed=one.target.host in hosts) for one in window]

    def _tell(self, buffer: Buffer, window: int, hosts: int, pages: int) -> None:
        """Say once that lists name some of the hosts; the summary counts all of them."""
        if self._told or not (hosts or pages):
            return
        self._told = True
        if hosts:
            of_all = f"{hosts:,} of {many(window, 'host')}"
            buffer.say(f"named by a list received: {of_all}; {_DONE[self.listed]}")
        if pages:
            buffer.say(f"named by a list received: {many(pages, 'page')}; not asked for")


_DONE = {
    Listed.ROBOTS_ONLY: "only robots.txt is asked for",
    Listed.SKIP: "not asked for anything",
    Listed.PROBE: "visited all the same",
}


def _record(
    connection: duckdb.DuckDBPyConnection, run_id: str, hosts: dict[str, tuple[Listing, ...]]
) -> None:
    """Record which hosts stood on a list when they were about to be contacted."""
    found = [listing for listings in hosts.values() for listing in listings]
    if not found:
        return
    columns = [
        [getattr(listing, name) for listing in found]
        for name in ("host", "entry_id", "submission_id", "list_id", "received_at")
    ]
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(statement("crawler", "listed_match"), [run_id, now, *columns])


def _without(planned: Planned, pages: frozenset[tuple[str, str]], *, listed: bool) -> Planned:
    """Return *planned* without the pages that a list names singly."""
    target = planned.target
    paths = tuple(path for path in target.paths if (target.host, path) not in pages)
    return replace(planned, target=replace(target, paths=paths), listed=listed)
