"""`provisor inspect`: what one site says to each AI agent, and what its author should know."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.inspect_texts import LANGUAGES, default_language
from provenance.errors import UsageRefused
from provenance.options import json_option, say, store_options
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.inspection import Inspection


@click.command("inspect")
@click.argument("what", metavar="HOST|URL|FILE", default="")
@click.option("--recorded", is_flag=True, help="Read the store instead of visiting the site.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read a robots.txt on this machine, as if URL served it.",
)
@click.option(
    "--history",
    "with_history",
    is_flag=True,
    help="What was said at past dates, by the captures of the store; implies --recorded.",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    metavar="DATE",
    help="With --recorded or --history: what was known at the end of that day, or at that moment,"
    " UTC, as 2025-02-10 or 2025-02-10T08:30:00.  [default: now]",
)
@click.option(
    "--agent", "agents", multiple=True, metavar="TOKEN",
    help="Ask for this agent only, known or not; may be given again.",
)  # fmt: skip
@click.option("--lang", type=click.Choice(LANGUAGES), help="[default: by the locale, else en]")
@click.option(
    "--contact",
    default="",
    envvar="PROVISOR_CONTACT",
    metavar="URL-OR-MAIL",
    help="Whom the site's owner can write to; sent with every request.",
)
@click.option("--allow-loopback", is_flag=True, hidden=True)
@store_options
@json_option
@click.pass_context
def inspect_site(
    context: click.Context,
    what: str,
    *,
    recorded: bool,
    file: Path | None,
    with_history: bool,
    until: datetime | None,
    agents: tuple[str, ...],
    lang: str | None,
    contact: str,
    allow_loopback: bool,
    store: Path,
    wait_s: float,
    as_json: bool,
) -> None:
    """Show what a site says to each AI agent, by purpose, and what its author should know.

    A HOST or URL is visited once, as `provisor crawl` would, and nothing is kept. With --recorded
    the last capture in the store answers instead; a FILE on this machine is read as robots.txt.
    Listed are whom each group speaks to and what each line comes to; lines that do not do what they
    look like; statements that disagree; and the facts that an audit takes from all this, with the
    rules that ask for them. The exit code is 0 whatever is found.

    \b
    Examples:
      provisor inspect https://example.com/news/ --contact you@example.org
      provisor inspect robots.txt --lang ja
      provisor inspect example.com --history --agent GPTBot
      provisor inspect example.com --recorded --until 2025-02-10 --json
    """
    from crawler.inspecting import inspect_file, inspect_now, inspect_recorded
    from crawler.seeing import Asking

    asking = Asking(agents, with_history, _rules_of(context))
    local = file or _local(what)
    if not what and local is None:
        raise UsageRefused("inspect", "nothing to inspect", "name a HOST, a URL or a FILE")
    if local is not None:
        _refuse_store(recorded=recorded or with_history or until is not None)
        found = inspect_file(local, what if file else "", asking=asking)
    elif recorded or with_history:
        moment = _end(until).replace(tzinfo=UTC) if until else datetime.now(UTC)
        found = inspect_recorded(what, store, until=moment, asking=asking, wait_s=wait_s)
    else:
        _refuse_silence(what, contact)
        found = inspect_now(
            what, contact=contact, asking=asking, allow_loopback=allow_loopback,
            sealed_beside=store, say=say,
        )  # fmt: skip
    _print(found, lang or default_language(), as_json=as_json)


def _print(found: Inspection, language: str, *, as_json: bool) -> None:
    from crawler.inspect_report import plain, report

    if as_json:
        click.echo(json_text(asdict(found), default=plain))
    else:
        click.echo("\n".join(report(found, language)))


def _local(what: str) -> Path | None:
    """Return the file that *what* names, if there is one; a URL names none."""
    if not what or "://" in what or not Path(what).is_file():
        return None
    return Path(what)


def _refuse_store(*, recorded: bool) -> None:
    if recorded:
        remedy = "leave --recorded, --history and --until out, or name a host"
        raise UsageRefused("inspect", "a file has no past in the store", remedy)


def _refuse_silence(what: str, contact: str) -> None:
    """Refuse a visit by nobody; a name without a file may well have been meant as one."""
    if not contact.strip():
        fact = "no contact for the site's owner"
        named = "" if "://" in what else f"no file {show(what)!r}, and for a visit of that host "
        remedy = (
            "name a file, or set --contact URL-or-mail" if named else "set --contact URL-or-mail"
        )
        raise UsageRefused("inspect", named + fact, remedy)


def _rules_of(context: click.Context) -> Callable[[str], tuple[str, ...]]:
    """Return what the whole command knows of rules; a command by itself knows none."""
    composed: Callable[[str], tuple[str, ...]] | None = (context.obj or {}).get("rules_of")
    return composed or (lambda _: ())


def _end(until: datetime) -> datetime:
    """Return the end of the day, where only a day was named."""
    return until + timedelta(days=1, microseconds=-1) if until.time() == time() else until
