"""report.csv: levels, findings, answers, lists and hosts as one table, for a spreadsheet.

Names are spelt out as on a terminal, and one that a spreadsheet would take for a formula gets an
apostrophe (OWASP ASVS 5.0, 1.2.10).
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from audit.headline import checkpoint_lines
from audit.reports import PLAIN, Report
from audit.tabled import COLUMNS, table_rows
from provenance.show import show

if TYPE_CHECKING:
    from audit.reports import Asked
    from audit.summary import Summary

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def _render(summary: Summary, _asked: Asked = PLAIN) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in table_rows(summary):
        table.writerow([cell(one) if isinstance(one, str) else one for one in row])
    lines = checkpoint_lines(summary)  # its three lines stand as they are, for `provisor verify`
    table.writerow(("about", "checkpoint", *[""] * 5, "\n".join([*lines, ""])))
    return out.getvalue()


def cell(text: str) -> str:
    """Return *text* as no spreadsheet takes it for a formula."""
    return f"'{show(text, 1000)}" if text.startswith(_FORMULA) else show(text, 1000)


REPORT = Report("csv", "report.csv", _render)
