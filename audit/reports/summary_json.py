"""summary.json: everything the other reports show, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from audit.reports import PLAIN, Report
from audit.summary import FOOTER
from provenance.strict_json import json_text
from provenance.told_times import iso_text

if TYPE_CHECKING:
    from audit.reports import Asked
    from audit.summary import Summary

FORMAT = "provisor-summary/1"


def _render(summary: Summary, _asked: Asked = PLAIN) -> str:
    said: dict[str, Any] = {"format": FORMAT} | asdict(summary) | {"footer": FOOTER}
    return json_text(said, default=iso_text) + "\n"


REPORT = Report("json", "summary.json", _render, always=True)
