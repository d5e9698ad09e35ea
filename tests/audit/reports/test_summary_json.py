"""summary.json: everything the other reports show, for programs."""

from __future__ import annotations

import json

from audit.reports.summary_json import FORMAT, REPORT
from audit.summary import FOOTER
from tests.audit.reports.test_html import SUMMARY


def test_holds_the_whole_summary_under_its_own_names() -> None:
    said = json.loads(REPORT.render(SUMMARY))

    assert said["format"] == FORMAT
    assert said["footer"] == FOOTER
    assert said["rows"] == SUMMARY.rows == sum(said["levels"].values())
    assert said["classes"][0] == {
        "robots": SUMMARY.classes[0].robots,
        "basis": SUMMARY.classes[0].basis,
        "rows": SUMMARY.classes[0].rows,
    }
    assert said["made_at"] == "2026-11-22T01:36:26+00:00"


def test_ends_with_a_line_end() -> None:
    assert REPORT.render(SUMMARY).endswith("}\n")
