"""The table on the terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.reports import Report
from audit.summary import FOOTER
from provenance.show import show

if TYPE_CHECKING:
    from audit.summary import Summary

_COLOURS = {
    "critical": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "unknown": "magenta",
    "low": "cyan",
    "info": "dim",
}
_WIDTH = 100


def render_text(summary: Summary, *, colour: bool = False, width: int = _WIDTH) -> str:
    """Return the tables as text, with colours where a terminal shows them."""
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=colour, color_system="auto" if colour else None, width=width
    )
    console.print(_head(summary))
    for title, table in (
        ("Rows by level", _levels(summary)),
        ("What robots.txt said to AI-training agents at collection", _classes(summary)),
        ("Rules", _findings(summary)),
        ("Lists", _lists(summary)),
        ("Hosts with the most rows at medium or above", _hosts(summary)),
    ):
        if table.row_count:
            console.print(Text(f"\n{title}", style="bold" if colour else ""))
            console.print(table)
    console.print(Text(f"\n{FOOTER['en']}", style="dim" if colour else ""))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _head(summary: Summary) -> Text:
    said, known, seen = summary.declaration, summary.knowledge, summary.coverage
    known_robots = _share(seen["robots_known"], summary.rows)
    possible = _share(seen["robots_possible"], summary.rows)
    known_pages = _share(seen["pages_known"], summary.rows)
    lines = [
        (
            f"{show(summary.manifest['file'])}: {summary.rows:,} rows, {known['hosts']:,} hosts; "
            f"purpose {said['purpose']}, agent {show(said['agent']) or 'not known'}"
        ),
        (
            f"known of its hosts: {known['robots_captures']:,} robots.txt captures of "
            f"{known['hosts_observed']:,} hosts, {known['page_captures']:,} pages; "
            f"list entries: {known['entries']:,}, lists: {known['lists']:,}"
        ),
        (
            f"coverage: robots.txt known for {known_robots} of rows and only possible for "
            f"{possible}; pages looked at for {known_pages}; the rest could not be told"
        ),
    ]
    if seen["unreadable_urls"] or seen["unreadable_dates"]:
        lines.append(
            f"unreadable addresses: {seen['unreadable_urls']:,}, "
            f"unreadable dates: {seen['unreadable_dates']:,}"
        )
    lines += [
        f"of the dataset: {one.rule.id} ({one.level}): {one.rule.title}"
        for one in summary.of_dataset
    ]
    if summary.unasked:
        left = " ".join(one.rule for one in summary.unasked)
        lines.append(f"not asked of all, for their facts are not declared: {left}")
    if summary.overdue:
        lines.append(f"rules past their review date: {', '.join(summary.overdue)}")
    return Text("\n".join(lines))


def _levels(summary: Summary) -> Table:
    table = _table()
    table.add_column("level")
    table.add_column("rows", justify="right")
    table.add_column("share", justify="right")
    for level, rows in summary.levels.items():
        table.add_row(Text(level, style=_COLOURS[level]), f"{rows:,}", _share(rows, summary.rows))
    return table


def _classes(summary: Summary) -> Table:
    table = _table()
    for name in ("robots.txt", "basis"):
        table.add_column(name)
    table.add_column("rows", justify="right")
    table.add_column("share", justify="right")
    for one in summary.classes:
        table.add_row(one.robots, one.basis, f"{one.rows:,}", _share(one.rows, summary.rows))
    return table


def _findings(summary: Summary) -> Table:
    table = _table()
    table.add_column("rule", no_wrap=True)
    table.add_column("what is the case")
    for name in ("rows", "possible", "hosts", "cannot tell"):
        table.add_column(name, justify="right")
    for finding in summary.findings:
        table.add_row(
            finding.rule.id, finding.rule.title, f"{finding.rows:,}", f"{finding.possible:,}",
            f"{finding.hosts:,}", f"{finding.untold:,}",
        )  # fmt: skip
    return table


def _lists(summary: Summary) -> Table:
    table = _table()
    for name in ("list", "handed in by", "status", "received"):
        table.add_column(name)
    table.add_column("rows", justify="right")
    for one in summary.lists:
        table.add_row(
            Text(show(one.list_id)),
            Text(show(one.submitter)),
            one.status,
            f"{one.received_at:%Y-%m-%d %H:%M}Z",
            f"{one.rows:,}",
        )
    return table


def _hosts(summary: Summary) -> Table:
    table = _table()
    table.add_column("host")
    table.add_column("level")
    table.add_column("rows", justify="right")
    table.add_column("rules")
    for one in summary.hosts[:10]:
        table.add_row(
            Text(show(one.host)), Text(one.level, style=_COLOURS[one.level]), f"{one.rows:,}",
            ", ".join(one.rules),
        )  # fmt: skip
    return table


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


REPORT = Report("text", "", render_text)
