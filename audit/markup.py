"""Names from outside in Markdown: as text in which nothing is markup, or as code."""

from __future__ import annotations

import re

from provenance.show import show

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&@]|(?<=www)\.|:(?=//))", re.IGNORECASE)
"""What would begin markup, a mention or a link."""


def text(said: str) -> str:
    """Return *said* so that nothing in it is markup."""
    return _MARKUP.sub(r"\\\1", show(said, 1000))


def code(name: str) -> str:
    """Return *name* as a code span: its fence is longer than any run of backticks within."""
    shown = show(name).replace("|", "\\u{7c}")  # before which a backslash of its own would count
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence, room = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{room}{shown}{room}{fence}" if shown.strip() else "–"
