"""A write that fails, wherever it falls: the store holds all of a transaction or nothing of it."""

from __future__ import annotations

import resource
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from provenance.apart.limits import Limits
from provenance.apart.worker import aside
from provenance.errors import StoreError
from provenance.ledger.verifying import verify
from provenance.store import reading
from tests.provenance.stores import facts, handed_in, recorded

if TYPE_CHECKING:
    from pathlib import Path

ROOM = Limits(1_000_000_000, 120)
NAMES = tuple(f"h{number}.example" for number in range(1000))
STEPS = 12


def hand_in(store: Path) -> None:
    handed_in(store, "2026-02-01", *NAMES)


def hand_in_on_a_full_disk(store: Path, most: int) -> bool:
    """Hand in a list where no file can grow beyond *most* octets; return whether that was done."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    (store.parent / "list.txt").write_text("\n".join(NAMES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        hand_in(store)
    except (StoreError, OSError):
        return False
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    return True


def test_a9_a_write_that_fails_anywhere_leaves_all_or_nothing(tmp_path: Path) -> None:
    whole, done = tmp_path / "whole.duckdb", tmp_path / "done" / "store.duckdb"
    recorded(whole, "one.example")
    done.parent.mkdir()
    shutil.copy(whole, done)
    aside(hand_in, done, limits=ROOM)
    before, after = facts(whole), facts(done)
    assert before != after

    outcomes = set()
    for step in range(STEPS):
        store = tmp_path / str(step) / "store.duckdb"
        store.parent.mkdir()
        shutil.copy(whole, store)
        most = max(len("\n".join(NAMES)), done.stat().st_size * step // (STEPS - 2))
        acknowledged = aside(hand_in_on_a_full_disk, store, most, limits=ROOM)
        found = facts(store)
        outcomes.add((acknowledged, found == after))
        assert found in (before, after)
        assert not acknowledged or found == after
        with reading(store) as connection:
            assert verify(connection).findings == ()
        if found == before:
            aside(hand_in, store, limits=ROOM)
        assert facts(store) == after

    assert {(False, False), (True, True)} <= outcomes


@pytest.mark.parametrize("table", ["capture", "entry", "submission", "ledger", "checkpoint"])
def test_a_statement_that_fails_anywhere_leaves_nothing(
    store_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    recorded(store_path, "one.example")
    before = facts(store_path)

    def sealed(connection: Any) -> None:
        connection.execute(f"DROP TABLE {table}")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("provenance.store.seal", sealed)
    with pytest.raises(OSError, match="No space left"):
        recorded(store_path, "two.example", run="run-2")

    assert facts(store_path) == before
