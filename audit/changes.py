"""What changed from one audit to a later one, in counts: levels, rules, coverage, and what was asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.comparing.differing import differing
from audit.reports.summary_json import REPORT as SUMMARY_JSON
from audit.terms import Term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from audit.summary import Summary

Counts = tuple[int, int]
"""Then and now."""

NOTES = {
    "manifest": Term("It is another manifest, or it changed.", "マニフェストが異なる、または変更された。"),
    "declaration": Term("Something else is declared.", "宣言の内容が異なる。"),
    "rules": Term("Other rules were asked.", "適用した規則が異なる。"),
    "agents": Term("The agent list is another.", "エージェント一覧が異なる。"),
    "suffix_list": Term("The Public Suffix List is another.", "Public Suffix List が異なる。"),
    "limits": Term("The limits are others.", "判断の限界値が異なる。"),
    "version": Term("It was another version of provisor.", "provisor の版が異なる。"),
    "sealed": Term("Other sealed lists were heeded.", "参照した封印リストが異なる。"),
    "columns": Term("The manifest was read by other columns.", "マニフェストの読み取り列が異なる。"),
}  # fmt: skip
"""What else than the sources may account for a change."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that speaks of another number of rows than it did; None: it was not asked."""

    id: str
    title: str
    title_ja: str
    then: int | None
    now: int | None
    untold_then: int | None
    untold_now: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Two audits side by side."""

    file: str
    made_at: datetime
    """When the earlier one was made."""
    rows: Counts
    known: Counts
    """Rows whose robots.txt at collection is known."""
    levels: tuple[tuple[str, int, int], ...]
    rules: tuple[RuleChange, ...]
    notes: tuple[str, ...]
    """Which of NOTES hold."""


def compare(then: Summary, now: Summary) -> Changes:
    """Return what changed from *then* to *now*."""
    return Changes(
        file=then.manifest["file"],
        made_at=then.made_at,
        rows=(then.rows, now.rows),
        known=(then.coverage["robots_known"], now.coverage["robots_known"]),
        levels=tuple((level, then.levels[level], rows) for level, rows in now.levels.items()),
        rules=tuple(_rules(then, now)),
        notes=tuple(_notes(then, now)),
    )


def _rules(then: Summary, now: Summary) -> Iterator[RuleChange]:
    asked = {one.id: one for summary in (then, now) for one in summary.rules}
    sides = [
        {rule.id: (0, 0) for rule in summary.rules}
        | {one.rule.id: (one.rows, one.untold) for one in summary.findings}
        for summary in (then, now)
    ]
    for name in sorted(asked):
        (before, untold_before), (after, untold_after) = (
            side.get(name, (None, None)) for side in sides
        )
        if (before, untold_before) != (after, untold_after):
            rule = asked[name]
            yield RuleChange(
                name, rule.title, rule.title_ja, before, after, untold_before, untold_after
            )


def _notes(then: Summary, now: Summary) -> Iterator[str]:
    """Yield the parts in which the audits differ, by what `provisor diff` tells them by."""
    found = {part for part, _ in differing(_said(then), _said(now))}
    yield from (part for part in NOTES if part in found)


def _said(summary: Summary) -> dict[str, Any]:
    """Return *summary* as summary.json has it."""
    found: dict[str, Any] = json.loads(SUMMARY_JSON.render(summary))
    return found
