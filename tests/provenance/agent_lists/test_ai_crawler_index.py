"""The list that the generated rows are made from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from provenance.agent_lists import read_list

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 22)


def test_the_index_has_a_row_per_token_and_knows_what_fetches_nothing(shared_data: Path) -> None:
    content = (shared_data / "10-agent-lists/ai-crawler-index-1.3.0_data.json").read_bytes()
    form, listed = read_list(content, checked=DAY)
    by_token = {agent.token: agent for agent in listed.agents}

    assert (form.name, listed.version, len(by_token)) == ("ai-crawler-index", "1.3.0", 149)
    assert [token for token, agent in by_token.items() if not agent.fetches] == [
        "Applebot-Extended",
        "Google-Extended",
    ]
    assert by_token["ChatGPT-User"].checked == date(2026, 9, 5)
