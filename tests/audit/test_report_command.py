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
from tests.command import called as provisor

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "ab2013": "report.ab2013.md", "eu-summary": "report.eu-summary.md",
    "jco-checklist": "report.jco-checklist.md", "parquet": "report.parquet",
    "principle-code": "report.principle-code.md", "croissant": "report.croissant.json", "csv": "report.csv", "html": "report.html",
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


def test_a_report_can_be_in_japanese_and_tell_what_changed(folder: Path) -> None:
    words = ("--format", "html", "--lang", "ja", "--since", "o", "--stdout")

    code, out, err = provisor("report", "o", *words, cwd=folder)

    assert (code, err) == (0, "")
    assert '<html lang="ja">' in out
    assert '<h2 id="changes">前回の監査からの変化</h2>' in out


def test_a_small_provider_lists_fewer_domain_names(folder: Path) -> None:
    words = ("--format", "eu-summary", "--sme", "--modality", "text", "--stdout")

    _, out, _ = provisor("report", "o", *words, cwd=folder)

    assert "## 2.3 Domain names: text" in out
    assert "whichever is lower (SME)" in out


def test_a_modality_is_said_once(folder: Path) -> None:
    words = ("--format", "ab2013", "--modality", "text", "--modality-column", "url")

    code, _, err = provisor("report", "o", *words, cwd=folder)

    assert code == 2
    assert "--modality: a column says it already" in err
