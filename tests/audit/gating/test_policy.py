"""A policy: gates that somebody could fail, each by the line it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.gating.policy import Gate, read_policy
from provenance.errors import InputRefused

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
# For the nightly run.
[[gate]]
level = "high"

  [[ gate ]]
name = "little unknown"
unknown = true
share = 0.2

[[gate]]
rule = "PRV-01"
level = "medium"
profile = "jp"
rows = 5
"""


def policy(folder: Path, text: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(text, "utf-8")
    return path


def test_gates_know_their_lines(tmp_path: Path) -> None:
    found = read_policy(policy(tmp_path, TEXT))

    assert found == (
        Gate(level="high", line=2),
        Gate(unknown=True, rows=None, share=0.2, name="little unknown", line=5),
        Gate(rule="PRV-01", level="medium", profile="jp", rows=5, line=10),
    )
    assert [gate.counted for gate in found] == [
        "rows at high or above",
        "rows that could not be told",
        "rows on which PRV-01 fires at medium or above by profile jp",
    ]


@pytest.mark.parametrize(
    ("gate", "sentence"),
    [
        ("", "a gate counts a level, a rule"),
        ("rows = 3", "a gate counts a level, a rule"),
        ('unknown = true\nlevel = "high"', "a gate counts a level, a rule"),
        ("unknown = false", "unknown is written as true, or left out"),
        ('level = "severe"', "'severe' is no level to gate at"),
        ('level = "unknown"', "'unknown' is no level to gate at; unknown = true counts"),
        ('level = "high"\nshare = 1', "share is no part of all rows"),
        ('level = "high"\nshare = 20', "share is no part of all rows"),
        ('level = "high"\nshare = nan', "share is no part of all rows"),
        ('level = "high"\nrows = -1', "rows is no number of rows"),
        ('level = "high"\nrows = true', "rows is no number of rows"),
        ('level = "high"\nlimit = 3', "a gate has 'limit'; known are level, name,"),
        ("rule = 7", "rule is no text"),
        ('level = ""', "level is no text"),
    ],
)
def test_a_gate_that_nobody_could_fail_is_refused_with_its_line(
    tmp_path: Path, gate: str, sentence: str
) -> None:
    path = policy(tmp_path, f'[[gate]]\nlevel = "high"\n\n[[gate]]\n{gate}\n')

    with pytest.raises(InputRefused) as refused:
        read_policy(path)

    assert str(refused.value).startswith(f"{path}, line 4: ")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "has no [[gate]]"),
        ("gate = []", "has no [[gate]]"),
        ('[gate]\nlevel = "high"', "has no [[gate]]"),
        ('[[gate]]\nlevel = "high"\n[[gates]]\nlevel = "low"', "holds ['gates'] beside gates"),
        ('gate = [{level = "high"}]', "1 gate on 0 lines [[gate]]"),
        ('[[gate]]\nlevel = "high"\nname = """\n[[gate]]\n"""', "1 gate on 2 lines [[gate]]"),
        ("[[gate]\n", "not a TOML file"),
    ],
)
def test_what_is_no_policy_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = policy(tmp_path, text)

    with pytest.raises(InputRefused) as refused:
        read_policy(path)

    assert sentence in str(refused.value)
