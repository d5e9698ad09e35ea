"""A report as it is rendered, and as a file in the folder of its audit: whole, or not there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.folder import replacing
from audit.reports import PLAIN

if TYPE_CHECKING:
    from pathlib import Path

    from audit.reports import Asked, Report
    from audit.summary import Summary


def rendered(report: Report[Any], summary: Summary, asked: Asked = PLAIN) -> Any:
    """Return what *report* makes; one for the public does not get what must not be published."""
    return report.render(_published(summary) if report.public else summary, asked)


def write_report(
    report: Report[Any], summary: Summary, folder: Path, asked: Asked = PLAIN
) -> Path | None:
    """Write *report* to its file in *folder* and return that; one that has none is printed."""
    if not report.file_name:
        return None
    path = folder / report.file_name
    with replacing(path) as file:
        made: str | bytes = rendered(report, summary, asked)
        file.write_bytes(made.encode() if isinstance(made, str) else made)
    return path


def _published(summary: Summary) -> Summary:
    """Return *summary* without sites that rules name, lists, their submitters, and samples."""
    return replace(summary, sites=(), lists=(), samples=())
