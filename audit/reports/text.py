"""The table on the terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from audit.fact_words import VALUES
from audit.headline import checkpoint_lines, of_whole, share, untold
from audit.packs import packs
from audit.report_words import COLUMNS, NAMES, TITLES, sentence
from audit.reports import PLAIN, Report
from audit.summary import FOOTER
from audit.terminal import add_row, new_table, printed
from audit.terms import ANSWERS, BASES, LEVEL_TERMS
from provenance.many import Counted
from provenance.show import show

if TYPE_CHECKING:
    from rich.table import Table

    from audit.reports import Asked
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


def render_text(
    summary: Summary, *, colour: bool = False, width: int = _WIDTH, lang: str = "en"
) -> str:
    """Return the tables as text, with colours where a terminal shows them."""
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=colour, color_system="auto" if colour else None, width=width
    )
    console.print(_head(summary, lang))
    for title, table in (
        ("levels", _levels(summary, lang)),
        ("robots", _classes(summary, lang)),
        ("rules", _findings(summary, lang)),
        ("lists", _lists(summary, lang)),
        ("sites", _sites(summary, lang)),
    ):
        if table.row_count:
            heading = getattr(TITLES[title], lang)
            console.print(Text(f"\n{heading}", style="bold" if colour else ""))
            console.print(table)
    console.print(Text(f"\n{_foot(summary, lang)}", style="dim" if colour else ""))
    return printed(out)


def _head(summary: Summary, lang: str) -> Text:
    said, known, seen = summary.declaration, summary.knowledge, summary.coverage
    lines = [
        sentence(
            "of", lang,
            file=show(summary.manifest["file"]), rows=Counted(summary.rows),
            hosts=Counted(known["hosts"]), purpose=_purpose(said["purpose"], lang),
            agent=show(said["agent"]) or sentence("not_known", lang),
        ),
        f"{getattr(NAMES['untold'], lang)}: {untold(summary, lang)}",
        sentence(
            "seen", lang,
            known=share(seen["robots_known"], summary.rows),
            possible=share(seen["robots_possible"], summary.rows),
            pages=share(seen["pages_known"], summary.rows),
        ),
        sentence(
            "known", lang,
            robots=Counted(known["robots_captures"]), observed=Counted(known["hosts_observed"]),
            pages=Counted(known["page_captures"]), entries=Counted(known["entries"]),
            lists=Counted(known["lists"]),
        ),
    ]  # fmt: skip
    if seen["unreadable_urls"] or seen["unreadable_dates"]:
        urls, dates = f"{seen['unreadable_urls']:,}", f"{seen['unreadable_dates']:,}"
        lines.append(sentence("unreadable", lang, urls=urls, dates=dates))
    lines += [f"{name}: {said}" for name, said in of_whole(summary, lang).items()]
    if summary.overdue:
        lines.append(sentence("overdue", lang, ids=", ".join(summary.overdue)))
    return Text("\n".join(lines))


def _purpose(name: str, lang: str) -> str:
    return name if lang == "en" else VALUES[name].ja


def _foot(summary: Summary, lang: str) -> str:
    lines = [
        sentence(
            "pack", lang,
            profile=pack.profile, count=f"{len(pack.rules):,}", last=pack.last, due=pack.due,
        )
        for pack in packs(summary)
    ]  # fmt: skip
    if checkpoint := checkpoint_lines(summary):
        lines += [f"{getattr(TITLES['checkpoint'], lang)}:", *checkpoint]
    return "\n".join([*lines, FOOTER[lang]])


def _levels(summary: Summary, lang: str) -> Table:
    table = _table(lang, "level", ">rows", ">share")
    for level, rows in summary.levels.items():
        name = level if lang == "en" else LEVEL_TERMS[level].ja
        add_row(table, Text(name, style=_COLOURS[level]), f"{rows:,}", share(rows, summary.rows))
    return table


def _classes(summary: Summary, lang: str) -> Table:
    table = _table(lang, "robots", "basis", ">rows", ">share")
    for one in summary.classes:
        told = (
            (one.robots, one.basis)
            if lang == "en"
            else (ANSWERS[one.robots].ja, BASES[one.basis].ja)
        )
        add_row(table, *told, f"{one.rows:,}", share(one.rows, summary.rows))
    return table


def _findings(summary: Summary, lang: str) -> Table:
    table = _table(lang, "rule", "case", ">rows", ">possible", ">hosts", ">untold")
    table.columns[0].no_wrap = True
    for finding in summary.findings:
        rule = finding.rule
        add_row(
            table, rule.id, rule.title if lang == "en" else rule.title_ja, f"{finding.rows:,}",
            f"{finding.possible:,}", f"{finding.hosts:,}", f"{finding.untold:,}",
        )  # fmt: skip
    return table


def _lists(summary: Summary, lang: str) -> Table:
    table = _table(lang, "list", "submitter", "status", "received", ">rows")
    for one in summary.lists:
        add_row(
            table, show(one.list_id), show(one.submitter), one.status,
            f"{one.received_at:%Y-%m-%d %H:%M}Z", f"{one.rows:,}",
        )  # fmt: skip
    return table


def _sites(summary: Summary, lang: str) -> Table:
    table = _table(lang, "site", "level", ">rows", ">hosts", "rules")
    for one in summary.sites[:10]:
        level = one.level if lang == "en" else LEVEL_TERMS[one.level].ja
        add_row(
            table, Text(show(one.site) + (f"\n  {show(one.beneath)}" if one.beneath else "")),
            Text(level, style=_COLOURS[one.level]), f"{one.rows:,}", f"{one.hosts:,}",
            ", ".join(one.rules),
        )  # fmt: skip
    return table


def _table(lang: str, *columns: str) -> Table:
    """Return an empty table; columns of numbers are named with a `>`."""
    return new_table(
        *(
            ">" * name.startswith(">") + getattr(COLUMNS[name.removeprefix(">")], lang)
            for name in columns
        )
    )


def _render(summary: Summary, asked: Asked = PLAIN) -> str:
    return render_text(summary, lang=asked.language)


REPORT = Report("text", "", _render)
