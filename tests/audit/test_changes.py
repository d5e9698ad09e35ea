"""What changed between two audits, in counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from audit.changes import RuleChange, compare
from audit.summary import Finding
from tests.audit.reports.test_html import EARLIER, LOW, RULE, SUMMARY


def test_of_the_same_audit_nothing_changed() -> None:
    found = compare(SUMMARY, SUMMARY)

    assert (found.notes, found.rules, found.rows) == ((), (), (2000, 2000))
    assert all(then == now for _, then, now in found.levels)


def test_a_rule_that_was_not_asked_is_not_one_that_found_nothing() -> None:
    found = compare(EARLIER, SUMMARY)

    assert found.rules[-1] == RuleChange(LOW.id, LOW.title, LOW.title_ja, None, 499, None, 0)


def test_a_rule_that_speaks_of_no_row_any_more_is_told() -> None:
    fewer = replace(SUMMARY, findings=(Finding(RULE, 1, 0, 0, 1, {"high": 1}),))

    (listed, low) = compare(SUMMARY, fewer).rules

    assert (listed.untold_then, listed.untold_now) == (1500, 0)
    assert (low.then, low.now) == (499, 0)


def test_whatever_else_may_account_for_a_change_is_named() -> None:
    other = replace(
        SUMMARY,
        manifest=SUMMARY.manifest | {"sha256": "00" * 32},
        declaration=SUMMARY.declaration | {"agent": "GPTBot"},
        limits=SUMMARY.limits | {"carry": 1},
        inputs=SUMMARY.inputs | {"suffix_list_sha256": "00" * 32},
        version="0.2.0",
    )

    named = compare(SUMMARY, other).notes

    assert named == ("manifest", "declaration", "suffix_list", "limits", "version")


def test_a_rule_that_only_tells_it_otherwise_is_the_same_rule() -> None:
    retold = replace(RULE, title="Told in other words", advice="Do as before")
    other = replace(
        SUMMARY, rules=tuple(retold if one.id == RULE.id else one for one in SUMMARY.rules)
    )

    assert compare(SUMMARY, other).notes == ()


def test_sealed_lists_and_columns_may_account_for_a_change_too() -> None:
    inputs: dict[str, Any] = SUMMARY.inputs | {"sealed_lists": ["holder/sealed"]}
    other = replace(
        SUMMARY,
        inputs=inputs,
        manifest=SUMMARY.manifest | {"url_column": "link"},
    )

    assert compare(SUMMARY, other).notes == ("sealed", "columns")
