"""The crawlers that are asked for, as they are listed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from crawler.agents_command import agents_command
from crawler.suggesting import suggested
from provenance.agents import agents, agents_digest, every_agent
from tests.command import provisor

if TYPE_CHECKING:
    from pathlib import Path


def said(*words: str) -> list[str]:
    return CliRunner().invoke(agents_command, words).output.splitlines()


def test_every_agent_stands_on_a_line_with_its_source() -> None:
    told = said()

    assert len(told) == len(agents()) + 4
    assert next(line for line in told if line.startswith("Google-Extended")) == (
        "Google-Extended              training       no       yes          Google                  "
        " ai-crawler-index 1.3.0, 2026-09-05"
    )
    assert told[-2:] == [
        f"{len(agents())} of {len(every_agent())} tokens; no list taken in",
        f"rows in force, SHA-256 {agents_digest()}",
    ]


def test_json_holds_the_same() -> None:
    found = json.loads("\n".join(said("--json")))

    assert found["sha256"] == agents_digest()
    assert [one["token"] for one in found["agents"]] == [agent.token for agent in agents()]


def test_agents_are_chosen_by_purpose_and_by_what_they_are_called() -> None:
    chosen = json.loads(
        "\n".join(
            said("--purpose", "training", "--purpose", "search", "--search", "META", "--json")
        )
    )

    assert [one["token"] for one in chosen["agents"]] == [
        "FacebookBot",
        "meta-externalagent",
        "Meta-WebIndexer",
    ]


def test_search_engines_are_shown_where_all_are_asked_for() -> None:
    assert not any(line.startswith("Googlebot ") for line in said())
    assert any(line.startswith("Googlebot ") for line in said("--all"))


def test_one_agent_is_shown_with_all_that_is_known() -> None:
    assert said("show", "ANTHROPIC-AI") == [
        "token: anthropic-ai",
        "operator: Anthropic",
        "purpose: training",
        "fetches: no: a control token",
        "a refusal speaks to training: yes",
        "status: retired",
        "successor: ClaudeBot",
        "source: ai-crawler-index 1.3.0",
        "looked up: 2026-09-05",
    ]


def test_an_unknown_agent_is_refused_with_the_nearest_known(tmp_path: Path) -> None:
    code, out, err = provisor("agents", "show", "GPT-Bot", cwd=tmp_path)

    assert (code, out) == (3, "")
    assert err == "provisor: error: GPT-Bot: no known agent; did you mean GPTBot?\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Chatbot", ()), ("Bot", ()), ("*", ()), ("", ()), ("Slurp", ()), ("MyOwnCrawler", ()), ("NICECrawler", ()),
        ("GPT-Bot", ("GPTBot",)), ("GTPBot", ("GPTBot",)), ("Claude-Bot", ("ClaudeBot",)),
        ("Google Extended", ("Google-Extended",)), ("CC-Bot", ("CCBot",)),
        ("Anthropic_AI", ("anthropic-ai",)), ("PerplexityBots", ("PerplexityBot",)), ("Perplexity\u2011User", ("Perplexity-User",)),
    ],
)  # fmt: skip
def test_a_misspelt_token_is_recognised_and_a_stranger_is_not(
    written: str, meant: tuple[str, ...]
) -> None:
    assert suggested(written) == meant


def test_a_list_is_taken_in_and_what_it_changes_is_said(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text("token,purpose\nABot,training\nGPTBot,search\n")
    kept = str(tmp_path / "kept.csv")

    code, out, err = provisor(
        "agents", "update", "--from", "ours.csv", cwd=tmp_path, PROVISOR_AGENTS=kept
    )

    assert (code, err) == (0, "")
    assert out == (
        "table: 2 tokens\n"
        "  added    ABot (training)\n"
        "  changed  GPTBot: purpose training -> search, training yes -> no\n"
        f"kept in {kept}\n"
    )
    assert '"training": null' not in provisor(
        "agents", "show", "abot", "--json", cwd=tmp_path, PROVISOR_AGENTS=kept
    )[1]  # fmt: skip


def test_a_hostile_list_is_refused_whole(tmp_path: Path) -> None:
    (tmp_path / "theirs.json").write_text('{"*": {"operator": "\\u001b[2J"}}')

    code, out, err = provisor(
        "agents", "update", "--from", "theirs.json", cwd=tmp_path, PROVISOR_AGENTS="kept.csv"
    )

    assert (code, out) == (3, "")
    assert (
        err
        == "provisor: error: theirs.json: a key: '*' is no token (ASCII letters, digits, . _ / -); nothing was taken in\n"
    )
