"""`provisor report`, and reports that an audit is asked for."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from audit import reports
from audit.choices import FORMS
from audit.inputs import open_manifests
from audit.reports import Report
from audit.run import run
from provenance.ledger.witnesses import witnesses_of
from provenance.registry import collect
from tests.audit.corpus import QUESTION, make_corpus
from tests.command import provisor

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "croissant": "report.croissant.json", "csv": "report.csv", "html": "report.html",
    "json": "summary.json", "junit": "report.xml", "markdown": "report.md",
    "sarif": "report.sarif",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the audit `o`, made with every report."""
    place = tmp_path_factory.mktemp("report")
    make_corpus(place, parts=2, lines=20)
    run(
        open_manifests([place / "rows"]), QUESTION, place / "store.duckdb", place / "o",
        gate="medium", reports=FORMS,
    )  # fmt: skip
    return place


def test_the_choices_are_the_family() -> None:
    assert tuple(sorted(collect(reports, Report))) == FORMS


def test_a_report_made_later_is_that_of_the_audit(folder: Path) -> None:
    shutil.copytree(folder / "o", folder / "later")
    for name in FILES.values():
        if name != "summary.json":
            (folder / "later" / name).unlink()
    words = [word for form in FILES for word in ("--format", form)]

    code, out, err = provisor("report", "later", *words, cwd=folder)

    assert (code, out) == (0, "")
    assert err.splitlines() == [f"{form}: later/{name}" for form, name in FILES.items()]
    for name in FILES.values():
        assert (folder / "later" / name).read_bytes() == (folder / "o" / name).read_bytes(), name


def test_every_file_bears_witness_of_the_store(folder: Path) -> None:
    found = [witnesses_of(folder / "o" / name) for name in FILES.values()]

    assert len({one.checkpoint for (one,) in found}) == 1


def test_reports_are_printed_where_that_is_asked_for(folder: Path) -> None:
    code, out, err = provisor(
        "report", "o", "--format", "junit", "--fail-on", "never", "--stdout", cwd=folder
    )

    assert (code, err) == (0, "")
    assert '<property name="gate" value="never" />' in out
    assert '"medium"' in (folder / "o" / "report.xml").read_text("utf-8")


def test_an_audit_writes_the_reports_it_is_asked_for_and_no_stale_ones(folder: Path) -> None:
    words = ("audit", "rows", "--out", "p", "--store", "store.duckdb", "--fail-on", "never")

    provisor(*words, "--report", "csv", "--report", "sarif", cwd=folder)
    first = {path.name for path in (folder / "p").glob("report.*")}
    provisor(*words, "--report", "junit", cwd=folder)
    second = {path.name for path in (folder / "p").glob("report.*")}

    assert first == {"report.html", "report.csv", "report.sarif"}
    assert second == {"report.html", "report.xml"}


def test_a_folder_without_a_summary_is_refused(folder: Path) -> None:
    code, _, err = provisor("report", "rows", "--format", "csv", cwd=folder)

    assert code == 3
    assert "rows: no folder that a finished audit left" in err
