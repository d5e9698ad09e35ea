"""How a crawl begins, or goes on where an earlier one broke off: settled, and recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from crawler import frontier
from crawler.plan import DELAY_S, WINDOW
from crawler.sealing import Unsealed
from crawler.settings import TIMEOUT_S
from crawler.visiting import Listed
from provenance.defaults import VERSION
from provenance.errors import UsageRefused
from provenance.recording import record_run
from provenance.sealed import names_beside
from provenance.store import writing
from provenance.suffixes import suffix_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from crawler.frontier import Unfinished
    from crawler.plan import CrawlPlan
    from provenance.sealed import SealedNames

_BEGIN = "name hosts to begin a new one"


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is recorded and can be carried out."""

    run_id: str
    hosts: int
    done: int
    headers: dict[str, str]
    continued: bool = False


def unfinished_of(plan: CrawlPlan, say: Callable[[str], None]) -> Unfinished | None:
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


def settled(plan: CrawlPlan, before: dict[str, Any]) -> CrawlPlan:
    """Return *plan* with all its settings: given now, or as *before*, or the defaults."""
    defaults = {
        "delay_s": DELAY_S,
        "window": WINDOW,
        "timeout_s": TIMEOUT_S,
        "listed": "robots-only",
    }
    chosen = {
        name: before.get(name, default) if getattr(plan, name) is None else getattr(plan, name)
        for name, default in defaults.items()
    }
    return replace(
        plan,
        **chosen | {"listed": Listed(chosen["listed"])},
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


def begun(plan: CrawlPlan, headers: dict[str, str], say: Callable[[str], None]) -> Run:
    """Read the hosts, then record the run with all of them in one transaction."""
    run_id = f"crawl-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{token_hex(4)}"
    holds = plan.shard.holds if plan.shard else None
    kept = Unsealed(sealed_names(plan))
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
    return Run(run_id, draft.hosts, 0, headers)


def continued(
    plan: CrawlPlan, found: Unfinished, headers: dict[str, str], say: Callable[[str], None]
) -> Run:
    """Record that the crawl *found* goes on, and with which settings."""
    settings = _settings(plan, headers, found.hosts)
    now = datetime.now(UTC).replace(tzinfo=None)
    with writing(plan.store, wait_s=plan.wait_s, say=say) as connection:
        frontier.record_continuation(connection, found.run_id, now, settings)
    say(
        f"continuing {found.run_id}, begun {found.started_at:%Y-%m-%d %H:%M}Z:"
        f" {found.done:,} of {found.hosts:,} hosts are done (--afresh begins a new crawl)"
    )
    return Run(found.run_id, found.hosts, found.done, headers, continued=True)


def sealed_names(plan: CrawlPlan) -> SealedNames | None:
    """Return what sealed lists name, which the crawl must not contact; None: there are none."""
    return names_beside(plan.sealed_beside or plan.store)
