"""What a robots.txt says about one path to many tokens: each group is asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.robots.decision import decide

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.robots.decision import Decision
    from provenance.records import RobotsFile


def decider(file: RobotsFile, path: str) -> Callable[[str], Decision]:
    """Return `decide` of *file* and *path*, to be called with a token.

    Of a hundred agents most fall to the group for all others, whose rules may be thousands.
    """
    groups = {group.token for group in file.groups}
    known: dict[str, Decision] = {}

    def said(token: str) -> Decision:
        group = token.casefold() if token.casefold() in groups else "*"
        if group not in known:
            known[group] = decide(file, token, path)
        return known[group]

    return said
