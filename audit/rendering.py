"""A report as a file in the folder of its audit: whole, or not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.folder import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from audit.reports import Report
    from audit.summary import Summary


def write_report(report: Report, summary: Summary, folder: Path) -> Path | None:
    """Write *report* to its file in *folder* and return that; one that has none is printed."""
    if not report.file_name:
        return None
    path = folder / report.file_name
    with replacing(path) as file:
        file.write_text(report.render(summary), "utf-8")
    return path
