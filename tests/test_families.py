"""Every member of a family has its test and its line in the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audit import engines, reports
from audit.engines import Engine
from audit.reports import Report
from audit.rules import rules
from blocklists import formats
from blocklists.formats import Format
from crawler import signals
from crawler.signals import Reader
from provenance import agent_lists, manifests
from provenance.agent_lists import ListForm
from provenance.manifests import Form
from provenance.registry import collect
from tests.conftest import ROOT

if TYPE_CHECKING:
    from types import ModuleType

FAMILIES = (
    (signals, Reader, "docs/signals.md"),
    (formats, Format, "docs/blocklists.md"),
    (manifests, Form, "docs/auditing.md"),
    (reports, Report, "docs/auditing.md"),
    (engines, Engine, "docs/clusters.md"),
    (agent_lists, ListForm, "docs/agents.md"),
)


@pytest.mark.parametrize(("package", "kind", "page"), FAMILIES)
def test_each_member_has_its_test_and_its_line(package: ModuleType, kind: Any, page: str) -> None:
    name = package.__name__
    told = (ROOT / page).read_text("utf-8")
    folder = ROOT / name.replace(".", "/")
    members = [file.stem for file in folder.glob("*.py") if file.stem != "__init__"]

    untested = [
        member
        for member in members
        if not (ROOT / "tests" / name.replace(".", "/") / f"test_{member}.py").exists()
    ]

    assert untested == []
    found: dict[str, object] = collect(package, kind)
    assert len(found) == len(members)
    assert [member for member in found if f"| `{member}` |" not in told] == []


def test_each_rule_stands_in_the_docs_with_its_title_and_grade() -> None:
    told = (ROOT / "docs" / "rules.md").read_text("utf-8").splitlines()
    rows = {line.split("|")[1].strip(): line for line in told if line.startswith("| ")}

    for rule in rules():
        assert rows[rule.id].rstrip().endswith(f"| {rule.grade} |"), rule.id
