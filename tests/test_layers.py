"""Imports point down: cli → portal → blocklists; cli → crawler, audit, blocklists → provenance."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAY_IMPORT = {
    "provenance": {"provenance"},
    "crawler": {"crawler", "provenance"},
    "blocklists": {"blocklists", "provenance"},
    "audit": {"audit", "provenance"},
    # What it shows of crawls and audits it is handed: no page may reach for the network.
    "portal": {"portal", "blocklists", "provenance"},
}
OURS = {*MAY_IMPORT, "cli", "tests", "benchmarks"}


def modules(package: str) -> Iterator[Path]:
    yield from sorted((ROOT / package).rglob("*.py"))


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    strangers = {
        f"{module.relative_to(ROOT)}: {name}"
        for module in modules(package)
        for name in imported(module) & OURS - MAY_IMPORT[package]
    }

    assert strangers == set()


def test_the_packages_hold_modules_at_all() -> None:
    assert all(list(modules(package)) for package in MAY_IMPORT)


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []
