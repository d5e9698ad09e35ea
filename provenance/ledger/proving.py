"""A proof for one record that needs neither the store nor this program to be checked.

It is a folder: the record as canonical JSON, the hashes that lead from it to a checkpoint, the
checkpoint, the octets it speaks of where the store has them, and a short program that compares all
of them. Nothing else of the store is in it.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING
from uuid import uuid4

from provenance.errors import InputRefused, UsageRefused
from provenance.ledger.kinds import Kind, kinds
from provenance.ledger.merkle import inclusion_path, leaf_hash, root_by
from provenance.ledger.verifying import last_checkpoint
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from provenance.ledger.checkpoint import Checkpoint

CHECKER = "verify_proof.py"


@dataclass(frozen=True, slots=True)
class Proof:
    """That one record is a leaf of a ledger of some size."""

    kind: str
    said: str
    """The record, canonical JSON."""
    seq: int
    path: tuple[bytes, ...]
    """RFC 6962, section 2.1.1, lowest first."""
    checkpoint: Checkpoint
    body: bytes | None
    """The octets that the record names by their digest, where the store holds them."""


def prove(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    number: int,
    against: Checkpoint | None = None,
) -> Proof:
    """Return the proof of one record of the store that is open.

    Args:
        connection: the store, opened to read.
        kind: `capture` or `submission`.
        number: the store's own number of it.
        against: an earlier checkpoint of the store; None: the last one.

    Raises:
        InputRefused: there is no such record.
        UsageRefused: *against* is none of this store, or is older than the record.
    """
    said, seq = _record(connection, kind, number)
    checkpoint = against or last_checkpoint(connection)
    if seq >= checkpoint.size:
        fact = f"the record is leaf {seq:,}: it came after the checkpoint"
        raise UsageRefused(f"checkpoint of {checkpoint.size:,} leaves", fact, "take a later one")
    leaves = [
        leaf
        for (leaf,) in connection.execute(
            "SELECT leaf FROM ledger WHERE seq < ? ORDER BY seq", [checkpoint.size]
        ).fetchall()
    ]
    path = inclusion_path(leaves, seq)
    if root_by(path, leaf_hash(said.encode()), seq, checkpoint.size) != checkpoint.root:
        fact = "the store does not come to it"
        raise UsageRefused(f"checkpoint of {checkpoint.size:,} leaves", fact, "run verify")
    return Proof(kind, said, seq, path, checkpoint, _body(connection, said))


def write_proof(proof: Proof, folder: Path, *, note: str = "") -> None:
    """Write *proof* into *folder*, which must be new, with the program that checks it.

    *note* is its checkpoint as it was handed out, with signatures; empty: the checkpoint alone.
    """
    if os.path.lexists(folder):
        raise UsageRefused(str(folder), "there is something already", "name a new one")
    unfinished = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}")
    unfinished.mkdir(parents=True)
    try:
        _write_into(unfinished, proof, note)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _write_into(folder: Path, proof: Proof, note: str) -> None:
    about = {
        "kind": proof.kind,
        "leaf": proof.seq,
        "size": proof.checkpoint.size,
        "path": [beside.hex() for beside in proof.path],
    }
    checker = resources.files("provenance.ledger") / CHECKER
    (folder / "record.json").write_text(proof.said, encoding="utf-8", newline="")
    (folder / "proof.json").write_text(json_text(about) + "\n", encoding="utf-8")
    (folder / "checkpoint.txt").write_text(
        note or str(proof.checkpoint), encoding="utf-8", newline=""
    )
    (folder / CHECKER).write_bytes(checker.read_bytes())
    if proof.body is not None:
        (folder / "body").write_bytes(proof.body)


def _record(connection: duckdb.DuckDBPyConnection, kind: str, number: int) -> tuple[str, int]:
    """Return the canonical JSON of a record and the number of its leaf."""
    found = next(one for one in kinds() if one.name == kind)
    rows = connection.execute(_one_record(found), {"number": number, "sealed": 0}).fetchall()
    if not rows:
        raise InputRefused(
            f"{kind} {number}", "there is none in the store", "see a report for its number"
        )
    said, seq = rows[0]
    if seq is None:
        raise InputRefused(f"{kind} {number}", "it is not what was sealed", "run provisor verify")
    return said, seq


def _one_record(kind: Kind) -> str:
    return f"""
        SELECT said, (
            SELECT min(seq) FROM ledger
            WHERE ledger.key = record.key AND leaf = unhex(sha256('\\x00'::BLOB || encode(said)))
        )
        FROM ({kind.statement}) AS record
        WHERE record.place = (SELECT rowid FROM {kind.table} WHERE {kind.table}_id = $number)
    """  # noqa: S608 (our own statement)


def _body(connection: duckdb.DuckDBPyConnection, said: str) -> bytes | None:
    digest = json.loads(said).get("body_sha256")
    rows = connection.execute("SELECT bytes FROM body WHERE sha256 = ?", [digest]).fetchall()
    return rows[0][0] if rows else None
