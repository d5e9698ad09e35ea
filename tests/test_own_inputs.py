"""No command writes over what it reads, by whatever name it is told to."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import pytest

from cli import run
from tests.provenance.stores import handed_in, recorded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store, its export, a manifest under two names, an audit, and a key."""
    place = tmp_path_factory.mktemp("own")
    recorded(place / "provisor.duckdb", "one.example")
    handed_in(place / "provisor.duckdb", "2026-01-01")
    (place / "rows.csv").write_text("url\nhttps://one.example/\n", encoding="utf-8")
    (place / "link.csv").symlink_to(place / "rows.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        for words in (
            ("store", "export", "export"),
            ("store", "key", "s.key"),
            ("audit", "rows.csv", "--out", "report", "--fail-on", "never"),
        ):
            assert ended(patch, *words) == 0
    return place


def ended(patch: pytest.MonkeyPatch, *words: str) -> object:
    patch.setattr(sys, "argv", ["provisor", *words])
    with pytest.raises(SystemExit) as code:
        run()
    return code.value.code


def digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith("provisor.duckdb.lock")
    }


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "rows.csv", "--out", "rows.csv"),
        ("audit", "rows.csv", "--out", "link.csv"),
        ("audit", "rows.csv", "--out", "other", "--store", "rows.csv"),
        ("audit", "rows.csv", "--out", "other", "--declaration", "provisor.duckdb"),
        ("audit", "rows.csv", "--out", "provisor.duckdb"),
        ("audit", "rows.csv", "--out", "other", "--snapshot", "rows.csv"),
        ("audit", "report/report.html", "--out", "report"),
        ("clean", "rows.csv", "--audit", "report", "--to", "rows.csv"),
        ("clean", "rows.csv", "--audit", "report", "--to", "report"),
        ("clean", "rows.csv", "--audit", "report", "--to", "."),
        ("verdicts", "report", "--out", "report/summary.json"),
        ("verdicts", "report", "--out", "report/verdicts/00000.parquet"),
        ("verdicts", "report", "--out", "rows.csv"),
        ("verdicts", "report", "--out", "link.csv"),
        ("blocklist", "import", "rows.csv", "--store", "rows.csv", "--list-id", "a/b",
         "--submitter", "P", "--role", "right_holder", "--basis", "right_holder_notice"),
        ("import", "captures", "rows.csv", "--store", "rows.csv"),
        ("crawl", "--hosts", "rows.csv", "--store", "rows.csv", "--contact", "a@one.example"),
        ("prove", "capture", "1", "--out", "provisor.duckdb"),
        ("prove", "capture", "1", "--out", "report"),
        ("store", "key", "provisor.duckdb"),
        ("store", "key", "s.key"),
        ("store", "export", "provisor.duckdb"),
        ("store", "export", "report"),
        ("store", "backup", "export"),
        ("store", "restore", "export"),
        ("store", "restore", "export", "--store", "rows.csv"),
        ("store", "restore", "export", "--store", "export"),
        ("store", "import", "export", "--store", "export/export.json"),
        ("store", "merge", "provisor.duckdb", "provisor.duckdb"),
        ("store", "merge", "rows.csv", "provisor.duckdb"),
        ("store", "timestamp", "rows.csv", "--authority", "http://127.0.0.1:9/", "--root", "s.key"),
        ("agents", "update", "--from", "rows.csv"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_read_is_not_written_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)
    before = digests(folder)

    code = ended(monkeypatch, *words)

    assert code in {2, 3, 4, 5}
    assert digests(folder) == before
