"""The tutorials do what they show: every file is written, every command run in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.docs.shell import Shell, fences, matches, steps

if TYPE_CHECKING:
    from pathlib import Path

PAGES = sorted((ROOT / "docs" / "tutorials").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_command_prints_what_the_tutorial_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    shell, ran = Shell(), 0

    for fence in fences(page.read_text("utf-8")):
        if fence.title:
            (tmp_path / fence.title).write_text(fence.text, "utf-8")
        elif fence.kind == "console":
            for step in steps(fence.text):
                found = shell.run(step.command)
                ran += 1
                assert matches(step.printed, found), f"{step.command}\n{found}"

    assert ran >= 7


def test_there_is_one_for_each_kind_of_reader() -> None:
    assert [page.stem for page in PAGES] == ["builder", "right-holder"]


@pytest.mark.parametrize(
    ("printed", "found", "same"),
    [
        ("a\n", "a\n", True),
        ("a\n", "b\n", False),
        ("a\n", "a\nb\n", False),
        ("a …\nc\n", "a b\nc\n", True),
        ("a …\nc\n", "a b\nx\nc\n", False),
        ("…\nc\n", "a\nb\nc\n", True),
        ("…\nc\n", "c\n", True),
        ("…\nc\n", "a\nb\n", False),
        ("", "a\n", False),
    ],
)
def test_what_is_left_out_of_a_sample_hides_nothing_else(
    printed: str, found: str, same: bool
) -> None:
    assert matches(printed, found) is same
