"""An audit before its gates: what counts, and what was accepted and is counted all the same."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from audit.gating.accepting import _place, acceptances
from audit.gating.baseline import Acceptance
from audit.gating.forms import gate_text
from audit.gating.judging import _passed, _refuse_unasked, judge_gates
from audit.gating.policy import Gate
from provenance.errors import InputRefused, UsageRefused
from tests.audit.corpus import told

if TYPE_CHECKING:
    from pathlib import Path

    from audit.gating.judging import Judgement

TODAY = date(2026, 11, 22)
UNTIL = TODAY + timedelta(days=30)
HIGH = Gate(level="high")
LEVELS = {"critical": 0, "high": 16, "medium": 0, "unknown": 19, "low": 4, "info": 3}


def accepted(rule: str, **more: Any) -> Acceptance:
    return replace(Acceptance(rule, "high", "high", "licence 12", UNTIL), **more)


def judged(
    folder: Path, *baseline: Acceptance, gates: tuple[Gate, ...] = (HIGH,), out: str = "old"
) -> Judgement:
    return judge_gates(folder / out, gates, baseline, today=TODAY)


def left(said: Judgement) -> list[tuple[int, int]]:
    return [(one.found, one.left) for one in said.gates]


def test_without_a_baseline_what_stands_at_the_gate_counts(two_audits: Path) -> None:
    said = judged(two_audits)

    assert said.levels == LEVELS
    assert left(said) == [(16, 16)]
    assert not said.passes


def test_what_is_accepted_is_counted_beside_the_total_and_does_not_fail(two_audits: Path) -> None:
    baseline = acceptances(
        two_audits / "old", gate="high", reason="licence 12", until=UNTIL, today=TODAY
    )

    said = judged(two_audits, *baseline)

    assert said.levels == LEVELS
    assert said.accepted == dict.fromkeys(LEVELS, 0) | {"high": 16}
    assert left(said) == [(16, 0)]
    assert said.passes
    assert {(one.status, one.rows == one.acceptance.rows) for one in said.used} == {("holds", True)}


def test_what_is_new_since_is_not_accepted(two_audits: Path) -> None:
    baseline = acceptances(
        two_audits / "old", gate="high", reason="licence 12", until=UNTIL, today=TODAY
    )

    assert left(judged(two_audits, *baseline, out="new")) == [(26, 10)]


def test_a_row_of_two_rules_needs_both_accepted(two_audits: Path) -> None:
    # Rows of listed hosts that robots.txt refused as well.
    both = [row for row in told(two_audits / "new") if {"PIR-01", "PRV-01"} <= set(row[3])]
    one, other = accepted("PIR-01"), accepted("PRV-01")

    single = judged(two_audits, one, out="new").gates[0].accepted
    second = judged(two_audits, other, out="new").gates[0].accepted

    assert judged(two_audits, one, other, out="new").gates[0].left == 0
    assert single + second + len(both) == 26


@pytest.mark.parametrize(
    ("changed", "status", "counts"),
    [
        ({"until": TODAY}, "holds", 12),
        ({"until": TODAY - timedelta(days=1)}, "expired", 16),
        ({"rows": 4}, "holds", 12),
        ({"rows": 3}, "outgrown", 16),
        ({"host": "closed.example"}, "unmatched", 16),
        ({"host": "example"}, "unmatched", 16),
        ({"host": "ww.listed.example"}, "unmatched", 16),
        ({"lowest": "low", "highest": "medium"}, "risen", 16),
        ({"rule": "PIR-02"}, "unmatched", 16),
    ],
)
def test_an_acceptance_covers_what_it_says_and_no_more(
    two_audits: Path, changed: dict[str, Any], status: str, counts: int
) -> None:
    one = replace(accepted("PIR-01", host="www.listed.example"), **changed)

    said = judged(two_audits, one)

    assert said.used[0].status == status
    assert left(said) == [(16, counts)]


def test_a_site_covers_its_hosts_and_none_that_only_ends_like_it(two_audits: Path) -> None:
    assert left(judged(two_audits, accepted("PIR-01", site="listed.example"))) == [(16, 6)]
    assert left(judged(two_audits, accepted("PIR-01", site="isted.example"))) == [(16, 16)]


@pytest.mark.parametrize(
    ("gate", "found", "holds"),
    [
        (Gate(level="critical"), 0, True),
        (Gate(level="high", rows=16), 16, True),
        (Gate(level="high", rows=15), 16, False),
        (Gate(level="medium", rows=16), 35, False),  # unknown counts as medium
        (Gate(unknown=True, rows=None, share=0.5), 19, True),
        (Gate(unknown=True, rows=None, share=0.45), 19, False),
        (Gate(unknown=True, rows=30, share=0.45), 19, False),
        (Gate(level="high", rows=None, share=0.38), 16, False),  # 15.96 of 42 rows
        (Gate(rule="PRV-01", rows=6), 6, True),
        (Gate(rule="PRV-01", level="critical"), 0, True),
        (Gate(level="high", profile="jp"), 16, False),
    ],
)
def test_each_gate_counts_what_it_names(
    two_audits: Path, gate: Gate, found: int, holds: bool
) -> None:
    (passed,) = judged(two_audits, gates=(gate,)).gates

    assert (passed.found, passed.holds) == (found, holds)


@pytest.mark.parametrize(
    "gate", [Gate(rule="PRV-99", line=3), Gate(level="high", profile="xx", line=3)]
)
def test_a_gate_on_what_the_audit_did_not_ask_is_refused(two_audits: Path, gate: Gate) -> None:
    with pytest.raises(InputRefused, match="policy, line 3: the audit asked no"):
        judged(two_audits, gates=(gate,))


def test_a_gate_on_a_rule_that_its_profile_does_not_hold_is_refused() -> None:
    sentence = "policy, line 3: PRV-01 is no rule of the profile 'eu'; it is of jp"

    with pytest.raises(InputRefused, match=f"^{sentence}$"):
        _refuse_unasked(
            (Gate(rule="PRV-01", profile="eu", line=3),),
            {"PRV-01": frozenset({"jp"}), "EU-01": frozenset({"eu"})},
            "policy",
        )


@pytest.mark.parametrize(
    ("share", "rows", "most"), [(0.29, 100, 29), (0.07, 100, 7), (0.07, 99, 6), (0.0, 100, 0)]
)
def test_a_share_is_the_decimal_number_that_was_written(share: float, rows: int, most: int) -> None:
    gate = Gate(level="high", rows=None, share=share)

    with duckdb.connect() as connection:
        passed = _passed(connection, gate, {}, (), [("high", "high", rows)])

    assert passed.most == most


def test_a_gate_is_named_by_the_file_it_is_a_line_of(two_audits: Path) -> None:
    gate = Gate(rule="PRV-99", line=3)

    with pytest.raises(InputRefused, match=r"^ci/gates\.toml, line 3: the audit asked no rule"):
        judge_gates(two_audits / "old", (gate,), (), today=TODAY, policy="ci/gates.toml")


@pytest.fixture
def with_whole(two_audits: Path, tmp_path: Path) -> Path:
    """An audit in which two rules about the dataset as a whole fire."""
    folder = shutil.copytree(two_audits / "old", tmp_path / "old")
    said = json.loads((folder / "summary.json").read_text("utf-8"))
    known = {rule["id"]: rule for rule in said["rules"]}
    said["of_dataset"] = [
        {"rule": known[rule], "level": level}
        for rule, level in (("REM-01", "high"), ("PIR-12", "unknown"))
    ]
    (folder / "summary.json").write_text(json.dumps(said), "utf-8")
    return tmp_path


def test_what_is_the_case_of_the_dataset_counts_as_a_row_does(with_whole: Path) -> None:
    gates = (
        Gate(level="critical"), Gate(level="high", rows=16), Gate(level="high", rows=17),
        Gate(level="medium", rows=37), Gate(unknown=True, rows=19), Gate(unknown=True, rows=20),
        Gate(rule="REM-01"), Gate(rule="REM-02"), Gate(rule="REM-01", level="critical"),
        Gate(level="high", profile="jp", rows=16),
    )  # fmt: skip

    said = judged(with_whole, gates=gates)

    assert [(one.left, one.whole, one.holds) for one in said.gates] == [
        (0, (), True), (16, ("REM-01",), False), (16, ("REM-01",), True),
        (35, ("REM-01", "PIR-12"), True), (19, ("PIR-12",), False), (19, ("PIR-12",), True),
        (0, ("REM-01",), False), (0, (), True), (0, (), True), (16, ("REM-01",), False),
    ]  # fmt: skip
    assert (
        "FAILED  --fail-on: rows on which REM-01 fires: 0 and, of the dataset, REM-01, at most 0 may be"
        in gate_text(said, "")
    )


def test_only_what_is_chosen_is_accepted(two_audits: Path) -> None:
    asked: dict[str, Any] = {"gate": "high", "reason": "x", "until": UNTIL, "today": TODAY}
    by_rule = acceptances(two_audits / "old", chosen=["PIR-01"], **asked)
    by_site = acceptances(two_audits / "old", sites=["closed.example"], **asked)
    all_places = acceptances(two_audits / "old", everywhere=True, any_number=True, **asked)

    assert {(one.rule, one.host, one.rows) for one in by_rule} == {
        ("PIR-01", "listed.example", 6),
        ("PIR-01", "www.listed.example", 4),
    }
    assert [(one.rule, one.host) for one in by_site] == [("PRV-01", "closed.example")]
    assert [(one.rule, one.where, one.rows) for one in all_places] == [
        ("PIR-01", "everywhere", None),
        ("PRV-01", "everywhere", None),
    ]
    with pytest.raises(UsageRefused, match="the audit asked no rule 'PRV-99'"):
        acceptances(two_audits / "old", chosen=["PRV-99"], **asked)
    with pytest.raises(UsageRefused, match="nothing of it stands at critical or above"):
        acceptances(two_audits / "old", **asked | {"gate": "critical"})


@pytest.mark.parametrize(
    ("host", "placed"),
    [
        ("www.press.co.jp:8080", ("press.co.jp", "")),
        ("ann.github.io", ("ann.github.io", "")),
        ("github.io", ("", "github.io")),
        ("127.0.0.1:80", ("", "127.0.0.1:80")),
    ],
)
def test_a_host_is_accepted_with_its_site_where_that_has_one_owner(
    host: str, placed: tuple[str, str]
) -> None:
    assert _place(host) == placed
