"""What stands at the top of every report: how much could be told, and by which knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.summary import FOOTER
from provenance.show import show

if TYPE_CHECKING:
    from audit.summary import Summary


def share(part: int, whole: int) -> str:
    """Return a percentage; of nothing there is none."""
    return f"{part / whole:.1%}" if whole else "–"


def headline(summary: Summary) -> dict[str, str]:
    """Return what has to be read first, by name, in words; nothing in it is hidden."""
    seen, rows = summary.coverage, summary.rows
    known = summary.knowledge
    return {
        "manifest": f"{show(summary.manifest['file'])}, SHA-256 {summary.manifest['sha256']}",
        "rows": f"{rows:,}",
        "could not be told": (
            f"{summary.levels['unknown']:,} of {rows:,} rows "
            f"({share(summary.levels['unknown'], rows)})"
        ),
        "coverage": (
            f"robots.txt known for {share(seen['robots_known'], rows)} of rows, only possible for "
            f"{share(seen['robots_possible'], rows)}; pages looked at for "
            f"{share(seen['pages_known'], rows)}; lists at hand: {known['lists']:,} with "
            f"{known['entries']:,} entries; unreadable addresses: {seen['unreadable_urls']:,}, "
            f"dates: {seen['unreadable_dates']:,}"
        ),
        "rules": (
            f"{len(summary.rules):,} as of "
            f"{max((rule.law_as_of for rule in summary.rules), default='–')}; past their review "
            f"date: {', '.join(summary.overdue) or 'none'}"
        ),
        "made": f"{summary.made_at:%Y-%m-%d %H:%M} UTC by provisor {show(summary.version)}",
        "snapshot": summary.snapshot.get("sha256", "–"),
        **_whole(summary),
    }


def _whole(summary: Summary) -> dict[str, str]:
    """Return what is the case of the dataset as a whole, and what was not asked; often nothing."""
    fires = "; ".join(f"{one.rule.id} ({one.level}) {one.rule.title}" for one in summary.of_dataset)
    said = {"of the dataset": fires, "not asked, not declared": unasked_by_fact(summary)}
    return {name: text for name, text in said.items() if text}


def unasked_by_fact(summary: Summary) -> str:
    """Return which undeclared facts left which rules open: `circumvented (PRV-04), …`."""
    rules: dict[str, list[str]] = {}
    for one in summary.unasked:
        for fact in one.facts:
            rules.setdefault(fact, []).append(one.rule)
    return ", ".join(f"{fact} ({' '.join(ids)})" for fact, ids in rules.items())


def checkpoint_lines(summary: Summary) -> list[str]:
    """Return the three lines of the store's checkpoint (C2SP); none where there is none."""
    return [show(line) for line in summary.snapshot.get("checkpoint", "").splitlines()]


def footer() -> tuple[str, str]:
    """Return the closing sentences, English and Japanese."""
    return FOOTER["en"], FOOTER["ja"]
