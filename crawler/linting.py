"""What the author of a robots.txt should know of it: lines that do not do what they look like.

Each lint is a code, a line and the words its text needs; the texts, in two languages, stand in
crawler/inspect_texts.py. A lint never changes what the file is taken to say.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from crawler.linting_agents import agent_lints
from crawler.linting_rules import rule_lints
from crawler.robots.deciding import decider
from crawler.robots.layout import layout
from crawler.robots.lints import Lint
from provenance.agents import agents
from provenance.records import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.robots.layout import Layout
    from provenance.records import RobotsFile

_FINDING = re.compile(r"(?:line (\d+): )?([a-z][a-z0-9-]*)")
_MOST_OF_A_KIND = 20

_USES = (
    r"\bAI\b|artificial intelligence|machine learning|data mining|\bTDM\b|\bLLMs?\b|"
    r"language models?|2019/790|AI学習|機械学習|生成AI|情報解析|データマイニング|30条の4"
)
_REFUSES = (
    r"\bnot\b|prohibit|forbid|reserv|without (?:prior )?(?:written )?(?:permission|consent)|"
    r"opt(?:s|ed)?[- ]out|禁止|禁じ|できません|お断り|認めません|許諾|留保|ご遠慮"
)
_RESERVES = re.compile(f"(?=.*(?:{_USES}))(?=.*(?:{_REFUSES}))", re.IGNORECASE)


def lints(body: bytes, file: RobotsFile) -> tuple[Lint, ...]:
    """Return what the author of *body*, read as *file*, should know, in the order of its lines.

    Of each kind the first twenty.
    """
    written = layout(body)
    found = [
        *_whole(written),
        *_from_reading(file),
        *agent_lints(written, file),
        *rule_lints(file),
        *_comments(written, file),
    ]
    counts: Counter[str] = Counter()
    kept = []
    for lint in sorted(dict.fromkeys(found), key=lambda lint: lint.line):
        counts[lint.code] += 1
        if counts[lint.code] <= _MOST_OF_A_KIND:
            kept.append(lint)
    return tuple(kept)


def _whole(written: Layout) -> Iterator[Lint]:
    if written.bom:
        yield Lint("byte-order-mark", 1)
    if written.unread_from is not None:
        yield Lint("over-limit", written.unread_from)
    if not written.groups:
        yield Lint("no-group")


def _from_reading(file: RobotsFile) -> Iterator[Lint]:
    """Yield what the reader found on its way."""
    for finding in file.findings:
        said = _FINDING.match(finding)
        if said and said[2] != "over-limit":
            yield Lint(said[2], int(said[1] or 0))


def _comments(written: Layout, file: RobotsFile) -> Iterator[Lint]:
    """Yield comments that reserve what no line states: a crawler reads no comment."""
    states = any(signal.value in {Value.DENY, Value.CONDITIONAL} for signal in file.signals)
    said = decider(file, "/")
    refuses = any(agent.training and said(agent.token).rule for agent in agents())
    if states or refuses:
        return
    for comment in written.comments:
        if _RESERVES.search(comment.text):
            yield Lint("comment-reserves", comment.line, (("text", comment.text[:120]),))
            return
