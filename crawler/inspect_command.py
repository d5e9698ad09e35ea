"""`provisor inspect`: what one site says to each AI agent."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import click

from provenance.options import json_option, say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.inspection import Inspection, Statement


@click.command("inspect")
@click.argument("url")
@click.option("--recorded", is_flag=True, help="Read the store instead of visiting the site.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="With --recorded: what was known at the end of that day, or at that moment, UTC."
    "  [default: now]",
)
@click.option(
    "--contact", default="", envvar="PROVISOR_CONTACT", help="Whom the site's owner can write to."
)
@click.option("--allow-loopback", is_flag=True, hidden=True)
@store_options
@json_option
def inspect_site(
    url: str,
    *,
    recorded: bool,
    until: datetime | None,
    contact: str,
    allow_loopback: bool,
    store: Path,
    wait_s: float,
    as_json: bool,
) -> None:
    """Show what the site of URL says to each AI agent and purpose about that page.

    The site is visited once, as `provisor crawl` would, and nothing is kept; with --recorded the
    last capture in the store answers instead.

    \b
    Examples:
      provisor inspect https://example.com/news/ --contact you@example.org
      provisor inspect example.com --recorded --until 2025-02-10 --json
    """
    from crawler.inspecting import inspect_now, inspect_recorded

    if recorded:
        moment = _end(until).replace(tzinfo=UTC) if until else datetime.now(UTC)
        found = inspect_recorded(url, store, until=moment, wait_s=wait_s)
    else:
        found = inspect_now(url, contact=contact, allow_loopback=allow_loopback, say=say)
    click.echo(json.dumps(asdict(found), default=str, indent=2) if as_json else _told(found))


def _end(until: datetime) -> datetime:
    """Return the end of the day, where only a day was named."""
    return until + timedelta(days=1, microseconds=-1) if until.time() == time() else until


_NO_FILE = {
    "unreachable": "robots.txt could not be reached: RFC 9309 has every agent stay away, and the"
    " site said nothing",
    "unreadable": "what came is not robots.txt: whether any agent may fetch cannot be told",
    "unavailable": "there is no robots.txt: RFC 9309 lets every agent fetch, and the site said"
    " nothing",
}


def _told(found: Inspection) -> str:
    """Return the inspection as a table: agents by what they fetch for."""
    lines = [
        f"{show(found.url)} at {found.captured_at:%Y-%m-%d %H:%M}Z",
        f"robots.txt: {found.outcome}{f' ({show(found.reason)})' if found.reason else ''}"
        + (f", sha256 {found.sha256[:16]}…" if found.sha256 else ""),
        "",
    ]
    if found.outcome in _NO_FILE:
        lines.append(f"{_NO_FILE[found.outcome]}.")
    else:
        lines += _table(found)
        lines += ["", "That an agent may fetch a page is no consent to any other use of it."]
    lines += ["", f"The page: {show(found.page)}"]
    lines += [_statement_line(one) for one in found.statements]
    if found.findings:
        lines += [
            "",
            "For the author of robots.txt:",
            *(f"  {show(one)}" for one in found.findings),
        ]
    return "\n".join(lines)


def _table(found: Inspection) -> list[str]:
    lines = [f"{'purpose':<14} {'agent':<30} {'may fetch':<12} {'group':<6} deciding line"]
    order = ("training", "dataset", "search", "user-fetch", "uncategorised")
    for answer in sorted(found.answers, key=lambda one: order.index(one.agent.purpose)):
        may = "yes" if answer.crawl == "allow" else "no"
        group = "*" if answer.group == "star" else answer.group
        lines.append(
            f"{answer.agent.purpose:<14} {answer.agent.token:<30} {may:<12} {group:<6}"
            f" {show(answer.rule, 80)}".rstrip()
        )
    return lines


def _statement_line(one: Statement) -> str:
    said = f"gate {one.gate}" if one.gate != "none" else f"{one.usage}: {one.value}"
    offer = f", offer {show(one.offer, 80)}" if one.offer else ""
    return f"  {one.kind}: {said}{offer}; {show(one.quote, 100)}"
