"""Packages below the version that mends a hole are neither installed nor allowed."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

# package -> the first version without a known hole that concerns us, and which hole that was
FLOORS = {
    "scrapy": ("2.17.0", "GHSA-76g3-c3x4-crvx; CVE-2026-105782 is mended in 2.14.2"),
    "protego": ("0.6.2", "CVE-2026-55520: exponential matching"),
    "brotli": ("1.2.1", "CVE-2026-111497: any `br` answer writes out of bounds"),
    "duckdb": ("1.1.0", "CVE-2024-22682 (0.9.3); sniff_csv reads files despite lock-down"),
    "python-multipart": ("0.0.32", "CVE-2026-40347 (0.0.26), parsing (0.0.32)"),
    "starlette": ("1.3.1", "CVE-2026-54283"),
}
WE_DEPEND_ON = ("scrapy", "protego", "brotli", "duckdb")


@pytest.mark.parametrize(("name", "floor"), FLOORS.items(), ids=FLOORS)
def test_d73_no_installed_package_has_a_known_hole(name: str, floor: tuple[str, str]) -> None:
    try:
        installed = version(name)
    except PackageNotFoundError:
        assert name not in WE_DEPEND_ON
        return

    assert Version(installed) >= Version(floor[0]), floor[1]


@pytest.mark.parametrize("name", WE_DEPEND_ON)
def test_d73_what_we_declare_lets_none_of_them_in(name: str) -> None:
    (asked,) = [one for one in declared() if one.name == name]

    lowest = [Version(one.version) for one in asked.specifier if one.operator in {">=", "=="}]

    assert max(lowest) >= Version(FLOORS[name][0])


def test_d73_optional_packages_with_a_floor_are_declared_above_it() -> None:
    for asked in declared():
        if asked.name in FLOORS:
            assert not asked.specifier.contains(Version("0.0.1")), (
                f"{asked.name} has no lower bound"
            )


def declared() -> Iterator[Requirement]:
    """Every requirement of the project, those of its extras too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield from map(Requirement, project["dependencies"])
    for extra in project["optional-dependencies"].values():
        yield from map(Requirement, extra)
