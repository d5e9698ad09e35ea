"""What an audit asks, and where each question comes from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from audit.rules import every_rule, rules
from audit.rules_command import show_rules
from provenance.errors import UsageRefused
from tests.audit.test_rule_files import rule

if TYPE_CHECKING:
    from pathlib import Path


def test_every_rule_stands_on_a_line_of_its_own() -> None:
    told = CliRunner().invoke(show_rules).output.splitlines()

    assert [line.partition(" ")[0] for line in told] == [rule.id for rule in rules()]
    assert (
        "PIR-01     by facts  A  Named by a list that had been received before the source was accessed"
    ) in told


def test_the_rules_of_several_laws_are_listed_one_law_after_the_other() -> None:
    said = json.loads(CliRunner().invoke(show_rules, ["--law", "uk,jp", "--json"]).output)

    assert [one["id"] for one in said] == [rule.id for rule in (*rules("uk"), *rules("jp"))]


@pytest.mark.parametrize("name", ["PRV-01", "EU-01"])
def test_all_of_one_rule_is_shown(name: str) -> None:
    told = CliRunner().invoke(show_rules, ["show", name]).output

    (shown,) = [rule for rule in every_rule() if rule.id == name]
    assert shown.basis in told
    assert shown.expression in told


def test_json_holds_the_same() -> None:
    said = json.loads(CliRunner().invoke(show_rules, ["--json"]).output)

    assert [one["id"] for one in said] == [rule.id for rule in rules()]


def test_a_rule_that_is_none_is_a_wrong_call() -> None:
    result = CliRunner().invoke(show_rules, ["show", "PRV-99"])

    assert isinstance(result.exception, UsageRefused)


def test_rules_of_ones_own_are_tried_before_they_are_used(tmp_path: Path) -> None:
    folder = tmp_path / "house-rules"
    folder.mkdir()
    (folder / "1.sql").write_text(rule("gate"), "utf-8")
    (folder / "2.sql").write_text(rule("gate AND NOT gate", id="OWN-02"), "utf-8")
    (folder / "3.sql").write_text(rule("gate", id="OWN-03", review_by="2026-11-02"), "utf-8")
    (folder / "4.sql").write_text(rule("TRUE", id="OWN-04"), "utf-8")
    (folder / "5.sql").write_text(rule("known IS NULL", id="OWN-05"), "utf-8")

    result = CliRunner().invoke(show_rules, ["check", str(folder)], standalone_mode=False)

    assert result.return_value == 1
    assert result.output.splitlines() == [
        "OWN-01  ok: fires on 1 of 3 combinations of gate",
        "OWN-02  FAILS: fires on 0 of 3 combinations of gate",
        "OWN-03  ok: fires on 1 of 3 combinations of gate; past its review date",
        "OWN-04  FAILS: fires on 1 of 1 combination of no fact",
        "OWN-05  ok: fires on 1 of 4 combinations of known",
    ]
