"""A baseline: what is no acceptance, and what an acceptance says."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from audit.gating.baseline import (
    Acceptance,
    baseline_text,
    merged,
    read_baseline,
    refuse_unaccountable,
)
from provenance.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)
ONE = {
    "rule": "PRV-01", "lowest": "high", "highest": "high", "reason": "licence 12",
    "until": "2027-01-31", "site": "press.co.jp",
}  # fmt: skip
TEXT = """\
{
  "format": "provisor-baseline/1",
  "accepted": [
    {
      "rule": "PIR-01",
      "lowest": "unknown",
      "highest": "high",
      "reason": "disputed; 係争中",
      "until": "2026-12-31",
      "rows": null,
      "by": "A. Mori",
      "made_on": "2026-11-22"
    },
    {
      "rule": "PRV-01",
      "lowest": "high",
      "highest": "high",
      "reason": "licence 12",
      "until": "2027-01-31",
      "site": "press.co.jp",
      "rows": 21
    }
  ]
}
"""


def written(folder: Path, *several: Any, **whole: Any) -> Path:
    said = {"format": "provisor-baseline/1", "accepted": list(several)} | whole
    path = folder / "baseline.json"
    path.write_text(json.dumps(said), "utf-8")
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(TEXT, "utf-8")

    found = read_baseline(path)

    assert found[0] == Acceptance(
        "PIR-01", "unknown", "high", "disputed; 係争中", date(2026, 12, 31), by="A. Mori",
        made_on=TODAY,
    )  # fmt: skip
    assert [(one.where, one.kind) for one in found] == [
        ("everywhere", "everywhere"),
        ("press.co.jp", "site"),
    ]
    assert (
        baseline_text(reversed(found))
        .replace('      "made_on": null\n', "")
        .replace('"rows": 21,\n', '"rows": 21\n')
        == TEXT
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": " "}, "does not say 'reason'"),
        ({"until": ""}, "does not say 'until'"),
        ({"until": "next year"}, "a date is none"),
        ({"highest": "severe"}, "'severe' is no level"),
        ({"host": "press.co.jp"}, "names a site and a host"),
        ({"site": "co.jp"}, "'co.jp' is a public suffix, with many owners below it"),
        ({"site": "github.io"}, "'github.io' is a public suffix"),
        ({"site": "a b"}, "'a b' is no host"),
        ({"site": "press.co.jp/news"}, "'press.co.jp/news' is no host"),
        ({"site": "press.co.jp#news"}, "'press.co.jp#news' is no host"),
        ({"site": "ann@press.co.jp"}, "'ann@press.co.jp' is no host"),
        ({"site": "https://press.co.jp"}, "'https://press.co.jp' is no host"),
        ({"rule": "ILL-01"}, "of illegal content, which nobody accepts"),
        ({"rows": -1}, "rows is no number of rows"),
        ({"rows": "many"}, "rows is no number of rows"),
        ({"rows": True}, "rows is no number of rows"),
        ({"level": "high"}, "has 'level'; known are"),
        ({"by": 7}, "a name is no text"),
    ],
)
def test_an_acceptance_that_nobody_could_answer_for_is_refused(
    tmp_path: Path, changed: dict[str, Any], sentence: str
) -> None:
    path = written(tmp_path, ONE, {**ONE, "rule": "PRV-02"} | changed)

    with pytest.raises(InputRefused) as refused:
        read_baseline(path)

    assert str(refused.value).startswith(f"{path}, acceptance 2: ")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"accepted": []}', "no provisor-baseline/1 with a list `accepted`"),
        ('{"format": "provisor-baseline/1"}', "no provisor-baseline/1 with a list `accepted`"),
        ('{"format": "provisor-baseline/2", "accepted": []}', "no provisor-baseline/1"),
        ('{"format": "x", "format": "provisor-baseline/1"}', "stands twice"),
        ("[]", "not a JSON object"),
        ("PRV-01", "not JSON"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, "utf-8")

    with pytest.raises(InputRefused, match=sentence):
        read_baseline(path)


def test_the_same_rule_at_the_same_place_is_accepted_once(tmp_path: Path) -> None:
    path = written(tmp_path, ONE, ONE | {"site": "PRESS.co.jp", "rows": 3})

    with pytest.raises(InputRefused, match="acceptance 2: an earlier one is of the same rule"):
        read_baseline(path)


def test_a_new_acceptance_takes_the_place_of_the_old_one_and_leaves_the_others(
    tmp_path: Path,
) -> None:
    held = read_baseline(written(tmp_path, ONE, ONE | {"rule": "PRV-02"}))
    new = Acceptance("PRV-01", "high", "high", "prolonged", date(2028, 1, 1), site="press.co.jp")

    found = merged(held, [new])

    assert [(one.rule, one.reason) for one in found] == [
        ("PRV-01", "prolonged"),
        ("PRV-02", "licence 12"),
    ]


def test_neither_without_reason_nor_for_a_day_that_has_passed() -> None:
    refuse_unaccountable("licence", TODAY, TODAY)
    with pytest.raises(UsageRefused, match="says nothing"):
        refuse_unaccountable(" ", TODAY, TODAY)
    with pytest.raises(UsageRefused, match="2026-11-21 has passed"):
        refuse_unaccountable("licence", date(2026, 11, 21), TODAY)
