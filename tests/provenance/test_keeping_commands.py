"""`provisor store backup`, `restore`, `export` and `import`, as they are called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb
import pytest
from click.testing import CliRunner

from cli import main
from provenance.errors import EvidenceError, ProvisorError
from tests.provenance.keeping.kept import filled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    filled(tmp_path / "provisor.duckdb")
    return tmp_path


def ran(*words: str) -> str:
    done = CliRunner().invoke(main, words)
    if isinstance(done.exception, ProvisorError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def test_a_store_is_backed_up_lost_and_restored(folder: Path) -> None:
    kept = ran("store", "checkpoint")
    (folder / "kept.txt").write_text(kept, encoding="utf-8")
    _, size, root = kept.splitlines()

    said = ran("store", "backup", "b").splitlines()
    (folder / "provisor.duckdb").unlink()
    (folder / "provisor.duckdb.evidence").rename(folder / "lost")
    again = ran("store", "restore", "b", "--checkpoint", "kept.txt").splitlines()

    octets = sum(file.stat().st_size for file in (folder / "lost").iterdir())
    assert said[0].endswith(" tables")
    assert said[1:] == [
        f"With 1 file of evidence, {octets:,} octets.",
        f"Ledger: {size} leaves, {root}",
    ]
    assert again[1:] == said[1:]
    assert ran("store", "checkpoint") == kept


def test_an_altered_store_does_not_take_the_place_of_a_good_backup(folder: Path) -> None:
    with duckdb.connect("provisor.duckdb") as connection:
        connection.execute("UPDATE capture SET status = 404 WHERE capture_id = 1")

    with pytest.raises(EvidenceError, match="nothing was written; run `provisor verify`"):
        ran("store", "backup", "b")

    assert not (folder / "b").exists()


def test_evidence_that_is_gone_is_told_before_anything_is_written(folder: Path) -> None:
    (folder / "provisor.duckdb.evidence").rename(folder / "lost")

    with pytest.raises(EvidenceError, match="the file cannot be read"):
        ran("store", "backup", "b")

    assert ran("store", "backup", "b", "--no-evidence").splitlines()[1] == (
        "Without the files of evidence: keep the store's folder of them."
    )


def test_an_export_is_brought_into_another_store(folder: Path) -> None:
    ran("store", "export", "e")

    said = json.loads(ran("store", "import", "e", "--store", "all.duckdb", "--json"))
    again = ran("store", "import", "e", "--store", "all.duckdb").splitlines()

    assert (said["place"], said["evidence"], said["tables"]["capture"]) == ("all.duckdb", None, 13)
    assert said["added"] > 13
    assert again[-1] == "all.duckdb: 0 rows added"
