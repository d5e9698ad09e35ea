"""What an audit asks, and where each question comes from."""

from __future__ import annotations

import json

from click.testing import CliRunner

from audit.rules import rules
from audit.rules_command import show_rules
from provenance.errors import UsageRefused


def test_every_rule_stands_on_a_line_of_its_own() -> None:
    told = CliRunner().invoke(show_rules).output.splitlines()

    assert [line.partition(" ")[0] for line in told] == [rule.id for rule in rules()]
    assert next(line for line in told if line.startswith("PIR-01")) == (
        "PIR-01  by facts  A  Named by a list that had been received before the source was accessed"
    )


def test_all_of_one_rule_is_shown() -> None:
    told = CliRunner().invoke(show_rules, ["PRV-01"]).output

    for rule in rules():
        if rule.id == "PRV-01":
            assert rule.basis in told
            assert rule.expression in told


def test_json_holds_the_same() -> None:
    said = json.loads(CliRunner().invoke(show_rules, ["--json"]).output)

    assert [one["id"] for one in said] == [rule.id for rule in rules()]


def test_a_rule_that_is_none_is_a_wrong_call() -> None:
    result = CliRunner().invoke(show_rules, ["PRV-99"])

    assert isinstance(result.exception, UsageRefused)
