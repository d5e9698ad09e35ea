"""`provisor diff` as its user calls it: what it prints and returns."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from audit.diff_command import diff_audits
from provenance.defaults import VERSION

if TYPE_CHECKING:
    from pathlib import Path

TOLD = """\
before  old: 42 rows, audited <made> by provisor <version>
after   new: 42 rows, audited <made> by provisor <version>

compared row by row: 42 rows of 2 files that both are of; with another verdict: 11 (26.2%)
differs in knowledge: snapshot: <digest> → <digest>
newly at high or above: 10 rows

What changed, and why
what                            why               rows   first rows (after)
───────────────────────────────────────────────────────────────────────────
became riskier                  new notice           5   4, 18, 26
became riskier                  new observation      5   1, 8, 15
same level, for other reasons   new notice           1   11

From level to level
before    after   rows
──────────────────────
unknown   high      10

Rules on the rows compared
rule     before   after   came   went   cannot tell   of it new   told now
──────────────────────────────────────────────────────────────────────────
PIR-01       10      15      5      0             2           1          0
PIR-02        0       0      0      0             2           1          0
PIR-03        0       0      0      0             2           1          0
PRV-01        6      11      5      0            24           0          5
PRV-02        0       0      0      0            24           0          5

Sites with the most rows that changed, of 2
site           riskier   untold   cured   told   other   rules
───────────────────────────────────────────────────────────────
new2.example         5        0       0      0       1   PIR-01
new1.example         5        0       0      0       0   PRV-01

Facts as recorded, sorted by the factors of the guidance. This is not legal advice.
"""


def diff(two_audits: Path, before: str, after: str, *options: str) -> tuple[Any, str]:
    words = [str(two_audits / before), str(two_audits / after), *options]
    done = CliRunner().invoke(diff_audits, words, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.return_value, done.stdout


def test_prints_what_changed_and_why_and_fails_where_rows_reached_the_gate(
    two_audits: Path,
) -> None:
    code, out = diff(two_audits, "old", "new")

    told = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "<made>", out).replace(VERSION, "<version>")
    assert re.sub(r"\b[0-9a-f]{12}\b", "<digest>", told) == TOLD
    assert code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("new", "old"), 0),
        (("old", "new", "--fail-on", "critical"), 0),
        (("old", "new", "--fail-on", "never"), 0),
        (("old", "new", "--fail-on", "medium"), 0),  # unknown stood there already
        (("old", "new", "--fail-on", "high"), 1),
    ],
)
def test_only_what_newly_reaches_the_gate_fails(
    two_audits: Path, words: tuple[str, ...], code: int
) -> None:
    assert diff(two_audits, *words)[0] == code


def test_the_same_is_told_as_json(two_audits: Path) -> None:
    _, out = diff(two_audits, "old", "new", "--json", "--sites", "1")

    said = json.loads(out)
    assert (said["format"], said["row_by_row"], said["rows"]) == ("provisor-diff/1", True, 42)
    assert said["changes"][1] == {
        "way": "riskier", "causes": ["observation"], "rows": 5, "first_rows": [1, 8, 15],
    }  # fmt: skip
    assert said["moves"] == [{"before": "unknown", "after": "high", "rows": 10}]
    assert (len(said["sites"]), said["sites_changed"]) == (1, 2)
