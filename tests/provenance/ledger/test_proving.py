"""A proof is checked without the store and without this program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from provenance.errors import InputRefused, UsageRefused
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
    folder = proved(store, tmp_path / "proof", kind, number)

    assert checked(folder) == (0, "The proof holds.")


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
    with reading(store) as connection, pytest.raises(UsageRefused, match="after the checkpoint"):
        prove(connection, "capture", 7, kept)


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


def test_a_record_that_is_not_there_has_no_proof(store: Path) -> None:
    with reading(store) as connection, pytest.raises(InputRefused, match="there is none"):
        prove(connection, "capture", 99)


def test_a_folder_that_is_there_is_left_alone(store: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="there is something already"):
        proved(store, tmp_path, "capture", 1)
