"""Our own form of list."""

from __future__ import annotations

from datetime import date

from provenance.agent_lists import read_list
from provenance.agents import Purpose

DAY = date(2026, 11, 22)


def test_our_own_form_needs_a_token_and_a_purpose_only() -> None:
    _, listed = read_list(b"\xef\xbb\xbftoken,purpose\r\n# ours\r\nABot,dataset\r\n", checked=DAY)

    (agent,) = listed.agents
    assert (agent.purpose, agent.fetches, agent.training) == (Purpose.DATASET, True, True)
    assert (agent.operator, agent.source, agent.checked) == ("", "own list", DAY)


def test_a_policy_token_of_a_draft_is_one_row() -> None:
    content = b"token,purpose,fetches,status,source\nA-Policy,training,no,proposed,a draft\n"

    (agent,) = read_list(content, checked=DAY)[1].agents

    assert (agent.fetches, agent.training, agent.status) == (False, True, "proposed")
