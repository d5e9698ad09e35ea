"""`provisor crawl`: visit hosts and record what they say to AI crawlers."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.errors import Incomplete, UsageRefused
from provenance.options import json_option, say, store_options

if TYPE_CHECKING:
    from crawler.run import CrawlSummary
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
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="Wait between two requests to a site; a longer Crawl-delay wins.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(min=1, max=2000),
    default=16,
    show_default=True,
    metavar="HOSTS",
    help="Hosts visited at the same time.",
)
@click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(min=1, max=120),
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="For one whole answer.",
)
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
    delay_s: float,
    concurrency: int,
    timeout_s: float,
    store: Path,
    wait_s: float,
    *,
    allow_loopback: bool,
    as_json: bool,
) -> None:
    """Visit hosts and record what they say to AI crawlers.

    Of each HOST robots.txt is asked for first, then, where robots.txt lets our own agent
    (`provisor`), the front page and a few pages of the manifest. A host on a list that was
    received is asked for its robots.txt only. Gates are recorded and never passed.

    \b
    Examples:
      provisor crawl example.com --contact crawl@example.org
      provisor crawl --manifest rows.parquet --contact https://example.org/crawl
      provisor crawl --manifest rows.parquet --shard 3/16 --contact crawl@example.org
    """
    from crawler import run
    from crawler.sharding import shard

    mine = shard(part) if part is not None else None
    targets = _targets(hosts, hosts_file, manifest, url_column, pages)
    if mine:
        named, targets = len(targets), tuple(filter(mine.holds, targets))
        say(f"shard {mine}: {len(targets):,} of {named:,} hosts")
    plan = run.CrawlPlan(
        targets=targets,
        shard=mine,
        store=store,
        contact=contact,
        wait_s=wait_s,
        delay_s=delay_s,
        window=concurrency,
        timeout_s=timeout_s,
        allow_loopback=allow_loopback,
    )
    summary = run.crawl(plan, say=say)
    click.echo(json.dumps(asdict(summary), indent=2) if as_json else _told(summary))
    if summary.stopped:
        fact = f"stopped ({summary.stopped}) after {summary.done:,} of {summary.hosts:,} hosts"
        raise Incomplete("crawl", fact, "what was recorded is kept; run it again for the rest")


def _targets(
    hosts: tuple[str, ...],
    hosts_file: Path | None,
    manifest: Path | None,
    url_column: str | None,
    pages: int,
) -> tuple[Target, ...]:
    from crawler.manifests import targets_of_manifest
    from crawler.targets import limited, merged, targets_of_file, targets_of_lines

    found = [*targets_of_lines(hosts, "arguments")]
    if hosts_file:
        found += targets_of_file(hosts_file)
    if manifest:
        found += targets_of_manifest(manifest, column=url_column, pages=pages)
    if not found:
        remedy = "name a HOST, or give --hosts FILE or --manifest FILE"
        raise UsageRefused("crawl", "no host to visit", remedy)
    return tuple(limited(merged(found), pages))


def _told(summary: CrawlSummary) -> str:
    """Return the summary in words; a host that could not be judged is never left out."""
    lines = (
        (summary.visited, "visited"),
        (summary.gated, "visited up to a gate"),
        (summary.refused, "closed to us, at least in part, by robots.txt"),
        (summary.unreachable, "robots.txt unreachable: no page asked for"),
        (summary.unreadable, "robots.txt unreadable: no page asked for"),
        (summary.too_slow, "ask for a longer wait than 60 s: only robots.txt asked for"),
        (summary.listed, "on a list received: only robots.txt asked for"),
        (summary.hosts - summary.done, "not visited"),
    )
    head = (
        f"{summary.hosts:,} hosts, {summary.captures:,} captures in {summary.seconds:,.1f} s"
        f" ({summary.run_id})"
    )
    return "\n".join([head, *(f"  {count:>7,}  {what}" for count, what in lines if count)])
