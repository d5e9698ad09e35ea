"""report.sarif: SARIF 2.1.0, with what could not be told as `open`."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic import ValidationError
from sarif_pydantic import Sarif

from audit.reports.sarif import REPORT
from tests.audit.reports.small import SEALED, expected, hostile


def test_shows_all_of_a_small_audit() -> None:
    assert REPORT.render(SEALED) == expected("report.sarif")


def test_every_result_has_what_the_schema_requires() -> None:
    """SARIF 2.1.0: 3.13.2 and 3.13.4, 3.14.6, 3.18, 3.19.2, 3.27.5, 3.27.9, 3.27.10, 3.27.11."""
    (run,) = json.loads(REPORT.render(SEALED))["runs"]

    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"]
        assert result["message"]["text"]
        assert (result["kind"], result["level"]) in {
            ("fail", "error"), ("fail", "warning"), ("fail", "note"), ("open", "none"),
        }  # fmt: skip
    assert all("helpUri" not in rule for rule in rules)


def test_a_rule_that_fires_and_cannot_be_told_for_others_says_both() -> None:
    both = replace(SEALED.findings[2], untold=7)
    (run,) = json.loads(REPORT.render(replace(SEALED, findings=(both,))))["runs"]

    assert [(one["kind"], one["level"]) for one in run["results"]] == [
        ("fail", "error"), ("open", "none"),
    ]  # fmt: skip


def test_the_level_is_the_highest_the_rule_has_on_a_row() -> None:
    lowered = replace(SEALED.findings[2], levels={"medium": 1})
    (run,) = json.loads(REPORT.render(replace(SEALED, findings=(lowered,))))["runs"]

    assert run["results"][0]["level"] == "warning"


def test_no_address_and_no_scheme_is_in_it() -> None:
    (run,) = json.loads(REPORT.render(hostile()))["runs"]
    uri = run["artifacts"][0]["location"]["uri"]

    assert ":" not in uri
    assert uri.startswith("%5D%5D%3E%3Cscript%3E")
    assert "例え" not in REPORT.render(SEALED)


def test_a_reader_made_from_the_schema_takes_it() -> None:
    """sarif-pydantic has the types, the required members and the closed lists of SARIF 2.1.0."""
    for summary in (SEALED, hostile()):
        (run,) = Sarif.model_validate_json(REPORT.render(summary)).runs
        assert [str(one.kind) for one in run.results or ()] != []


def test_that_reader_would_refuse_what_is_none() -> None:
    said = json.loads(REPORT.render(SEALED))
    said["runs"][0]["results"][0]["level"] = "high"

    with pytest.raises(ValidationError, match=r"runs\.0\.results\.0\.level"):
        Sarif.model_validate(said)
