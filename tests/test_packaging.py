"""What the distribution holds, and which versions it asks for."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.version import Version

from provenance.defaults import VERSION
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

# The release in which the last advisory that concerns us was mended.
FLOORS = {"scrapy": "2.17.0", "protego": "0.6.2", "brotli": "1.2.1", "duckdb": "1.1.3"}


def requirements() -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = [Requirement(line) for line in project["dependencies"]]
    return {requirement.name: requirement for requirement in found}


def test_every_dependency_has_a_lower_bound() -> None:
    unbounded = [
        name
        for name, requirement in requirements().items()
        if not any(clause.operator in {">=", "=="} for clause in requirement.specifier)
    ]

    assert unbounded == []


def test_no_lower_bound_admits_a_release_with_a_known_advisory() -> None:
    asked = requirements()
    for name, floor in FLOORS.items():
        (clause,) = asked[name].specifier
        assert Version(clause.version) >= Version(floor), name


def test_what_is_installed_meets_what_is_asked_for() -> None:
    unmet = [
        name
        for name, asked in requirements().items()
        if not asked.specifier.contains(version(name))
    ]

    assert unmet == []


def test_the_version_is_said_once_and_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == VERSION


def test_the_wheel_holds_our_packages_and_their_data_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")

    names = zipfile.ZipFile(wheel).namelist()

    top = {name.partition("/")[0] for name in names} - {f"provisor-{VERSION}.dist-info"}
    assert top == {"audit", "blocklists", "cli.py", "crawler", "portal", "provenance"}
    assert {
        "audit/rules/jp/prv_01.sql",
        "audit/sql/verdict.sql",
        "provenance/agents.csv",
        "provenance/agents_reviewed.csv",
        "portal/sql/positions.sql",
        "portal/static/portal.css",
        "portal/templates/base.html",
        "provenance/migrations/0001_first.sql",
    } <= set(names)
