"""The program that a proof is handed out with: it reads a folder and trusts nothing in it."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from provenance.ledger.merkle import grown, inclusion_path, leaf_hash, root_of
from provenance.ledger.verify_proof import check, root_by

if TYPE_CHECKING:
    from pathlib import Path

BODY = b"the octets"
OTHERS = "the record is not in the ledger that the checkpoint is of"


@pytest.mark.parametrize("size", range(1, 18))
def test_it_finds_the_root_from_every_leaf_and_from_no_other(size: int) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    root = root_of(grown((), leaves))

    for index, leaf in enumerate(leaves):
        path = list(inclusion_path(leaves, index))
        assert root_by(path, leaf, index, size) == root
        assert root_by(path, leaf_hash(b"other"), index, size) != root
        assert root_by([*path, leaf], leaf, index, size) is None
        assert size == 1 or root_by(path[:-1], leaf, index, size) is None


def written(
    folder: Path, *, leaf: int = 0, of: int = 3, said: dict[str, str] | None = None
) -> Path:
    """Write the proof of leaf *leaf* of *of*, and return its checkpoint."""
    record = json.dumps(said or {"url": "https://例え.example/"}, ensure_ascii=False).encode()
    leaves = [leaf_hash(bytes([number])) for number in range(of)]
    leaves[leaf] = leaf_hash(record)
    path = [one.hex() for one in inclusion_path(leaves, leaf)]
    proof = {"kind": "capture", "leaf": leaf, "size": of, "path": path}
    root = base64.b64encode(root_of(grown((), leaves))).decode()
    (folder / "record.json").write_bytes(record)
    (folder / "proof.json").write_text(json.dumps(proof), "utf-8")
    (folder / "checkpoint.txt").write_text(f"a log of ours\n{of}\n{root}\n\nsigned\n", "utf-8")
    return folder / "checkpoint.txt"


@pytest.mark.parametrize(("leaf", "of"), [(0, 1), (0, 3), (1, 3), (2, 3), (4, 7)])
def test_a_proof_that_holds_is_told_with_its_leaf(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], leaf: int, of: int
) -> None:
    assert check(tmp_path, written(tmp_path, leaf=leaf, of=of)) == ""
    assert capsys.readouterr().out == (
        f"Leaf {leaf} of {of} of a log of ours: capture, as in record.json.\n"
    )


@pytest.mark.parametrize(("leaf", "of"), [(-1, 1), (1, 1), (2, 1)])
def test_a_leaf_outside_the_ledger_is_none(tmp_path: Path, leaf: int, of: int) -> None:
    checkpoint = written(tmp_path, of=of)
    proof = json.loads((tmp_path / "proof.json").read_text("utf-8"))
    (tmp_path / "proof.json").write_text(json.dumps(proof | {"leaf": leaf}), "utf-8")

    assert check(tmp_path, checkpoint) == OTHERS


def test_another_record_and_another_size_are_told(tmp_path: Path) -> None:
    checkpoint = written(tmp_path)
    kept = checkpoint.read_text("utf-8")
    (tmp_path / "kept.txt").write_text(kept.replace("\n3\n", "\n4\n"), "utf-8")
    fact = "the proof is for a ledger of 3 leaves, the checkpoint of 4"
    assert check(tmp_path, tmp_path / "kept.txt") == fact

    (tmp_path / "record.json").write_text("{}", "utf-8")
    assert check(tmp_path, checkpoint) == OTHERS


def test_the_body_is_that_which_the_record_names(tmp_path: Path) -> None:
    checkpoint = written(tmp_path, said={"body_sha256": hashlib.sha256(BODY).hexdigest()})
    (tmp_path / "body").write_bytes(BODY)
    assert check(tmp_path, checkpoint) == ""

    (tmp_path / "body").write_bytes(b"other octets")
    assert check(tmp_path, checkpoint) == "the body is not the one that the record names"
