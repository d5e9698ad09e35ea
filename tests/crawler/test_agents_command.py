"""The AI crawlers that are asked for."""

from __future__ import annotations

import json

from click.testing import CliRunner

from crawler.agents_command import show_agents
from provenance.agents import agents, agents_digest


def test_every_agent_stands_on_a_line_with_its_source() -> None:
    told = CliRunner().invoke(show_agents).output.splitlines()

    assert len(told) == len(agents()) + 1
    assert (
        "GPTBot                         training       OpenAI                     ai-crawler-index"
        in (next(line for line in told if line.startswith("GPTBot")))
    )
    assert told[-1] == f"agents.csv, SHA-256 {agents_digest()}"


def test_json_holds_the_same() -> None:
    said = json.loads(CliRunner().invoke(show_agents, ["--json"]).output)

    assert said["sha256"] == agents_digest()
    assert [one["token"] for one in said["agents"]] == [agent.token for agent in agents()]
