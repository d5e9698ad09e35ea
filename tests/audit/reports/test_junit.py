"""report.xml: one case for each rule; what could not be told is never green."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from junitparser import Failure, JUnitXml, Skipped

from audit.of_dataset import OfDataset, Unasked
from audit.reports.junit import REPORT
from tests.audit.reports.small import SEALED, expected, hostile
from tests.audit.reports.test_html import EMPTY


def outcomes(text: str) -> dict[str, str]:
    """Return what became of each rule: passed, skipped, or failed with its type."""
    found = {}
    for case in ET.fromstring(text).iter("testcase"):  # noqa: S314 (our own)
        failure, skipped = case.find("failure"), case.find("skipped")
        said = "skipped" if skipped is not None else "passed"
        found[case.get("name", "")[:6]] = said if failure is None else failure.get("type", "")
    return found


def test_shows_all_of_a_small_audit() -> None:
    assert REPORT.render(SEALED) == expected("report.xml")


@pytest.mark.parametrize(
    ("gate", "listed", "refused", "others"),
    [
        ("critical", "skipped", "passed", "passed"),
        ("high", "skipped", "high", "passed"),
        ("medium", "unknown", "high", "passed"),
        ("low", "unknown", "high", "low"),
        ("never", "skipped", "passed", "passed"),
    ],
)
def test_the_gate_says_what_fails(gate: str, listed: str, refused: str, others: str) -> None:
    found = outcomes(REPORT.render(replace(SEALED, gate=gate)))

    assert found == {"PIR-01": listed, "PRV-01": refused, "PRV-02": others}


def test_what_could_not_be_told_is_not_green_because_some_rows_were() -> None:
    both = replace(SEALED.findings[1], untold=3)

    found = outcomes(REPORT.render(replace(SEALED, findings=(both,))))

    assert found["PRV-02"] == "skipped"


def test_a_rule_about_pages_that_nobody_looked_at_is_skipped_at_any_gate() -> None:
    rule = replace(SEALED.rules[0], missing="note")
    finding = replace(SEALED.findings[0], rule=rule)
    summary = replace(SEALED, rules=(rule,), findings=(finding,), gate="low")

    assert outcomes(REPORT.render(summary)) == {"PIR-01": "skipped"}


def test_what_was_not_asked_of_some_rows_is_not_green_because_others_are_below_the_gate() -> None:
    low = SEALED.findings[1]
    left = Unasked(low.rule.id, 3, ("licence",))

    text = REPORT.render(replace(SEALED, findings=(low,), unasked=(left,)))

    assert outcomes(text)["PRV-02"] == "skipped"
    assert '<skipped message="not declared: licence" />' in text
    assert "<system-out>below the gate: 499 rows</system-out>" in text


@pytest.mark.parametrize(
    ("gate", "outcome"), [("high", "skipped"), ("never", "skipped"), ("medium", "unknown")]
)
def test_a_rule_that_fires_at_unknown_is_not_green(gate: str, outcome: str) -> None:
    finding = replace(SEALED.findings[1], levels={"unknown": 499})
    whole = replace(SEALED.rules[1], about="dataset")
    summary = replace(
        SEALED, gate=gate, rules=(finding.rule, whole), findings=(finding,),
        of_dataset=(OfDataset(whole, "unknown"),),
    )  # fmt: skip

    assert outcomes(REPORT.render(summary)) == {"PRV-02": outcome, "PRV-01": outcome}


@pytest.mark.parametrize(
    ("level", "outcome"), [("high", "high"), ("critical", "critical"), ("medium", "passed")]
)
def test_a_rule_about_the_dataset_is_asked_of_no_rows_as_well(level: str, outcome: str) -> None:
    rule = replace(SEALED.rules[1], about="dataset")
    summary = replace(EMPTY, rules=(rule,), of_dataset=(OfDataset(rule, level),))

    assert outcomes(REPORT.render(summary)) == {"PRV-01": outcome}


def test_of_no_rows_nothing_is_passed() -> None:
    assert set(outcomes(REPORT.render(EMPTY)).values()) == {"skipped"}


def test_hostile_names_leave_it_well_formed() -> None:
    text = REPORT.render(hostile())

    assert "]]>" not in text
    suite = ET.fromstring(text.encode()).find("testsuite")  # noqa: S314 (our own)
    assert suite is not None
    assert suite.get("name", "").endswith("<b>\\u{d800}\\u{fffe}\\u{ffff}")


def test_a_parser_of_such_reports_counts_alike() -> None:
    for summary in (SEALED, hostile(), EMPTY):
        read = JUnitXml.fromstring(REPORT.render(summary).encode())
        cases = [case for suite in read for case in suite]

        assert read.tests == len(cases) == len(summary.rules)
        assert read.failures == sum(
            isinstance(one, Failure) for case in cases for one in case.result
        )
        assert read.skipped == sum(
            isinstance(one, Skipped) for case in cases for one in case.result
        )
        assert read.errors == 0
