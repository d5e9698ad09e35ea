"""`provisor crawl`: visit hosts and record what they say to AI crawlers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.errors import Incomplete, UsageRefused
from provenance.many import many
from provenance.options import json_option, say, store_options
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.plan import CrawlSummary
    from crawler.targets import Target

_FILE = click.Path(path_type=Path)


@click.command("crawl")
@click.argument("hosts", metavar="[HOST]...", nargs=-1)
@click.option("--hosts", "hosts_file", type=_FILE, help="A text file, one host or URL a line.")
@click.option("--manifest", type=_FILE, help="A dataset manifest, in any form of docs/auditing.md.")
@click.option("--url-column", help="Its column of addresses.  [default: found by name]")
@click.option(
    "--pages",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    help="Pages to visit on each host beside the front page, if the manifest or list names some.",
)
@click.option(
    "--shard",
    "part",
    metavar="K/N",
    help="Visit only the sites that fall to worker K of N.  [default: all]",
)
@click.option(
    "--contact",
    default="",
    envvar="PROVISOR_CONTACT",
    metavar="URL-OR-MAIL",
    help="Whom site owners can write to; sent with every request.",
)
@click.option(
    "--delay",
    "delay_s",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Wait between two requests to a site; a longer Crawl-delay wins.  [default: 2]",
)
@click.option(
    "--concurrency",
    type=click.IntRange(min=1, max=2000),
    metavar="HOSTS",
    help="Hosts visited at the same time.  [default: 16]",
)
@click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(min=1, max=120),
    metavar="SECONDS",
    help="For one whole answer.  [default: 20]",
)
@click.option(
    "--network-wait",
    "network_wait_s",
    type=click.FloatRange(min=0),
    default=900,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for a network that is down.",
)
@click.option(
    "--listed",
    type=click.Choice(["robots-only", "skip", "probe"]),
    help="What to do with hosts on a list received.  [default: robots-only]",
)
@click.option("--resume", is_flag=True, help="Continue the crawl begun last; name no hosts.")
@click.option("--afresh", is_flag=True, help="Begin anew where this command was not finished.")
@click.option("--allow-loopback", is_flag=True, hidden=True)
@store_options
@json_option
def crawl_hosts(
    hosts: tuple[str, ...],
    hosts_file: Path | None,
    manifest: Path | None,
    url_column: str | None,
    pages: int,
    part: str | None,
    contact: str,
    delay_s: float | None,
    concurrency: int | None,
    timeout_s: float | None,
    network_wait_s: float,
    listed: str | None,
    store: Path,
    wait_s: float,
    *,
    resume: bool,
    afresh: bool,
    allow_loopback: bool,
    as_json: bool,
) -> None:
    """Visit hosts and record what they say to AI crawlers.

    Of each HOST robots.txt is asked for first, then, where robots.txt lets our own agent
    (`provisor`), the files in which sites speak to machines, the front page and a few pages of the
    manifest. A host on a list that was received is asked for its robots.txt only. Gates are
    recorded and never passed. All that passes over the wire is kept in STORE.evidence/.

    A crawl that was interrupted or killed goes on when the same command is given again, or with
    --resume, which takes hosts and settings from the crawl begun last. A crawl that came to its end
    is not continued: the same command then visits all hosts again.

    \b
    Examples:
      provisor crawl example.com --contact crawl@example.org
      provisor crawl --manifest rows.parquet --contact https://example.org/crawl
      provisor crawl --manifest rows.parquet --shard 3/16 --contact crawl@example.org
      provisor crawl --resume
    """
    from crawler import run
    from crawler.plan import CrawlPlan
    from crawler.sharding import shard
    from crawler.visiting import Listed

    if resume and (hosts or hosts_file or manifest or part or afresh):
        raise UsageRefused("--resume", "takes its hosts from the crawl begun last", "name no hosts")
    mine = shard(part) if part is not None else None
    files = [file for file in (hosts_file, manifest) if file]
    plan = CrawlPlan(
        targets=_targets(hosts, hosts_file, manifest, url_column, pages),
        shard=mine,
        store=store,
        contact=contact,
        wait_s=wait_s,
        delay_s=delay_s,
        window=concurrency,
        timeout_s=timeout_s,
        network_wait_s=network_wait_s,
        listed=Listed(listed) if listed else None,
        pages=pages,
        allow_loopback=allow_loopback,
        command=_command(files, hosts, manifest is not None, url_column, pages, part),
        resume=resume,
        afresh=afresh,
    )
    summary = run.crawl(plan, say=say)
    click.echo(json_text(asdict(summary)) if as_json else _told(summary))
    done = f"after {summary.done:,} of {many(summary.hosts, 'host')}"
    if summary.stopped:
        fact = f"stopped ({summary.stopped}) {done}"
        raise Incomplete("crawl", fact, "what was recorded is kept; go on with --resume")
    if summary.deferred:
        until = f", the first until {summary.deferred_until}" if summary.deferred_until else ""
        fact = f"{many(summary.deferred, 'host')} asked to be left alone{until}; ended {done}"
        raise Incomplete("crawl", fact, "go on with --resume then")


def _command(files: list[Path], *words: object) -> str:
    """Return what tells this command from others: its words, and its files as they are now."""
    states = [
        (str(file.absolute()), file.stat().st_size, file.stat().st_mtime_ns)
        for file in files
        if file.exists()
    ]
    return hashlib.sha256(json.dumps([states, words], default=str).encode()).hexdigest()


def _targets(
    hosts: tuple[str, ...],
    hosts_file: Path | None,
    manifest: Path | None,
    url_column: str | None,
    pages: int,
) -> Iterator[Target]:
    from crawler.manifests import targets_in_manifest
    from crawler.targets import targets_in_file, targets_in_lines

    yield from targets_in_lines(hosts, "crawl", each="HOST")
    if hosts_file:
        yield from targets_in_file(hosts_file)
    if manifest:
        yield from targets_in_manifest(manifest, column=url_column, pages=pages)


def _told(summary: CrawlSummary) -> str:
    """Return the summary in words; a host that could not be judged is never left out."""
    lines = (
        (summary.visited, "visited"),
        (summary.gated, "visited up to a gate"),
        (summary.refused, "closed to us, at least in part, by robots.txt"),
        (summary.unreachable, "robots.txt unreachable: no page asked for"),
        (summary.unreadable, "robots.txt unreadable: no page asked for"),
        (summary.too_slow, "ask for a longer wait than 60 s: only robots.txt asked for"),
        (summary.listed, "on a list received: only robots.txt asked for, or nothing"),
        (summary.deferred, "asked to be left alone for now"),
        (summary.hosts - summary.done - summary.deferred, "not visited"),
    )
    # Of a crawl that went on, the captures are those of all its parts, and the time is not.
    took = f"{'; this part took' if summary.continued else ' in'} {summary.seconds:,.1f} s"
    counts = f"{many(summary.hosts, 'host')}, {many(summary.captures, 'capture')}"
    head = f"{counts}{took} ({summary.run_id})"
    return "\n".join([head, *(f"  {count:>7,}  {what}" for count, what in lines if count)])
