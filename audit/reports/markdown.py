"""report.md: the tables in Markdown (GitHub's), to paste into a review or a pull request.

Names from outside stand in code spans, in which nothing is markup and no address becomes a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.headline import checkpoint_lines, footer, headline, share
from audit.reports import Report
from audit.terms import ANSWERS, BASES, LEVEL_TERMS
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from audit.summary import Summary

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&@]|(?<=www)\.|:(?=//))", re.IGNORECASE)
"""What would begin markup, a mention or a link."""


def _render(summary: Summary) -> str:
    parts = (
        "# Audit of a dataset manifest\n", _head(summary), _levels(summary), _findings(summary),
        _robots(summary), _lists(summary), _hosts(summary), _foot(summary),
    )  # fmt: skip
    return "\n".join(part for part in parts if part)


def _head(summary: Summary) -> str:
    return "".join(f"- {name}: {_text(said)}\n" for name, said in headline(summary).items())


def _levels(summary: Summary) -> str:
    rows = (
        (f"{level} {LEVEL_TERMS[level].ja}", f"{count:,}", share(count, summary.rows))
        for level, count in summary.levels.items()
    )
    return _table("Rows by level", ("level", "rows", "share"), rows)


def _findings(summary: Summary) -> str:
    rows = (
        (
            one.rule.id, _text(one.rule.title), f"{one.rows:,}", f"{one.possible:,}",
            f"{one.untold:,}", f"{one.hosts:,}", _text(one.rule.advice),
        )
        for one in summary.findings
    )  # fmt: skip
    head = (
        "rule",
        "what is the case",
        "rows",
        "only possible",
        "could not tell",
        "hosts",
        "advice",
    )
    return _table("Findings", head, rows)


def _robots(summary: Summary) -> str:
    rows = (
        (
            ANSWERS[one.robots].en,
            BASES[one.basis].en,
            f"{one.rows:,}",
            share(one.rows, summary.rows),
        )
        for one in summary.classes
    )
    title = "What robots.txt said to AI-training agents at collection"
    return _table(title, ("answer", "basis", "rows", "share"), rows)


def _lists(summary: Summary) -> str:
    rows = (
        (
            _code(one.list_id), _code(one.submitter), _code(one.status),
            f"{one.received_at:%Y-%m-%d %H:%M} UTC", f"{one.rows:,}",
        )
        for one in summary.lists
    )  # fmt: skip
    return _table("Lists", ("list", "handed in by", "status", "received", "rows"), rows)


def _hosts(summary: Summary) -> str:
    rows = (
        (_code(one.host), one.level, f"{one.rows:,}", ", ".join(one.rules)) for one in summary.hosts
    )
    title = "Hosts with the most rows at medium or above"
    return _table(title, ("host", "level", "rows", "rules"), rows)


def _foot(summary: Summary) -> str:
    lines = checkpoint_lines(summary)
    block = ["Checkpoint of the store:", "", "```", *lines, "```", ""] if lines else []
    return "\n".join([*block, *footer()]) + "\n"


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = list(_lines(rows))
    if not lines:
        return ""
    return "\n".join([f"## {title}", "", *_lines([head, ["---"] * len(head)]), *lines, ""])


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _text(text: str) -> str:
    """Return *text* so that nothing in it is markup."""
    return _MARKUP.sub(r"\\\1", show(text, 1000))


def _code(name: str) -> str:
    """Return *name* as a code span: its fence is longer than any run of backticks within."""
    shown = show(name).replace("|", "\\u{7c}")  # before which a backslash of its own would count
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence, room = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{room}{shown}{room}{fence}" if shown.strip() else "–"


REPORT = Report("markdown", "report.md", _render)
