"""`provisor gate` and `provisor accept` as their user calls them."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from audit.accept_command import accept_findings
from audit.cleaning.suppressing import digest_of, suppress_text
from audit.commands import audit_manifest
from audit.gate_command import gate_audit
from provenance.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    from pathlib import Path

    import click

UNTIL = (datetime.now(UTC) + timedelta(days=60)).date().isoformat()
POLICY = """\
[[gate]]
level = "high"

[[gate]]
name = "little unknown"
unknown = true
share = 0.2

[[gate]]
rule = "PRV-01"
rows = 5
"""
TOLD = f"""\
high      26 of 42 rows (61.9%), of which 10 accepted
unknown   9 of 42 rows (21.4%)
low       4 of 42 rows (9.5%)
info      3 of 42 rows (7.1%)

baseline: of 3 acceptances hold: 2
  PRV-01 at paths.example: more rows than were accepted: accepts none of them (2 rows now, 1 accepted); until {UNTIL}, by A. Mori: licence 12

FAILED  policy.toml, line 1: rows at high or above: 16 besides 10 accepted, at most 0 may be
FAILED  policy.toml, line 4 (little unknown): rows that could not be told: 9, at most 8 may be
FAILED  policy.toml, line 9: rows on which PRV-01 fires: 11, at most 5 may be
3 of 3 gates failed
"""


def called(command: click.Command, *words: Any) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, [str(word) for word in words], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.return_value or 0, done.stdout, done.stderr


@pytest.fixture
def folder(two_audits: Path, tmp_path: Path) -> Path:
    """A folder with a policy, and a baseline of which one acceptance does not hold."""
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    words = ("--into", tmp_path / "baseline.json", "--until", UNTIL, "--reason", "licence 12")
    called(accept_findings, two_audits / "old", *words, "--rule", "PIR-01")
    called(
        accept_findings, two_audits / "old", *words, "--site", "paths.example", "--by", "A. Mori"
    )
    said = json.loads((tmp_path / "baseline.json").read_text("utf-8"))
    said["accepted"][2]["rows"] = 1
    (tmp_path / "baseline.json").write_text(json.dumps(said), "utf-8")
    return tmp_path


def test_names_the_lines_that_fail_and_what_holds_no_more(two_audits: Path, folder: Path) -> None:
    words = ("--policy", folder / "policy.toml", "--baseline", folder / "baseline.json")

    assert called(gate_audit, two_audits / "new", *words) == (1, TOLD, "")


def test_the_same_is_told_as_json(two_audits: Path, folder: Path) -> None:
    words = ("--policy", folder / "policy.toml", "--baseline", folder / "baseline.json", "--json")

    code, out, _ = called(gate_audit, two_audits / "new", *words)

    said = json.loads(out)
    assert (code, said["format"], said["passes"]) == (1, "provisor-gate/1", False)
    assert said["levels"]["high"] == {"rows": 26, "accepted": 10}
    assert [(one["line"], one["found"], one["left"], one["holds"]) for one in said["gates"]] == [
        (1, 26, 16, False),
        (4, 9, 9, False),
        (9, 11, 11, False),
    ]
    assert [one["status"] for one in said["baseline"]] == ["holds", "holds", "outgrown"]


@pytest.mark.parametrize(
    ("words", "code"),
    [((), 1), (("--fail-on", "critical"), 0), (("--fail-on", "never"), 0)],
)
def test_without_a_policy_a_level_is_the_gate(
    two_audits: Path, words: tuple[str, ...], code: int
) -> None:
    assert called(gate_audit, two_audits / "old", *words)[0] == code


def test_a_policy_stands_in_the_place_of_the_default_and_beside_a_level_that_is_said(
    two_audits: Path, tmp_path: Path
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[[gate]]\nlevel = "critical"\n', "utf-8")

    alone = called(gate_audit, two_audits / "old", "--policy", policy)
    beside = called(gate_audit, two_audits / "old", "--policy", policy, "--fail-on", "high")

    assert (alone[0], beside[0]) == (0, 1)
    assert alone[1].endswith(
        "policy.toml, line 1: rows at critical or above: 0, at most 0 may be\npassed\n"
    )
    assert "FAILED  --fail-on: rows at high or above: 16" in beside[1]


def test_what_was_removed_and_came_back_fails(two_audits: Path, tmp_path: Path) -> None:
    address = (two_audits / "rows" / "part-0.csv").read_text("utf-8").splitlines()[3].split(",")[0]
    (tmp_path / "suppress.txt").write_text(suppress_text([digest_of(address) or ""]), "utf-8")
    words = ("--suppress", tmp_path / "suppress.txt", "--fail-on", "never")

    code, out, _ = called(gate_audit, two_audits / "new", *words)
    named = called(gate_audit, two_audits / "new", *words, "--manifest", two_audits / "rows")

    assert code == 1
    assert (
        "FAILED  REM-03, suppress.txt: rows that came back: 1 (part-0.csv 1; first rows 2)" in out
    )
    assert named == (code, out, "")


def test_an_audit_passes_its_gates_at_once(two_audits: Path, folder: Path, tmp_path: Path) -> None:
    words = (
        two_audits / "rows" / "part-0.csv", "--out", tmp_path / "o",
        "--declaration", two_audits / "dataset.toml", "--snapshot", tmp_path / "known.duckdb",
        "--store", tmp_path / "store.duckdb", "--policy", folder / "policy.toml",
    )  # fmt: skip
    shutil.copy(two_audits / "store.duckdb", tmp_path)
    shutil.copy(two_audits / "new" / "knowledge.duckdb", tmp_path / "known.duckdb")

    code, out, _ = called(audit_manifest, *words)

    assert code == 1
    assert "FAILED  policy.toml, line 9: rows on which PRV-01 fires: 6, at most 5 may be\n" in out
    assert out.endswith("2 of 3 gates failed\n")


def test_a_policy_that_cannot_be_read_is_refused_before_the_work(
    two_audits: Path, tmp_path: Path
) -> None:
    words = ("--policy", tmp_path / "none.toml", "--out", tmp_path / "o")

    with pytest.raises(InputRefused, match=r"none\.toml: cannot be read"):
        called(audit_manifest, two_audits / "rows", *words)
    assert not (tmp_path / "o").exists()


def test_nothing_is_accepted_without_a_reason_or_for_ever(two_audits: Path, tmp_path: Path) -> None:
    into = ("--into", tmp_path / "b.json")

    with pytest.raises(UsageRefused, match="--until: 2020-01-01 has passed"):
        called(accept_findings, two_audits / "old", *into, "--reason", "x", "--until", "2020-01-01")
    with pytest.raises(UsageRefused, match="--reason: says nothing"):
        called(accept_findings, two_audits / "old", *into, "--reason", " ", "--until", UNTIL)
    assert not (tmp_path / "b.json").exists()
