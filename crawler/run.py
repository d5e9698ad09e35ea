"""A crawl from its plan to its summary: the frontier, the visits, then what came of them."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from crawler import frontier
from crawler.beginning import begun, continued, sealed_names, settled, unfinished_of
from crawler.plan import CrawlSummary
from crawler.seldom_collecting import OF_EXCHANGES, collecting_seldom
from crawler.settings import TIMEOUT_S, identity, scrapy_settings
from crawler.visiting import Ending
from provenance.evidence import EvidenceFile
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.beginning import Run
    from crawler.plan import CrawlPlan
    from crawler.spider import Crawl


def crawl(plan: CrawlPlan, *, say: Callable[[str], None]) -> CrawlSummary:
    """Carry out *plan*; once in the life of a process, as Scrapy's reactor starts only once.

    Raises:
        UsageRefused: no contact, no host, or nothing to continue.
        StoreError: the store cannot be used; what was written before is kept.
    """
    started = monotonic()
    found = unfinished_of(plan, say)
    plan = settled(plan, found.settings if found else {})
    headers = identity(plan.contact)
    run = continued(plan, found, headers, say) if found else begun(plan, headers, say)
    about = {"http-header-user-agent": headers["User-Agent"], "operator": plan.contact}
    name = f"{run.run_id}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    with EvidenceFile(plan.store, name, about=about) as evidence:
        work = _work(plan, run, evidence, say)
        _carry_out(plan, run, work, say)
    return _summary(plan, run, work, monotonic() - started, say)


def _work(plan: CrawlPlan, run: Run, evidence: EvidenceFile, say: Callable[[str], None]) -> Crawl:
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
        guard=Guard(allow_loopback=plan.allow_loopback, sealed=sealed_names(plan)),
        rests=rests,
        window=plan.window,
        delay_s=plan.delay_s,
        listed=plan.listed,
        say=say,
        known=known,
        network_wait_s=plan.network_wait_s,
        floor_s=plan.delay_s if run.continued else 0.0,
    )


def _carry_out(plan: CrawlPlan, run: Run, work: Crawl, say: Callable[[str], None]) -> None:
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
        with collecting_seldom(OF_EXCHANGES):
            process.start(install_signal_handlers=False)  # the spider has its own
    failure = work.failure
    while isinstance(failure, BaseExceptionGroup):  # several hosts at once, one cause
        failure = failure.exceptions[0]
    if failure is not None:
        raise failure
    ended.result()


def _summary(
    plan: CrawlPlan, run: Run, work: Crawl, seconds: float, say: Callable[[str], None]
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
        continued=run.continued,
        **{ending.value.replace("-", "_"): endings.get(ending, 0) for ending in Ending},
    )
