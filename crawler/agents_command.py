"""`provisor agents`: the crawlers that a robots.txt may name, and lists of them taken in."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.agents import Purpose, Status
from provenance.errors import InputRefused
from provenance.many import many
from provenance.options import json_option
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.agents import Agent
    from provenance.agents_taken_in import Change

_ANSWER = {True: "yes", False: "no", None: "cannot tell"}
_CLOSEST = 3


@click.group("agents", invoke_without_command=True)
@click.option(
    "--purpose",
    "purposes",
    type=click.Choice([one.value for one in Purpose]),
    multiple=True,
    help="Only agents that fetch for this; may be given again.",
)
@click.option("--search", metavar="TEXT", help="Only agents whose token or operator holds TEXT.")
@click.option("--all", "every", is_flag=True, help="Search engines, archives and tools as well.")
@json_option
@click.pass_context
def agents_command(
    context: click.Context,
    *,
    purposes: tuple[str, ...],
    search: str | None,
    every: bool,
    as_json: bool,
) -> None:
    """List the known AI agents: for what they fetch, who runs them, and who says so.

    Every robots.txt is asked for each of them, by audits and by `provisor inspect`. Of a control
    token (`fetches no`) a refusal tells what pages that another crawler fetched may be used for.
    `training` is whether a refusal speaks to training at all.

    \b
    Examples:
      provisor agents --purpose training --purpose dataset
      provisor agents --all --search google
      provisor agents show ClaudeBot
      provisor agents update --from robots.json
    """
    if context.invoked_subcommand:
        return
    from provenance.agents import agents_digest, every_agent

    found = [
        agent
        for agent in every_agent()
        if (agent.purpose in purposes if purposes else every or agent.is_ai)
        and (search or "").casefold() in f"{agent.key} {agent.operator.casefold()}"
    ]
    if as_json:
        said = {"sha256": agents_digest(), "agents": [asdict(agent) for agent in found]}
        click.echo(json_text(said, default=str))
        return
    click.echo("\n".join([*_table(found), *_footer(found)]))


def _table(found: Iterable[Agent]) -> list[str]:
    head = f"{'token':<28} {'purpose':<14} {'fetches':<8} {'training':<12} {'operator':<24} source"
    return [head] + [
        f"{agent.token:<28} {agent.purpose:<14} {_ANSWER[agent.fetches]:<8}"
        f" {_ANSWER[agent.training]:<12} {agent.operator or 'not known':<24}"
        f" {f'{agent.source} {agent.version}'.strip()}, {agent.checked}"
        + (f", {agent.status}" if agent.status is not Status.CURRENT else "")
        for agent in found
    ]


def _footer(found: list[Agent]) -> list[str]:
    from provenance.agents import agents_digest, every_agent
    from provenance.agents_taken_in import place, taken_in

    own = (
        f"{many(len(taken_in()), 'row')} taken in, {place()}" if taken_in() else "no list taken in"
    )
    return [
        "",
        f"{len(found)} of {many(len(every_agent()), 'token')}; {own}",
        f"rows in force, SHA-256 {agents_digest()}",
    ]


@agents_command.command("show")
@click.argument("token")
@json_option
def show_agent(token: str, *, as_json: bool) -> None:
    """Show what is known of TOKEN, and who says so.

    \b
    Example:
      provisor agents show Google-Extended
    """
    from provenance.agents import every_agent

    known = {agent.key: agent for agent in every_agent()}
    agent = known.get(token.casefold())
    if agent is None:
        from crawler.suggesting import suggested

        near = suggested(token, most=_CLOSEST)
        remedy = f"did you mean {', '.join(near)}?" if near else "see `provisor agents --all`"
        raise InputRefused(show(token), "no known agent", remedy)
    if as_json:
        click.echo(json_text(asdict(agent), default=str))
        return
    said = {
        "token": agent.token,
        "operator": agent.operator or "not known",
        "purpose": agent.purpose,
        "fetches": "yes" if agent.fetches else "no: a control token",
        "a refusal speaks to training": _ANSWER[agent.training],
        "status": agent.status,
        "successor": agent.successor,
        "source": f"{agent.source} {agent.version}".strip(),
        "looked up": str(agent.checked),
    }
    click.echo("\n".join(f"{name}: {value}" for name, value in said.items() if value))


@agents_command.command("update")
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="robots.json of ai.robots.txt, data.json of ai-crawler-index, or a CSV with the columns"
    " token and purpose.",
)
@click.option(
    "--checked",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day the list was fetched, where it states none itself.  [default: today]",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
def update_agents(source: Path, *, checked: datetime | None, dry_run: bool, as_json: bool) -> None:
    """Take in a list of crawlers from a file; nothing is fetched.

    The list is kept in your own folder (or where PROVISOR_AGENTS says) and stands over what is
    shipped, but not over rows that were reviewed. Taking in a newer list of the same source
    replaces the older. Audits and snapshots made before are of another question: their digest of
    the agents differs.

    \b
    Examples:
      provisor agents update --from robots.json --dry-run
      provisor agents update --from our-agents.csv
    """
    from provenance.agent_lists import LARGEST
    from provenance.agents_taken_in import take_in

    with source.open("rb") as file:
        content = file.read(LARGEST + 1)
    day = (checked or datetime.now(UTC)).date()
    change = take_in(content, source.name, checked=day, write=not dry_run)
    click.echo(json_text(asdict(change), default=str) if as_json else _told(change))


def _told(change: Change) -> str:
    lines = [f"{change.form}: {many(change.listed, 'token')}"]
    lines += [f"  added    {agent.token} ({agent.purpose})" for agent in change.added]
    lines += [
        f"  changed  {after.token}: {_differences(before, after)}"
        for before, after in change.changed
    ]
    lines += [f"  gone     {agent.token} ({agent.purpose})" for agent in change.gone]
    lines += [f"  kept     {token}: the reviewed row stands" for token in change.kept]
    if not (change.added or change.changed or change.gone):
        lines.append("  nothing changes")
    lines.append(f"kept in {change.file}" if change.file else "nothing was written")
    return "\n".join(lines)


def _differences(before: Agent, after: Agent) -> str:
    old, new = asdict(before), asdict(after)
    names = ("token", "operator", "purpose", "fetches", "training", "status")
    return ", ".join(
        f"{name} {_worded(old[name])} -> {_worded(new[name])}"
        for name in names
        if old[name] != new[name]
    )


def _worded(value: object) -> str:
    worded = _ANSWER.get(value, str(value)) if isinstance(value, bool | None) else str(value)
    return worded or "not known"
