"""`provisor verify`, `prove` and `store checkpoint`, as they are typed."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

import duckdb
import pytest

from provenance.records import Evidence
from provenance.store import writing
from tests.command import called as provisor
from tests.provenance.stores import handed_in, recorded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    recorded(tmp_path / "provisor.duckdb", "one.example")
    handed_in(tmp_path / "provisor.duckdb", "2026-01-01")
    return tmp_path


def test_a_store_without_a_witness_is_told_as_such(folder: Path) -> None:
    code, out, err = provisor("verify", cwd=folder)

    assert (code, err) == (0, "")
    assert out == (
        "provisor.duckdb: 8 records, 8 leaves, 2 checkpoints of its own\n"
        "Found: all is as it was recorded.\n"
        "No checkpoint from outside was compared: whoever holds the store could have written its"
        " ledger anew. Name one with --checkpoint, or a report handed out with --report.\n"
    )


def test_an_altered_store_ends_with_5_and_the_place(folder: Path) -> None:
    with duckdb.connect(str(folder / "provisor.duckdb")) as connection:
        connection.execute(
            "UPDATE capture SET url = 'https://e.example/\x1b[2J' WHERE capture_id = 1"
        )
        ((key,),) = connection.execute(
            "SELECT fingerprint FROM capture WHERE capture_id = 1"
        ).fetchall()

    code, out, err = provisor("verify", cwd=folder)
    assert (code, err) == (5, "")
    assert out.splitlines()[1].startswith(f"  capture {key}, leaf ")
    assert out.splitlines()[2] == "Found: 1 alteration."

    code, out, _ = provisor("verify", "--json", cwd=folder)
    said = json.loads(out)
    assert code == 5
    assert [one["fact"] for one in said["findings"]] == ["altered since it was sealed"]


def test_a_checkpoint_is_three_lines_and_bears_witness(folder: Path) -> None:
    code, text, _ = provisor("store", "checkpoint", cwd=folder)
    assert (code, text.count("\n")) == (0, 3)
    (folder / "kept.txt").write_text(text, encoding="utf-8")

    code, out, _ = provisor("verify", "--checkpoint", "kept.txt", cwd=folder)
    assert (code, out.splitlines()[-1]) == (0, "Compared with 1 checkpoint from outside.")

    with duckdb.connect(str(folder / "provisor.duckdb")) as connection:
        connection.execute("DELETE FROM ledger; DELETE FROM checkpoint")
        connection.execute("UPDATE capture SET status = 404 WHERE capture_id = 1")
    with writing(folder / "provisor.duckdb"):
        pass
    assert provisor("verify", cwd=folder)[0] == 0
    code, out, _ = provisor("verify", "--checkpoint", "kept.txt", cwd=folder)
    assert code == 5
    assert "kept.txt: the histories differ within the first 8 leaves" in out


def test_what_is_no_checkpoint_is_refused(folder: Path) -> None:
    (folder / "kept.txt").write_text("17\n", encoding="utf-8")

    code, out, err = provisor("verify", "--checkpoint", "kept.txt", cwd=folder)

    assert (code, out) == (3, "")
    assert err == (
        "provisor: error: kept.txt: not a valid checkpoint; name the file of"
        " `provisor store checkpoint`, or a report\n"
    )


@pytest.mark.parametrize("name", ["report.html", "summary.json"])
def test_a_report_handed_out_bears_witness_against_a_shortened_ledger(
    folder: Path, name: str
) -> None:
    (folder / "rows.csv").write_text("url\nhttps://one.example/\n", encoding="utf-8")
    audit = ("audit", "rows.csv", "--out", "out", "--fail-on", "never")
    assert provisor(*audit, cwd=folder)[0] == 0
    code, out, _ = provisor("verify", "--report", f"out/{name}", cwd=folder)
    assert (code, out.splitlines()[-1]) == (0, "Compared with 1 checkpoint from outside.")

    (folder / "provisor.duckdb").unlink()
    recorded(folder / "provisor.duckdb", "one.example")
    code, out, _ = provisor("verify", "--report", f"out/{name}", cwd=folder)

    assert code == 5
    assert "it is of another store" in out


EVIDENCE = b"WARC/1.1 one\r\nWARC/1.1 two\r\n"


@pytest.mark.parametrize(
    ("left", "fact"),
    [
        (EVIDENCE, ""),
        # Cut between two records: no reader of WARC files notices it.
        (EVIDENCE[:14], "the file is cut short: 0 of 14 octets are there"),
        (EVIDENCE[:20], "the file is cut short: 6 of 14 octets are there"),
        (EVIDENCE.replace(b"two", b"2wo"), "the octets are not those that were recorded"),
        (EVIDENCE[14:], "the file is cut short: 0 of 14 octets are there"),
        (None, "the file cannot be read (No such file or directory)"),
    ],
)
def test_evidence_is_hashed_by_its_place(folder: Path, left: bytes | None, fact: str) -> None:
    digest = [hashlib.sha256(part).hexdigest() for part in (EVIDENCE[:14], EVIDENCE[14:])]
    with writing(folder / "provisor.duckdb") as connection:
        for at, sha256 in ((0, digest[0]), (14, digest[1])):
            one = Evidence(0, "response", "e.warc", at, 14, sha256)
            connection.execute(
                "INSERT INTO evidence VALUES (90, ?, ?, ?, ?, ?, ?)",
                [one.hop, one.kind, one.file, one.offset, one.length, one.sha256],
            )
    if left is not None:
        (folder / "e.warc").write_bytes(left)

    code, out, _ = provisor("verify", "--evidence", cwd=folder)

    assert code == (5 if fact else 0)
    assert (f"  e.warc: offset 14: capture 90: {fact}\n" in out) == bool(fact)
    assert "Evidence: 2 records in 1 file were hashed." in out


@pytest.mark.parametrize(
    ("file", "offset", "length", "fact"),
    [
        ("/dev/zero", 0, 10**15, "it is no file"),
        ("e.warc", -1, 5, "the file cannot be read (Invalid argument)"),
        (
            "e.warc",
            0,
            10**15,
            "the file is cut short: 28 of 1,000,000,000,000,000 octets are there",
        ),
        ("e.warc", 0, -1, "the octets are not those that were recorded"),
    ],
)
def test_places_that_no_writer_gives_are_told_and_take_no_memory(
    folder: Path, file: str, offset: int, length: int, fact: str
) -> None:
    (folder / "e.warc").write_bytes(EVIDENCE)
    with writing(folder / "provisor.duckdb") as connection:
        connection.execute(
            "INSERT INTO evidence VALUES (90, 0, 'response', ?, ?, ?, 'x')", [file, offset, length]
        )

    code, out, _ = provisor("verify", "--evidence", cwd=folder)

    assert (code, out.splitlines()[1]) == (5, f"  {file}: offset {offset}: capture 90: {fact}")


def test_a_pipe_is_no_witness(folder: Path) -> None:
    os.mkfifo(folder / "pipe")

    code, _, err = provisor("verify", "--checkpoint", "pipe", cwd=folder)

    assert (code, err) == (
        3,
        "provisor: error: pipe: not a file; name a checkpoint or a report\n",
    )


def test_a_proof_is_written_and_says_how_to_check_it(folder: Path) -> None:
    code, out, err = provisor("prove", "capture", "1", "--out", "proof", cwd=folder)

    assert (code, err) == (0, "")
    assert out.splitlines()[1] == "check it with: python3 proof/verify_proof.py"
    assert sorted(file.name for file in (folder / "proof").iterdir()) == [
        "body", "checkpoint.txt", "proof.json", "record.json", "verify_proof.py",
    ]  # fmt: skip
