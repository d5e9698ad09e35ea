"""A summary read back is the summary that was written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from audit.reading import read_summary
from audit.reports.summary_json import REPORT
from provenance.errors import InputRefused
from tests.audit.reports.small import SEALED, hostile

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import Summary


@pytest.mark.parametrize("summary", [SEALED])
def test_all_of_it_comes_back(tmp_path: Path, summary: Summary) -> None:
    (tmp_path / "summary.json").write_text(REPORT.render(summary), "utf-8")

    assert read_summary(tmp_path) == summary
    assert REPORT.render(read_summary(tmp_path)) == REPORT.render(summary)


def _without(name: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(REPORT.render(SEALED))
    del said[name]
    return said


def _with(**more: Any) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(REPORT.render(SEALED))
    return said | more


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        (_without("gate"), "no summary of this release (KeyError: 'gate')"),
        (_with(format="provisor-summary/0"), "no summary of this release"),
        (_with(strange=1), "no summary of this release (KeyError: 'strange')"),
        (_with(made_at="yesterday"), "no summary of this release (ValueError"),
        (_with(findings=[{}]), "no summary of this release"),
        (_with(hosts=None), "no summary of this release"),
    ],
)
def test_another_form_is_refused(tmp_path: Path, said: dict[str, Any], fact: str) -> None:
    (tmp_path / "summary.json").write_text(json.dumps(said), "utf-8")

    with pytest.raises(InputRefused) as refused:
        read_summary(tmp_path)

    assert fact in str(refused.value)


def test_a_finding_whose_levels_do_not_add_up_is_refused(tmp_path: Path) -> None:
    said = json.loads(REPORT.render(SEALED))
    said["findings"][2]["levels"] = {}
    (tmp_path / "summary.json").write_text(json.dumps(said), "utf-8")

    with pytest.raises(InputRefused, match="no summary of this release"):
        read_summary(tmp_path)


def test_no_summary_and_no_json_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no folder that a finished audit left"):
        read_summary(tmp_path)
    (tmp_path / "summary.json").write_text("{", "utf-8")
    with pytest.raises(InputRefused, match="not JSON"):
        read_summary(tmp_path)


def test_hostile_names_come_back(tmp_path: Path) -> None:
    text = json.dumps(json.loads(REPORT.render(hostile())))  # lone surrogates as escapes
    (tmp_path / "summary.json").write_text(text, "utf-8")

    assert read_summary(tmp_path) == hostile()
