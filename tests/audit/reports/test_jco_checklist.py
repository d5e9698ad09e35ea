"""report.jco-checklist.md: how far each item is evidenced, and that it is never called fulfilled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.of_dataset import Unasked
from audit.reports import Asked
from audit.reports.jco_checklist import REPORT
from tests.audit.reports.small import SEALED, expected


@pytest.mark.parametrize("language", ["en", "ja"])
def test_shows_all_of_a_small_audit(language: str) -> None:
    assert REPORT.render(SEALED, Asked(language)) == expected(f"report.jco-checklist.{language}.md")


def test_offers_are_told_where_a_rule_asks_for_them() -> None:
    offer = replace(SEALED.rules[0], id="LIC-01", title="A paid dataset was on offer")

    said = REPORT.render(replace(SEALED, rules=(*SEALED.rules, offer)))

    assert "| paid databases for analysis (B) | partly | LIC-01 (A paid dataset was on" in said
    assert "| paid databases for analysis (B) | not by this tool |" in REPORT.render(SEALED)


def test_rows_of_which_a_rule_was_not_asked_are_told() -> None:
    offer = replace(SEALED.rules[0], id="LIC-01", title="A paid dataset was on offer")
    lacking = Unasked("LIC-01", 1500, ("dataset_offer",))

    said = REPORT.render(replace(SEALED, rules=(*SEALED.rules, offer), unasked=(lacking,)))

    assert "told for 0; not asked of 1,500 rows, not declared: dataset_offer<br>" in said


def test_lists_are_no_full_evidence_where_none_was_at_hand() -> None:
    item = "| information of right holders, and what was left out (A) |"
    known = replace(SEALED, knowledge=SEALED.knowledge | {"lists": 1})

    assert f"{item} partly |" in REPORT.render(SEALED)
    assert f"{item} evidenced |" in REPORT.render(known)
