"""The table of crawlers as it is shipped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from provenance.agents import Purpose, Status, agents, every_agent, generated, reviewed
from tests.conftest import ROOT
from tests.provenance.agents_built import built

if TYPE_CHECKING:
    from pathlib import Path


def test_the_generated_rows_are_what_the_package_says() -> None:
    assert (ROOT / "provenance" / "agents.csv").read_text("utf-8") == built()


def test_a_reviewed_row_stands_over_a_generated_one() -> None:
    in_force = {agent.key: agent for agent in every_agent()}

    assert [in_force[agent.key] for agent in reviewed()] == list(reviewed())
    assert len(in_force) == len({agent.key for agent in (*generated(), *reviewed())})


def test_audits_ask_for_ai_agents_and_for_no_search_engine() -> None:
    asked = {agent.token for agent in agents()}

    assert {
        "GPTBot",
        "ICC-Crawler",
        "Cotoyogi",
        "SBIntuitionsBot",
        "AI2Bot",
        "img2dataset",
    } <= asked
    assert asked.isdisjoint({"Googlebot", "bingbot", "Applebot", "ia_archiver", "Scrapy"})


def test_control_tokens_fetch_nothing() -> None:
    assert [agent.token for agent in every_agent() if not agent.fetches] == [
        "anthropic-ai",
        "Applebot-Extended",
        "Google-Extended",
        "YandexAdditional",
        "YandexAdditionalBot",
    ]


def test_a_retired_token_names_the_one_that_is_in_use() -> None:
    known = {agent.token: agent for agent in every_agent()}
    retired = [agent for agent in every_agent() if agent.status is Status.RETIRED]

    assert [(agent.token, agent.training) for agent in retired] == [
        ("anthropic-ai", True),
        ("Claude-Web", None),
        ("cohere-ai", None),
        ("FacebookBot", True),
    ]
    assert {known[agent.successor].status for agent in retired} == {Status.CURRENT}


def test_only_who_trains_or_gathers_for_it_speaks_to_training() -> None:
    assert {agent.purpose for agent in every_agent() if agent.training} == {
        Purpose.TRAINING,
        Purpose.DATASET,
    }


@pytest.mark.parametrize("purpose", [Purpose.TRAINING, Purpose.DATASET])
def test_a_row_without_an_operator_is_rare(purpose: Purpose) -> None:
    unknown = [agent.token for agent in agents() if agent.purpose is purpose and not agent.operator]

    assert unknown in (["FriendlyCrawler"], [])


def test_most_names_of_the_widest_list_are_known(shared_data: Path) -> None:
    listed = json.loads((shared_data / "10-agent-lists/ai-robots-txt_robots.json").read_bytes())
    known = {agent.key for agent in every_agent()}

    assert sum(name.casefold() in known for name in listed) >= 110
