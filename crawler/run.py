"""A crawl from its plan to its summary: the frontier, the visits, then what came of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING

from crawler import frontier
from crawler.sealing import Unsealed
from crawler.settings import NETWORK_WAIT_S, TIMEOUT_S, identity, scrapy_settings
from crawler.visiting import Ending, Listed
from provenance.defaults import VERSION, WAIT_S
from provenance.errors import UsageRefused
from provenance.evidence import EvidenceFile
from provenance.recording import record_run
from provenance.sealed import names_beside
from provenance.store import writing
from provenance.suffixes import suffix_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import Any

    from crawler.frontier import Unfinished
    from crawler.sharding import Shard
    from crawler.spider import Crawl
    from crawler.targets import Target
    from provenance.sealed import SealedNames

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

    @property
    def done(self) -> int:
        """Hosts whose visit came to its end."""
        counts = (self.visited, self.gated, self.refused, self.unreachable, self.unreadable)
        return sum(counts) + self.too_slow + self.listed


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that is recorded and can be carried out."""

    run_id: str
    hosts: int
    done: int
    headers: dict[str, str]
    continued: bool = False


def crawl(plan: CrawlPlan, *, say: Callable[[str], None]) -> CrawlSummary:
    """Carry out *plan*; once in the life of a process, as Scrapy's reactor starts only once.

    Raises:
        UsageRefused: no contact, no host, or nothing to continue.
        StoreError: the store cannot be used; what was written before is kept.
    """
    started = monotonic()
    found = _found(plan, say)
    plan = _settled(plan, found.settings if found else {})
    headers = identity(plan.contact)
    run = _continued(plan, found, headers, say) if found else _begun(plan, headers, say)
    about = {"http-header-user-agent": headers["User-Agent"], "operator": plan.contact}
    name = f"{run.run_id}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    with EvidenceFile(plan.store, name, about=about) as evidence:
        work = _work(plan, run, evidence, say)
        _carry_out(plan, run, work, say)
    return _summary(plan, run, work, monotonic() - started, say)


def _found(plan: CrawlPlan, say: Callable[[str], None]) -> Unfinished | None:
    """Return the crawl that *plan* continues; None where it begins a new one."""
    if plan.resume and not plan.store.exists():
        raise UsageRefused("crawl --resume", f"there is no store {plan.store}", _BEGIN)
    if plan.afresh or not (plan.resume or plan.command) or not plan.store.exists():
        return None
    command = "" if plan.resume else plan.command
    with writing(plan.store, wait_s=plan.wait_s, say=say) as connection:
        found = frontier.unfinished(connection, command)
    if found is None and plan.resume:
        fact = f"every crawl of {plan.store} came to its end"
        raise UsageRefused("crawl --resume", fact, _BEGIN)
    return found


_BEGIN = "name hosts to begin a new one"


def _settled(plan: CrawlPlan, before: dict[str, Any]) -> CrawlPlan:
    """Return *plan* with all its settings: given now, or as *before*, or the defaults."""
    defaults = {
        "delay_s": DELAY_S,
        "window": WINDOW,
        "timeout_s": TIMEOUT_S,
        "listed": "robots-only",
    }
    settled = {
        name: before.get(name, default) if getattr(plan, name) is None else getattr(plan, name)
        for name, default in defaults.items()
    }
    return replace(
        plan,
        **settled | {"listed": Listed(settled["listed"])},
        contact=plan.contact or before.get("contact", ""),
        allow_loopback=plan.allow_loopback or before.get("allow_loopback", False),
    )


def _settings(plan: CrawlPlan, headers: dict[str, str], hosts: int) -> dict[str, object]:
    settings: dict[str, object] = {
        **headers,
        "contact": plan.contact,
        "delay_s": plan.delay_s,
        "window": plan.window,
        "timeout_s": plan.timeout_s,
        "listed": plan.listed,
        "hosts": hosts,
        "allow_loopback": plan.allow_loopback,
        "command": plan.command,
    }
    if plan.shard:  # the suffix list decides what a site is, and so whose it is
        settings |= {"shard": str(plan.shard), "suffix_list": suffix_list().sha256}
    return settings


def _begun(plan: CrawlPlan, headers: dict[str, str], say: Callable[[str], None]) -> _Run:
    """Read the hosts, then record the run with all of them in one transaction."""
    run_id = f"crawl-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{token_hex(4)}"
    holds = plan.shard.holds if plan.shard else None
    kept = Unsealed(_names(plan))
    with frontier.drafted(kept.of(plan.targets), pages=plan.pages, holds=holds) as draft:
        if kept.hosts or kept.pages:
            say(
                f"left out, for sealed lists name them: {kept.hosts:,} mentions of hosts, "
                f"{kept.pages:,} pages; they are not contacted"
            )
        if not draft.named:
            remedy = "name a HOST, or give --hosts FILE or --manifest FILE"
            raise UsageRefused("crawl", "no host to visit", remedy)
        if plan.shard:
            say(f"shard {plan.shard}: {draft.hosts:,} of {draft.named:,} hosts")
        with writing(plan.store, wait_s=plan.wait_s, say=say) as connection:
            record_run(
                connection,
                run_id=run_id,
                kind="crawl",
                started_at=datetime.now(UTC),
                settings=_settings(plan, headers, draft.hosts),
                version=VERSION,
            )
            frontier.plan(connection, run_id, draft)
    return _Run(run_id, draft.hosts, 0, headers)


def _continued(
    plan: CrawlPlan, found: Unfinished, headers: dict[str, str], say: Callable[[str], None]
) -> _Run:
    """Record that the crawl *found* goes on, and with which settings."""
    settings = _settings(plan, headers, found.hosts)
    now = datetime.now(UTC).replace(tzinfo=None)
    with writing(plan.store, wait_s=plan.wait_s, say=say) as connection:
        frontier.record_continuation(connection, found.run_id, now, settings)
    say(
        f"continuing {found.run_id}, begun {found.started_at:%Y-%m-%d %H:%M}Z:"
        f" {found.done:,} of {found.hosts:,} hosts are done (--afresh begins a new crawl)"
    )
    return _Run(found.run_id, found.hosts, found.done, headers, continued=True)


def _names(plan: CrawlPlan) -> SealedNames | None:
    return names_beside(plan.sealed_beside or plan.store)


def _work(plan: CrawlPlan, run: _Run, evidence: EvidenceFile, say: Callable[[str], None]) -> Crawl:
    from crawler.addresses import Guard
    from crawler.buffering import Buffer
    from crawler.queueing import Queue
    from crawler.resting import Rests
    from crawler.spider import Crawl

    assert plan.delay_s is not None and plan.window and plan.listed  # noqa: S101, PT018 (settled)
    with writing(plan.store, wait_s=plan.wait_s, say=say) as connection:
        known = frontier.begun(connection, run.run_id) if run.continued else {}
        rests = Rests.of(connection)
    return Crawl(
        queue=Queue(plan.listed),
        buffer=Buffer(plan.store, run.run_id, plan.wait_s, say, evidence),
        guard=Guard(allow_loopback=plan.allow_loopback, sealed=_names(plan)),
        rests=rests,
        window=plan.window,
        delay_s=plan.delay_s,
        listed=plan.listed,
        say=say,
        known=known,
        network_wait_s=plan.network_wait_s,
        floor_s=plan.delay_s if run.continued else 0.0,
    )


def _carry_out(plan: CrawlPlan, run: _Run, work: Crawl, say: Callable[[str], None]) -> None:
    """Run the spider to its end, and raise what made it fail."""
    from scrapy.crawler import AsyncCrawlerProcess
    from twisted.logger import globalLogBeginner

    from crawler.showing import shown
    from crawler.spider import SignalSpider

    # Twisted would print what a certificate says; what failed is recorded.
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    settings = scrapy_settings(
        headers=run.headers,
        window=work.window,
        delay_s=work.delay_s,
        timeout_s=plan.timeout_s or TIMEOUT_S,
        guard=work.guard,
    )
    with shown(work, hosts=run.hosts, done=run.done, say=say):
        process = AsyncCrawlerProcess(settings)
        ended = process.crawl(SignalSpider, crawl=work)
        process.start(install_signal_handlers=False)  # the spider has its own
    failure = work.failure
    while isinstance(failure, BaseExceptionGroup):  # several hosts at once, one cause
        failure = failure.exceptions[0]
    if failure is not None:
        raise failure
    ended.result()


def _summary(
    plan: CrawlPlan, run: _Run, work: Crawl, seconds: float, say: Callable[[str], None]
) -> CrawlSummary:
    """Count what the store holds of the run, from all processes that worked on it."""
    with writing(plan.store, wait_s=plan.wait_s, say=say) as connection:
        endings = frontier.endings(connection, run.run_id)
        left, until = frontier.waiting(connection, run.run_id)
        captures = connection.execute(
            "SELECT count(*) FROM capture WHERE run_id = ?", [run.run_id]
        ).fetchall()[0][0]
    deferred = 0 if work.stopped else left
    return CrawlSummary(
        run_id=run.run_id,
        hosts=run.hosts,
        captures=captures,
        seconds=round(seconds, 1),
        stopped=work.stopped,
        deferred=deferred,
        deferred_until=f"{until:%Y-%m-%dT%H:%M:%SZ}" if deferred and until else "",
        **{ending.value.replace("-", "_"): endings.get(ending, 0) for ending in Ending},
    )
