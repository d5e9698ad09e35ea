"""The page to read and to hand on: the audit as one HTML file that asks the network for nothing.

Every text that reaches the page goes through `show` and is then escaped; an audited address is
text and never a link. What the terms mean is written in audit/terms.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.page.page import page
from audit.reports import PLAIN, Report

if TYPE_CHECKING:
    from audit.reports import Asked
    from audit.summary import Summary


def _render(summary: Summary, asked: Asked = PLAIN) -> str:
    return page(summary, asked)


REPORT = Report("html", "report.html", _render, always=True)
