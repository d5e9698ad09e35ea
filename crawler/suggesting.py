"""Which known token was meant by one that nobody knows: `GPT-Bot` by GPTBot."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from provenance.agents import every_agent

_BETWEEN = re.compile(r"[^a-z0-9]+")
_ALIKE = 0.83
"""Below that, ChatBot would be taken for ChatGPT-User's."""
_SHORTEST = 5


def suggested(token: str, *, most: int = 1) -> tuple[str, ...]:
    """Return the known tokens that *token* may be a misspelling of, the nearest first."""
    folded = _BETWEEN.sub("", token.casefold()[:100])
    known = _folded()
    if folded in known:
        return (known[folded],)
    if len(folded) < _SHORTEST:
        return ()
    # A slip at the first letter is rare: NICECrawler is not ICC-Crawler.
    alike = [name for name in known if name[0] == folded[0]]
    return tuple(known[near] for near in get_close_matches(folded, alike, n=most, cutoff=_ALIKE))


@cache
def _folded() -> dict[str, str]:
    return {_BETWEEN.sub("", agent.key): agent.token for agent in every_agent()}
