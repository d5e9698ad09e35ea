"""Stores of earlier releases: their records are read as they were written."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from provenance.ledger.checkpoint import parse_checkpoint
from provenance.ledger.verifying import Witness, last_checkpoint, verify
from provenance.store import reading, writing
from tests.conftest import ROOT
from tests.provenance.stores import recorded

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "tests" / "provenance" / "golden"
STORES = sorted(file.name.partition(".")[0] for file in FOLDER.glob("*.zst"))


@pytest.fixture(params=STORES)
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    name, path = request.param, tmp_path / "store.duckdb"
    with zstd.open(FOLDER / f"{name}.duckdb.zst") as packed, path.open("wb") as out:
        shutil.copyfileobj(packed, out)
    return name, path


def test_a13_a_store_of_each_release_is_read_as_it_was_written(golden: tuple[str, Path]) -> None:
    name, path = golden
    with writing(path):
        pass  # brought up to date

    written = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    checkpoint, _ = parse_checkpoint(written["checkpoint"], name)
    with reading(path) as connection:
        leaves = connection.execute(
            "SELECT kind, key, hex(leaf) FROM ledger ORDER BY seq"
        ).fetchall()
        found = verify(connection, [Witness(name, checkpoint)])
    assert [list(leaf) for leaf in leaves[: checkpoint.size]] == written["leaves"]
    assert found.findings == ()


def test_a13_what_is_recorded_later_stands_behind_what_was(golden: tuple[str, Path]) -> None:
    _, path = golden
    with writing(path):
        pass
    with reading(path) as connection:
        before = last_checkpoint(connection)

    recorded(path, "later.example", run="run-later")

    with reading(path) as connection:
        assert last_checkpoint(connection).size > before.size
        assert verify(connection).findings == ()
