"""A robots.txt as it is written: its groups in their order, its comments, and what is not read.

Deciding needs only what each token's groups come to (crawler/robots/reading.py); whoever explains a
file to its author needs to know where it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.robots.lines import LIMIT, Line, robots_lines

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LONGEST = 300


@dataclass(slots=True)
class WrittenGroup:
    """Successive User-agent lines, and the records up to the next of them after a rule."""

    agents: list[Line] = field(default_factory=list)
    rules: list[Line] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)
    """Content-Signal, Crawl-delay and the like."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What stands behind a `#`."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole file."""

    groups: tuple[WrittenGroup, ...]
    comments: tuple[Comment, ...]
    bom: bool
    unread_from: int | None
    """The first line beyond what is read; None: all of it is."""


def layout(body: bytes) -> Layout:
    """Return how *body* is laid out."""
    groups: list[WrittenGroup] = []
    last = 0
    for line in robots_lines(body):
        last = line.number
        if line.field == "user-agent":
            if not groups or groups[-1].rules:
                groups.append(WrittenGroup())
            groups[-1].agents.append(line)
        elif groups:
            kind = groups[-1].rules if line.field in {"allow", "disallow"} else groups[-1].others
            kind.append(line)
    return Layout(
        groups=tuple(groups),
        comments=tuple(_comments(body)),
        bom=body.startswith(_BOM),
        unread_from=last + 1 if len(body) > LIMIT else None,
    )


def _comments(body: bytes) -> list[Comment]:
    lines = _LINE_END.split(body[:LIMIT].removeprefix(_BOM))
    parts = ((number, raw.partition(b"#")) for number, raw in enumerate(lines, start=1))
    return [
        Comment(number, after.decode("utf-8", "replace").strip("# \t")[:_LONGEST])
        for number, (_, sign, after) in parts
        if sign
    ]
