"""A proof is checked without the store and without this program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from provenance.errors import ProvisorError, UsageRefused
from provenance.ledger.proving import prove, write_proof
from provenance.ledger.verifying import last_checkpoint
from provenance.store import reading
from tests.provenance.stores import handed_in, recorded

if TYPE_CHECKING:
    from provenance.ledger.checkpoint import Checkpoint


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "s.duckdb"
    recorded(path, "one.example", "two.example", "three.example")
    handed_in(path, "2026-01-01")
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(made, tmp_path / "s.duckdb"))


def proved(store: Path, folder: Path, kind: str, number: int, by: Checkpoint | None = None) -> Path:
    with reading(store) as connection:
        write_proof(prove(connection, kind, number, by), folder)
    return folder


def checked(folder: Path, *words: str) -> tuple[int, str]:
    """Run the program of the proof by itself: -I takes this project away from it."""
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify_proof.py"), *words],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.splitlines()[-1]


@pytest.mark.parametrize(("kind", "number"), [("capture", 1), ("capture", 6), ("submission", 1)])
def test_a_proof_holds(store: Path, tmp_path: Path, kind: str, number: int) -> None:
    folder = proved(store, tmp_path / "for them" / "proof", kind, number)

    assert checked(folder) == (0, "The proof holds.")
    about = json.loads((folder / "proof.json").read_text("utf-8"))
    assert about["kind"] == kind
    assert [one.name for one in folder.parent.iterdir()] == ["proof"]


def test_it_holds_by_a_checkpoint_that_the_other_side_kept(store: Path, tmp_path: Path) -> None:
    with reading(store) as connection:
        kept = last_checkpoint(connection)
    (tmp_path / "kept.txt").write_text(str(kept), encoding="utf-8")
    recorded(store, "later.example", run="run-2")

    folder = proved(store, tmp_path / "proof", "capture", 2, kept)

    assert checked(folder, str(tmp_path / "kept.txt")) == (0, "The proof holds.")
    size = str(kept).split("\n")[1]
    (tmp_path / "kept.txt").write_text(str(kept).replace(f"\n{size}\n", "\n1\n"), "utf-8")
    fact = f"the proof is for a ledger of {size} leaves, the checkpoint of 1"
    assert checked(folder, str(tmp_path / "kept.txt")) == (5, fact)
    assert refused(store, 7, kept).endswith("it came after the checkpoint; take a later one")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("record.json", '"status":200', '"status":404',
         "the record is not in the ledger that the checkpoint is of"),
        ("proof.json", '"leaf": ', '"leaf": 1',
         "the record is not in the ledger that the checkpoint is of"),
        ("checkpoint.txt", "\n9\n", "\n8\n",
         "the proof is for a ledger of {size} leaves, the checkpoint of 8"),
        ("body", "Disallow", "disallow", "the body is not the one that the record names"),
    ],
)  # fmt: skip
def test_a_proof_that_was_changed_does_not_hold(
    store: Path, tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = proved(store, tmp_path / "proof", "capture", 1)
    size = (folder / "checkpoint.txt").read_text("utf-8").split("\n")[1]
    text = (folder / file).read_text("utf-8")
    old = old.replace("9", size)
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="")

    assert checked(folder) == (5, said.format(size=size))


def refused(store: Path, number: int, by: Checkpoint | None = None) -> str:
    with reading(store) as connection, pytest.raises(ProvisorError) as caught:
        prove(connection, "capture", number, by)
    return str(caught.value)


def test_a_record_that_is_not_there_has_no_proof(store: Path) -> None:
    said = "capture 99: there is none in the store; see a report for its number"

    assert refused(store, 99) == said


def test_a_record_that_was_altered_has_no_proof(store: Path) -> None:
    with duckdb.connect(str(store)) as connection:
        connection.execute("UPDATE capture SET status = 404 WHERE capture_id = 1")

    assert refused(store, 1) == "capture 1: it is not what was sealed; run provisor verify"


def test_a_proof_is_one_by_a_checkpoint_of_this_store_that_saw_the_record(store: Path) -> None:
    with reading(store) as connection:
        last, seq = last_checkpoint(connection), prove(connection, "capture", 2).seq

    place = f"checkpoint of {seq} leaves"
    fact = f"the record is leaf {seq}: it came after the checkpoint"
    assert refused(store, 2, replace(last, size=seq)) == f"{place}: {fact}; take a later one"
    place = f"checkpoint of {last.size} leaves"
    fact = "the store does not come to it"
    assert refused(store, 2, replace(last, root=bytes(32))) == f"{place}: {fact}; run verify"


def test_a_note_is_handed_on_as_it_was_handed_out(store: Path, tmp_path: Path) -> None:
    with reading(store) as connection:
        proof = prove(connection, "capture", 1)
    note = f"{proof.checkpoint}\nsigned by somebody\n"

    write_proof(proof, tmp_path / "proof", note=note)

    assert (tmp_path / "proof" / "checkpoint.txt").read_text("utf-8") == note


def test_a_proof_that_cannot_be_written_leaves_nothing_behind(store: Path, tmp_path: Path) -> None:
    with reading(store) as connection:
        proof = prove(connection, "capture", 1)

    with pytest.raises(UnicodeEncodeError):
        write_proof(replace(proof, said="\ud800"), tmp_path / "own" / "proof")

    assert list((tmp_path / "own").iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(store: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageRefused) as caught:
        proved(store, tmp_path, "capture", 1)

    assert str(caught.value) == f"{tmp_path}: there is something already; name a new one"
