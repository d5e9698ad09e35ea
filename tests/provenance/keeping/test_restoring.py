"""What was kept comes back as it was; what was altered on the way does not come back at all."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from provenance.errors import EvidenceError, Incomplete, InputRefused, StoreError, UsageRefused
from provenance.keeping.restoring import bring_in, restore
from provenance.keeping.writing import export_store
from provenance.ledger.verifying import Witness, last_checkpoint
from provenance.store import reading, writing
from provenance.verify_command import verified
from tests.provenance.keeping.kept import about, filled, forged, says, told_anew
from tests.provenance.stores import facts, recorded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provenance.ledger.checkpoint import Checkpoint


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "s.duckdb"
    filled(path)
    return path


@pytest.fixture(scope="module")
def made(store: Path) -> Path:
    folder = store.parent / "export"
    export_store(store, folder, evidence=True)
    return folder


@pytest.fixture
def export(made: Path, tmp_path: Path) -> Path:
    """An export of the test's own."""
    folder = tmp_path / "export"
    shutil.copytree(made, folder)
    return folder


def head(store: Path) -> Checkpoint:
    with reading(store) as connection:
        return last_checkpoint(connection)


def faults(store: Path, *witnesses: Checkpoint) -> list[str]:
    found, octets = verified(store, 1, [Witness("w", one) for one in witnesses], evidence=True)
    assert octets is not None
    return [one.fact for one in (*found.findings, *octets.findings)]


def test_a_store_comes_back_with_its_ledger_its_evidence_and_its_numbers(
    store: Path, made: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.duckdb"

    restore(made, again)

    assert head(again) == head(store)
    assert faults(again, head(store)) == []
    before, after = facts(store), facts(again)
    assert [row[-3:] for row in before.pop("evidence")] == [
        row[-3:] for row in after.pop("evidence")
    ]
    assert after == before
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "again.duckdb",
        "again.duckdb.evidence",
    ]


def test_it_goes_on_from_where_it_was(store: Path, made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.duckdb"
    restore(made, again)

    recorded(again, "later.example", run="run-3")

    assert faults(again, head(store)) == []
    with reading(again) as connection:
        ((first, last, count),) = connection.execute(
            "SELECT min(capture_id), max(capture_id), count(*) FROM capture"
        ).fetchall()
    assert (first, last) == (1, count)


def test_an_export_leaves_the_store_as_it_is_and_is_its_owners_alone(
    store: Path, tmp_path: Path
) -> None:
    before = store.read_bytes()

    export_store(store, tmp_path / "e", evidence=False)

    assert store.read_bytes() == before
    assert (tmp_path / "e").stat().st_mode & 0o077 == 0
    assert sorted(file.name for file in (tmp_path / "e").iterdir()) == ["export.json", "tables"]
    assert about(tmp_path / "e")["evidence"] is None


def test_nothing_is_written_over(store: Path, made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.duckdb"
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for path in (made, tmp_path, tmp_path / "dangling"):
        with pytest.raises(UsageRefused, match="there is something already"):
            export_store(store, path, evidence=False)
    for path in (store, tmp_path / "dangling"):
        with pytest.raises(UsageRefused, match="there is something already"):
            restore(made, path)
    (tmp_path / "again.duckdb.evidence").mkdir()
    with pytest.raises(UsageRefused, match="there is evidence of a store already"):
        restore(made, again)

    assert not again.exists()


def test_without_its_evidence_it_looks_where_it_was(store: Path, tmp_path: Path) -> None:
    export_store(store, tmp_path / "e", evidence=False)

    restore(tmp_path / "e", tmp_path / "s.duckdb")

    assert (
        faults(tmp_path / "s.duckdb") == ["the file cannot be read (No such file or directory)"] * 2
    )
    shutil.copytree(f"{store}.evidence", tmp_path / "s.duckdb.evidence")
    assert faults(tmp_path / "s.duckdb") == []


def test_a_folder_may_have_any_name(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "[e]*? o'clock 漢字"
    export_store(store, folder, evidence=False)

    restore(folder, tmp_path / "again.duckdb")

    assert head(tmp_path / "again.duckdb") == head(store)


def test_what_is_brought_into_another_store_is_sealed_there_beside_its_own_evidence(
    made: Path, tmp_path: Path
) -> None:
    other = tmp_path / "s.duckdb"  # its file of evidence has the same name, and other octets
    filled(other, body=b"another page")
    before = head(other)

    _, merged = bring_in(made, other)
    _, again = bring_in(made, other)

    assert faults(other, before) == []
    assert merged.tables["evidence"].added == 2
    assert sum(count.added for count in again.tables.values()) == 0
    assert len(list((tmp_path / "s.duckdb.evidence").iterdir())) == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "list.txt", "s.duckdb", "s.duckdb.evidence",
    ]  # fmt: skip


def test_a_disk_that_is_full_keeps_what_was_copied_and_goes_on(tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    filled(store, body=os.urandom(400_000))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(Incomplete, match="run the command again: it goes on from there"):
            export_store(store, tmp_path / "e", evidence=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not (tmp_path / "e").exists()
    assert (tmp_path / ".e.unfinished").is_dir()

    export_store(store, tmp_path / "e", evidence=True)

    restore(tmp_path / "e", tmp_path / "again.duckdb")
    assert faults(tmp_path / "again.duckdb", head(store)) == []
    assert not (tmp_path / ".e.unfinished").exists()


def test_a_restore_that_stopped_goes_on(store: Path, made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.duckdb"
    (tmp_path / "again.duckdb.evidence").mkdir()
    (tmp_path / ".again.duckdb.restoring").write_bytes(b"half of a store")

    restore(made, again)

    assert head(again) == head(store)


def _evidence_cut(folder: Path) -> None:
    file = folder / "evidence" / "000000"
    file.write_bytes(file.read_bytes()[:-1])


def _flipped(folder: Path) -> None:
    file = folder / "tables" / "capture.parquet"
    octets = bytearray(file.read_bytes())
    octets[len(octets) // 2] ^= 1
    file.write_bytes(octets)


def _linked(folder: Path) -> None:
    file = folder / "tables" / "run.parquet"
    file.rename(folder.parent / "run.parquet")
    file.symlink_to(folder.parent / "run.parquet")


def _linked_folder(folder: Path) -> None:
    (folder / "evidence").rename(folder.parent / "elsewhere")
    (folder / "evidence").symlink_to(folder.parent / "elsewhere")


def _said(**values: Any) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        says(folder, about(folder) | values)

    return change


def _evidence_said(**values: Any) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        said = about(folder)
        said["evidence"][0] |= values
        says(folder, said)

    return change


def _table(query: str, name: str = "capture", **options: str) -> Callable[[Path], object]:
    return lambda folder: forged(folder, name, query, **options)


HOSTILE: dict[str, tuple[Callable[[Path], object], type[Exception], str]] = {
    "an octet altered": (_flipped, EvidenceError, r"capture\.parquet: not the octets that were"),
    "a file gone": (
        lambda folder: (folder / "tables/run.parquet").unlink(),
        EvidenceError, r"tables/run\.parquet: the file is missing",
    ),
    "evidence cut": (_evidence_cut, EvidenceError, r"octets, and [\d,]+ were written"),
    "a file more": (
        lambda folder: (folder / "tables/x.parquet").touch(),
        InputRefused, r"tables/x\.parquet: a file that the export does not name",
    ),
    "a folder more": (
        lambda folder: (folder / "evidence/more").mkdir(),
        InputRefused, "evidence/more: no plain file",
    ),
    "a link to a file": (_linked, InputRefused, r"tables/run\.parquet: no plain file"),
    "a link to a folder": (_linked_folder, InputRefused, "evidence: no folder"),
    "a pipe": (
        lambda folder: os.mkfifo(folder / "tables/pipe"),
        InputRefused, "tables/pipe: no plain file",
    ),
    "no account of itself": (
        lambda folder: (folder / "export.json").unlink(), InputRefused, "no export"
    ),
    "an account that repeats a key": (
        lambda folder: (folder / "export.json").write_text('{"format": 1, "format": 1}', "utf-8"),
        InputRefused, "the key 'format' stands twice",
    ),
    "an account without end": (
        lambda folder: (folder / "export.json").write_text("[" * 100_000, "utf-8"),
        InputRefused, "not JSON",
    ),
    "a later form": (_said(format=2), InputRefused, "format '2', and this provisor knows 1"),
    "a later schema": (_said(schema=[1, 999]), InputRefused, r"written by a newer provisor \(schema 999"),
    "no number": (_said(schema=[True]), InputRefused, "'schema' is no list of int"),
    "no tables": (_said(tables=[]), InputRefused, "a file that the export does not name"),
    "a name that leads elsewhere": (
        _evidence_said(name="../../x"), InputRefused, "is no name or digest of ours"
    ),
    "a sequence of another kind": (
        _said(sequences={"capture_ids; DROP TABLE run": 1}), InputRefused, "is no name or digest"
    ),
    "sequences that are missing": (_said(sequences={}), InputRefused, "its sequences are not those"),
    "a column more": (
        _table("SELECT *, 1 AS more FROM t"),
        InputRefused, r"its columns are not those of the table \(more INTEGER\)",
    ),
    "a column of another type": (
        _table("SELECT * REPLACE (capture_id::VARCHAR AS capture_id) FROM t"),
        InputRefused, r"its columns are not those of the table \(capture_id VARCHAR\)",
    ),
    "no Parquet": (
        lambda folder: (
            (folder / "tables/run.parquet").write_text("url\n", "utf-8"),
            told_anew(folder, "run"),
        ),
        InputRefused, r"run\.parquet: cannot be read as that table",
    ),
    "a packing of which readers have died": (
        _table("FROM t", options="COMPRESSION brotli"), InputRefused, "packed with BROTLI"
    ),
    "more rows than it says": (
        lambda folder: told_anew(folder, "capture", rows=12),
        InputRefused, "13 rows, and 12 were written",
    ),
    "rows that unpack to more than it says": (
        lambda folder: (
            forged(folder, "body", "SELECT 'x' || i AS sha256, repeat('x', 1000000)::BLOB AS bytes"
                   " FROM range(1000) AS r (i)"),
            told_anew(folder, "body", octets=1000),
        ),
        InputRefused, r"it unpacks to 1,000,00\d,\d{3} octets, and 1,000 were written",
    ),
    "rows that unpack to more than the disk holds": (
        lambda folder: told_anew(folder, "body", octets=2**60),
        StoreError, r"its tables unpack to [\d,]+ octets, and [\d,]+ are free",
    ),
    "a row twice": (
        _table("FROM t UNION ALL FROM t"), InputRefused, "cannot be read as that table"
    ),
    # From here on all is as an export is; its ledger tells.
    "a value": (
        _table("SELECT * REPLACE (404::SMALLINT AS status) FROM t"),
        EvidenceError, "altered since it was sealed; nothing was kept",
    ),
    "a row gone": (
        _table("FROM t WHERE capture_id <> 7"), EvidenceError, "removed since it was sealed"
    ),
    "the tail cut with its checkpoints": (
        lambda folder: [
            forged(folder, "checkpoint", "FROM t WHERE size < (SELECT max(size) FROM t)"),
        ],
        EvidenceError, r"its ledger has [\d,]+ leaves, and [\d,]+ were written",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_not_as_it_was_written_is_refused_and_leaves_nothing(
    export: Path, tmp_path: Path, what: str
) -> None:
    change, kind, said = HOSTILE[what]
    change(export)
    before = set(tmp_path.iterdir())

    with pytest.raises((kind,), match=said):
        restore(export, tmp_path / "again.duckdb")

    assert set(tmp_path.iterdir()) == before


def test_what_is_refused_leaves_the_store_it_was_for(export: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    recorded(other, "other.example", run="run-9")
    before = other.read_bytes()
    forged(export, "capture", "SELECT * REPLACE (404::SMALLINT AS status) FROM t")

    with pytest.raises(EvidenceError, match="altered since it was sealed"):
        bring_in(export, other)

    assert other.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["export", "other.duckdb"]


def test_an_export_written_anew_as_a_whole_is_seen_by_a_checkpoint_from_outside(
    store: Path, tmp_path: Path
) -> None:
    shutil.copy(store, tmp_path / "s.duckdb")
    with writing(tmp_path / "s.duckdb") as connection:
        connection.execute("DELETE FROM ledger; DELETE FROM checkpoint")
        connection.execute("UPDATE capture SET status = 404 WHERE capture_id = 1")
    export_store(tmp_path / "s.duckdb", tmp_path / "e", evidence=False)

    with pytest.raises(EvidenceError, match="the histories differ within the first"):
        restore(tmp_path / "e", tmp_path / "a.duckdb", witnesses=[Witness("kept.txt", head(store))])

    restore(tmp_path / "e", tmp_path / "a.duckdb")


@pytest.mark.parametrize(
    "octets",
    [b"root:x:0:0\n", None, b"", gzip.compress(b"root:x:0:0\n", mtime=0), b"\x1f\x8b" + b"-" * 9],
)
def test_evidence_that_is_none_is_not_copied(tmp_path: Path, octets: bytes | None) -> None:
    store = tmp_path / "s.duckdb"
    recorded(store, "one.example")
    secret = tmp_path / "secret"
    if octets is not None:
        secret.write_bytes(octets)
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO evidence VALUES (1, 0, 'response', ?, 0, 11, 'x')", [str(secret)]
        )

    with pytest.raises(EvidenceError, match=r"no WARC file|is missing|is cut short"):
        export_store(store, tmp_path / "e", evidence=True)

    assert not (tmp_path / "e").exists()
