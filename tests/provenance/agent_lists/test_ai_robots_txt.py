"""The list with the widest coverage."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from provenance.agent_lists import read_list
from provenance.agents import Purpose

if TYPE_CHECKING:
    from pathlib import Path


def test_ai_robots_txt_names_crawlers_and_says_for_none_what_it_is_for(shared_data: Path) -> None:
    content = (shared_data / "10-agent-lists/ai-robots-txt_robots.json").read_bytes()
    form, listed = read_list(content, checked=date(2026, 8, 22))
    by_token = {agent.token: agent for agent in listed.agents}

    assert (form.name, len(listed.agents)) == ("ai.robots.txt", 163)
    assert {agent.purpose for agent in listed.agents} == {Purpose.UNCATEGORISED}
    assert [
        by_token[token].operator
        for token in ("AI2Bot", "Amzn-User", "AddSearchBot", "TongyiBot", "Bravebot")
    ] == ["Ai2", "Amazon", "", "Alibaba", ""]
