"""report.csv: levels, findings, answers, lists and hosts as one table, for a spreadsheet.

Names are spelt out as on a terminal, and one that a spreadsheet would take for a formula gets an
apostrophe (OWASP ASVS 5.0, 1.2.10).
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from audit.headline import checkpoint_lines, footer, headline
from audit.reports import PLAIN, Report
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.reports import Asked
    from audit.summary import Summary

COLUMNS = ("part", "name", "level", "rows", "possible", "untold", "hosts", "said")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

Cells = tuple[object, ...]


def _render(summary: Summary, _asked: Asked = PLAIN) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in _rows(summary):
        table.writerow([cell(one) if isinstance(one, str) else one for one in row])
    lines = checkpoint_lines(summary)  # its three lines stand as they are, for `provisor verify`
    table.writerow(("about", "checkpoint", *[""] * 5, "\n".join([*lines, ""])))
    return out.getvalue()


def cell(text: str) -> str:
    """Return *text* as no spreadsheet takes it for a formula."""
    return f"'{show(text, 1000)}" if text.startswith(_FORMULA) else show(text, 1000)


def _rows(summary: Summary) -> Iterator[Cells]:
    for name, said in headline(summary).items():
        yield "about", name, "", "", "", "", "", said
    for language, said in zip(("en", "ja"), footer(), strict=True):
        yield "about", language, "", "", "", "", "", said
    for level, rows in summary.levels.items():
        yield "level", level, level, rows, "", "", "", ""
    for one in summary.findings:
        levels = " ".join(one.levels)
        yield (
            "finding", one.rule.id, levels, one.rows, one.possible, one.untold, one.hosts,
            one.rule.title,
        )  # fmt: skip
    for answer in summary.classes:
        yield "robots", answer.robots, "", answer.rows, "", "", "", answer.basis
    for listed in summary.lists:
        received = f"{listed.status} {listed.received_at:%Y-%m-%dT%H:%M:%SZ} {listed.submitter}"
        yield "list", listed.list_id, "", listed.rows, "", "", "", received
    for host in summary.hosts:
        yield "host", host.host, host.level, host.rows, "", "", "", " ".join(host.rules)


REPORT = Report("csv", "report.csv", _render)
