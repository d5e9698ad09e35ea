"""A crawl from its plan to its summary: lists first, then the visits, then what came of them."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from crawler.settings import TIMEOUT_S, identity, scrapy_settings
from provenance.defaults import VERSION, WAIT_S
from provenance.listing import listed_hosts, listed_pages
from provenance.recording import record_run
from provenance.statements import statement
from provenance.store import writing
from provenance.suffixes import suffix_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from crawler.sharding import Shard
    from crawler.spider import Crawl
    from crawler.targets import Target
    from provenance.listing import Listing

DELAY_S = 2.0
WINDOW = 16

_SAY_EVERY_S = 10.0


@dataclass(frozen=True, slots=True)
class CrawlPlan:
    """What to visit, and how."""

    targets: Sequence[Target]
    store: Path
    contact: str
    """A mail address or a page: whom site owners can write to."""
    wait_s: float = WAIT_S
    delay_s: float = DELAY_S
    """Between two requests to one site; a longer Crawl-delay wins."""
    window: int = WINDOW
    """Hosts in flight."""
    timeout_s: float = TIMEOUT_S
    """For one whole answer."""
    allow_loopback: bool = False
    shard: Shard | None = None
    """Which part of the hosts that were named *targets* are; None: all."""


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What came of a crawl, in hosts unless said otherwise."""

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
    stopped: str
    """Why it ended early: interrupted, memory; empty when it did not."""

    @property
    def done(self) -> int:
        """Hosts whose visit came to its end."""
        counts = (self.visited, self.gated, self.refused, self.unreachable, self.unreadable)
        return sum(counts) + self.too_slow + self.listed


def crawl(plan: CrawlPlan, *, say: Callable[[str], None]) -> CrawlSummary:
    """Carry out *plan*; once in the life of a process, as Scrapy's reactor starts only once.

    Raises:
        UsageRefused: no contact.
        StoreError: the store cannot be used; what was written before is kept.
    """
    headers = identity(plan.contact)
    run_id = f"crawl-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{token_hex(4)}"
    started = time.monotonic()
    listed, pages = _begin(plan, run_id, headers, say)
    if listed:
        said = f"{len(listed):,} of {len(plan.targets):,} hosts stand on a list received"
        say(f"{said}: only their robots.txt is asked for")
    if pages:
        say(f"{len(pages):,} pages stand on a list received and are not asked for")
    work = _work(plan, run_id, listed, pages, say)
    with _progress(work, len(plan.targets), say):
        _run_scrapy(plan, work, headers)
    from crawler.visiting import Ending

    counts = {ending.value.replace("-", "_"): work.endings[ending] for ending in Ending}
    return CrawlSummary(
        run_id=run_id,
        hosts=len(plan.targets),
        captures=work.buffer.written,
        seconds=round(time.monotonic() - started, 1),
        stopped=work.stopped,
        **counts,
    )


def _begin(
    plan: CrawlPlan, run_id: str, headers: dict[str, str], say: Callable[[str], None]
) -> tuple[dict[str, tuple[Listing, ...]], frozenset[tuple[str, str]]]:
    """Record the run and which of its hosts stand on a list, in one short transaction.

    Returns the entries of each listed host, and the pages that entries name singly.
    """
    settings: dict[str, object] = {
        **headers,
        "delay_s": plan.delay_s,
        "window": plan.window,
        "timeout_s": plan.timeout_s,
        "hosts": len(plan.targets),
        "allow_loopback": plan.allow_loopback,
    }
    if plan.shard:  # the suffix list decides what a site is, and so whose it is
        settings |= {"shard": str(plan.shard), "suffix_list": suffix_list().sha256}
    now = datetime.now(UTC)
    with writing(plan.store, wait_s=plan.wait_s, say=say) as connection:
        record_run(
            connection,
            run_id=run_id,
            kind="crawl",
            started_at=now,
            settings=settings,
            version=VERSION,
        )
        listed = listed_hosts(connection, [target.host for target in plan.targets])
        pages = listed_pages(
            connection, [(target.host, path) for target in plan.targets for path in target.paths]
        )
        found = [listing for listings in listed.values() for listing in listings]
        if found:
            columns = [
                [getattr(listing, name) for listing in found]
                for name in ("host", "entry_id", "submission_id", "list_id", "received_at")
            ]
            connection.execute(
                statement("crawler", "listed_match"), [run_id, now.replace(tzinfo=None), *columns]
            )
    return listed, pages


def _work(
    plan: CrawlPlan,
    run_id: str,
    listed: Iterable[str],
    pages: frozenset[tuple[str, str]],
    say: Callable[[str], None],
) -> Crawl:
    from crawler.addresses import Guard
    from crawler.buffering import Buffer
    from crawler.spider import Crawl

    return Crawl(
        targets=(_without(target, pages) for target in plan.targets),
        listed=frozenset(listed),
        buffer=Buffer(plan.store, run_id, plan.wait_s, say),
        guard=Guard(allow_loopback=plan.allow_loopback),
        window=plan.window,
        delay_s=plan.delay_s,
        say=say,
    )


def _without(target: Target, pages: frozenset[tuple[str, str]]) -> Target:
    """Return *target* without the pages that a list names."""
    paths = tuple(path for path in target.paths if (target.host, path) not in pages)
    return replace(target, paths=paths)


def _run_scrapy(plan: CrawlPlan, work: Crawl, headers: dict[str, str]) -> None:
    """Run the spider to its end, and raise what made it fail."""
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.spider import SignalSpider

    settings = scrapy_settings(
        headers=headers,
        window=plan.window,
        delay_s=plan.delay_s,
        timeout_s=plan.timeout_s,
        guard=work.guard,
    )
    process = AsyncCrawlerProcess(settings)
    ended = process.crawl(SignalSpider, crawl=work)
    process.start(install_signal_handlers=False)  # the spider has its own
    failure = work.failure
    while isinstance(failure, BaseExceptionGroup):  # several hosts at once, one cause
        failure = failure.exceptions[0]
    if failure is not None:
        raise failure
    ended.result()


@contextmanager
def _progress(work: Crawl, hosts: int, say: Callable[[str], None]) -> Iterator[None]:
    """Show how far *work* is: a bar on a terminal, else a line every ten seconds."""
    over = threading.Event()
    shown = _bar if sys.stderr.isatty() else _lines
    thread = threading.Thread(target=shown, args=(work, hosts, say, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _lines(work: Crawl, hosts: int, say: Callable[[str], None], over: threading.Event) -> None:
    while not over.wait(_SAY_EVERY_S):
        done = sum(work.endings.values())
        say(f"{done:,} of {hosts:,} hosts, {work.buffer.written:,} captures kept")


def _bar(work: Crawl, hosts: int, _: Callable[[str], None], over: threading.Event) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("hosts", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("crawl", total=hosts)
        while not over.wait(0.2):
            progress.update(task, completed=sum(work.endings.values()))
        progress.update(task, completed=sum(work.endings.values()))
