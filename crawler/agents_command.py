"""`provisor agents`: the AI crawlers that are asked for in every robots.txt."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from provenance.options import json_option


@click.command("agents")
@json_option
def show_agents(*, as_json: bool) -> None:
    """List the known AI agents with operator, purpose, source and the day that was looked up.

    \b
    Example:
      provisor agents
    """
    from provenance.agents import agents, agents_digest

    if as_json:
        said = {"sha256": agents_digest(), "agents": [asdict(agent) for agent in agents()]}
        click.echo(json.dumps(said, indent=2))
        return
    for agent in agents():
        told = f"{agent.token:<30} {agent.purpose:<14} {agent.operator:<26}"
        click.echo(f"{told} {agent.source}, {agent.checked}")
    click.echo(f"agents.csv, SHA-256 {agents_digest()}")
