"""Stores that were damaged: an error of ours, and never another number."""

from __future__ import annotations

import random
import shutil
import struct
import threading
from functools import reduce
from operator import xor
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from provenance.errors import StoreError
from provenance.ledger.verifying import verify
from provenance.recording import record_readings
from provenance.records import Capture, Probe, Reading
from provenance.store import reading, writing
from tests.command import provisor
from tests.provenance.stores import at, facts, handed_in, recorded

if TYPE_CHECKING:
    from pathlib import Path

FLIPS = 50
STEP = 64 * 1024


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("damage") / "whole.duckdb"
    recorded(path, *(f"h{number}.example" for number in range(30)))
    handed_in(path, "2026-01-01")
    return path


@pytest.fixture(scope="module")
def known(whole: Path) -> dict[str, list[tuple[Any, ...]]]:
    return facts(whole)


def test_a5_a_flipped_bit_is_an_error_or_changes_nothing(
    whole: Path, known: dict[str, list[tuple[Any, ...]]], store_path: Path
) -> None:
    octets, chance = whole.read_bytes(), random.Random(5)  # noqa: S311 (no secret)
    failed = 0
    for number in range(FLIPS):
        changed = bytearray(octets)
        place = chance.randrange(len(octets) * number // FLIPS, len(octets) * (number + 1) // FLIPS)
        changed[place] ^= 1 << chance.randrange(8)
        store_path.write_bytes(changed)
        try:
            assert facts(store_path) == known
        except StoreError:
            failed += 1
            store_path.unlink()

    assert failed > FLIPS // 5  # the others lie where nothing is kept


def test_a6_a_store_cut_anywhere_is_an_error_or_has_lost_nothing(
    whole: Path, known: dict[str, list[tuple[Any, ...]]], store_path: Path
) -> None:
    octets = whole.read_bytes()
    failed = []
    for size in range(STEP, len(octets), STEP):
        store_path.write_bytes(octets[:size])
        try:
            assert facts(store_path) == known  # what is gone was free
        except StoreError as error:
            failed.append(error.fact)
        assert store_path.stat().st_size == size

    assert set(failed) == {"cut short"}
    assert len(failed) > len(octets) // STEP // 2


@pytest.mark.parametrize("version", [70, 999])
def test_a12_a_store_of_a_newer_duckdb_is_left_as_it_is(
    whole: Path, store_path: Path, version: int
) -> None:
    octets = bytearray(whole.read_bytes())
    octets[12:20] = version.to_bytes(8, "little")
    words = struct.unpack("<511Q", octets[8:4096])
    sums = (word * 0xBF58476D1CE4E5B9 % 2**64 for word in words)  # as DuckDB makes its checksums
    octets[:8] = reduce(xor, sums, 5381).to_bytes(8, "little")
    store_path.write_bytes(octets)

    for way in (reading, writing):
        with pytest.raises(StoreError, match="written by a newer DuckDB; update duckdb"):
            way(store_path).__enter__()
    assert store_path.read_bytes() == octets


def test_a14_the_wal_of_another_store_is_refused_and_left(whole: Path, store_path: Path) -> None:
    other = store_path.with_name("other.duckdb")
    shutil.copy(whole, store_path)
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE t (i INTEGER); CHECKPOINT")
        connection.execute("PRAGMA disable_checkpoint_on_shutdown; INSERT INTO t VALUES (1)")
    wal = store_path.with_name(f"{store_path.name}.wal")
    shutil.copy(f"{other}.wal", wal)
    before = store_path.read_bytes(), wal.read_bytes()

    with pytest.raises(StoreError, match=r"belongs to another store; move the \.wal away"):
        writing(store_path).__enter__()

    assert (store_path.read_bytes(), wal.read_bytes()) == before


def test_a3_an_audit_beside_a_writer_waits_for_its_turn(tmp_path: Path) -> None:
    store = tmp_path / "provisor.duckdb"
    recorded(store, "one.example")
    (tmp_path / "rows.csv").write_text("url\nhttps://one.example/\n", "utf-8")
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            recorded(store, f"h{number}.example", run=f"run-{number}")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        code, _, err = provisor(
            "audit", "rows.csv", "--out", "out", "--fail-on", "never", cwd=tmp_path
        )
    finally:
        done.set()
        writer.join()

    assert code == 0, err
    with reading(store) as connection:
        assert verify(connection).findings == ()


ODD = ("NaN", "-0", "1e400", "\x00", "a\x00b", "\u202egnp.exe", "\U0001f4a9", "e\u0301", "\u00e9",
       "\x7f\x85\u2028", "\\u0000", '"', "\\", "\r\n")  # fmt: skip


def test_b28_odd_values_have_one_leaf_each_that_stays(store_path: Path) -> None:
    seen = [
        Capture(
            url=f"https://h{number}.example/", host=f"h{number}.example", path="/",
            probe=Probe.PAGE, captured_at=at("2026-01-01"), method="crawl", status=200,
            body=odd.encode(), headers=(("X-Odd", odd), (odd, "x")), error=odd,
        )
        for number, odd in enumerate(ODD)
    ]  # fmt: skip
    with writing(store_path) as connection:
        record_readings(connection, "run", [Reading(one) for one in seen], compile_robots=_none)

    with reading(store_path) as connection:
        assert verify(connection).findings == ()
        leaves = connection.execute(
            "SELECT count(DISTINCT leaf) FROM ledger WHERE kind = 'capture'"
        )
        assert leaves.fetchall() == [(len(ODD),)]


def test_b28_half_a_character_is_refused_and_nothing_is_kept(store_path: Path) -> None:
    seen = Capture(
        url="https://h.example/", host="h.example", path="/", probe=Probe.PAGE,
        captured_at=at("2026-01-01"), method="crawl", status=200, error="\ud800",
    )  # fmt: skip

    with pytest.raises((UnicodeError, duckdb.Error)), writing(store_path) as connection:
        record_readings(connection, "run", [Reading(seen)], compile_robots=_none)

    assert facts(store_path)["capture"] == []


def _none(_: bytes, __: bool) -> Any:
    raise AssertionError
