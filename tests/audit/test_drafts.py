"""Drafts of documents: what all of them say, and what none of them concludes."""

from __future__ import annotations

import pytest

from audit.drafts import EXTENTS, Extent
from audit.reports import Asked, Report, ab2013, eu_summary, jco_checklist, principle_code
from audit.summary import FOOTER
from audit.terms import NOT_FULFILLED
from tests.audit.reports.small import CHECKPOINT, SEALED, SOURCES
from tests.audit.reports.test_html import CONCLUSIONS, EMPTY

DRAFTS = (ab2013.REPORT, eu_summary.REPORT, jco_checklist.REPORT, principle_code.REPORT)
ASKED_ABOUT = {"cleaning", "cleaned", "clean", "illegal", "infringement"}
"""Words of the documents themselves, which ask for these."""


@pytest.mark.parametrize("report", DRAFTS, ids=[one.name for one in DRAFTS])
def test_each_says_what_it_is_what_was_seen_and_by_which_record(report: Report[str]) -> None:
    said = report.render(SEALED, Asked(sources=SOURCES))

    assert said.splitlines()[2] == NOT_FULFILLED.en
    assert "- could not be told: 1,500 of 2,000 rows (75.0%)" in said
    assert f"```\n{CHECKPOINT}```" in said
    assert said.endswith(f"{FOOTER['en']}\n{FOOTER['ja']}\n")


@pytest.mark.parametrize("report", DRAFTS, ids=[one.name for one in DRAFTS])
def test_none_concludes_anything(report: Report[str]) -> None:
    said = report.render(SEALED, Asked(sources=SOURCES)).replace(FOOTER["en"], "")

    found = {one[0].lower() for one in CONCLUSIONS.finditer(said)}
    assert found <= ASKED_ABOUT


@pytest.mark.parametrize("report", DRAFTS, ids=[one.name for one in DRAFTS])
def test_every_item_says_how_far_and_the_head_counts_them(report: Report[str]) -> None:
    said = report.render(EMPTY)
    rows = [line.split(" | ") for line in said.splitlines() if line.startswith("| ")]
    extents = [cells[1] for cells in rows if cells[1] in {one.en for one in EXTENTS.values()}]

    counted = ", ".join(
        f"{EXTENTS[extent].en}: {extents.count(EXTENTS[extent].en)}" for extent in Extent
    )
    assert f"- {counted}\n" in said
    assert len(extents) == sum(
        1 for cells in rows if cells[0] != "| item" and "---" not in cells[1]
    )
