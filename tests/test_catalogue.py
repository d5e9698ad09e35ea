"""The page on reliability: every fault has its line, and every test it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.conftest import ROOT

NUMBERS = (
    {1, 2, 3, 5, 6, 7, *range(9, 17), 17, 18, 19, *range(21, 33), 34, 35, 38, 40, *range(42, 53)}
    | {54, 55, 56, 58, 60, 62, 63, *range(65, 70), *range(71, 83), 84, *range(86, 92)}
    | {*range(94, 101), 103, 104}
)
_ROW = re.compile(r"^\| (\d+) \|(.*)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
_LISTED_IN_PART = ("crawler/hostile/", "portal/")
"""Several tests here bear one number; the page names those that tell most."""
_TEST = re.compile(r"[\w/]+\.py::test_\w+")


def _rows() -> dict[int, str]:
    text = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    return {int(number): shown.strip() for number, _, _, shown in _ROW.findall(text)}


@cache
def _tests_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_number_has_one_line() -> None:
    assert _rows().keys() == NUMBERS
    assert len(NUMBERS) == 84


@pytest.mark.parametrize("number", sorted(NUMBERS))
def test_each_line_names_tests_that_exist_or_says_why_there_is_none(number: int) -> None:
    shown = _rows()[number]
    named = _TEST.findall(shown)
    left = _TEST.sub("", shown).replace(",", "").strip()

    assert bool(named) != bool(left), "tests, or a reason, and not both"
    assert named or left.startswith(("not here: ", "not a test: "))
    for one in named:
        file, _, name = one.partition("::")
        assert name in _tests_of(file)


def test_a_test_that_bears_a_number_stands_in_its_line() -> None:
    rows = _rows()
    for path in (ROOT / "tests").rglob("test_*.py"):
        file = path.relative_to(ROOT / "tests").as_posix()
        for name in _tests_of(file):
            numbered = re.match(r"test_[a-g](\d+)_", name)
            if numbered and not file.startswith(_LISTED_IN_PART):
                assert f"{file}::{name}" in rows[int(numbered[1])], name
