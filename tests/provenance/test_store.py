"""The store: one file, held for one short transaction at a time."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

import duckdb
import pytest

from provenance.apart.limits import Limits
from provenance.apart.worker import worker
from provenance.errors import StoreError
from provenance.ledger.verifying import verify
from provenance.migrating import migrations
from provenance.recording import record_run
from provenance.store import attached, reading, writing
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLD = """
import sys, time
from pathlib import Path
from provenance.store import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def holder(path: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(path), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_transaction_is_kept_whole_or_not_at_all(store_path: Path) -> None:
    def fail_halfway() -> None:
        with writing(store_path) as connection:
            connection.execute("INSERT INTO body VALUES ('a', 'x'::BLOB)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()

    with reading(store_path) as connection:
        assert connection.execute("SELECT count(*) FROM body").fetchall() == [(0,)]


def test_the_release_before_ours_can_read_the_file(store_path: Path) -> None:
    with writing(store_path):
        pass

    header = store_path.read_bytes()[:4096]
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") <= 68  # what DuckDB 1.5 reads


def test_reading_leaves_the_file_byte_for_byte(store_path: Path) -> None:
    with writing(store_path):
        pass
    before = store_path.read_bytes()

    with reading(store_path) as connection:
        connection.execute("FROM capture").fetchall()

    assert store_path.read_bytes() == before


def test_a_second_writer_waits_and_says_for_whom(store_path: Path) -> None:
    said: list[str] = []

    with holder(store_path, 0.5) as process, writing(store_path, wait_s=20, say=said.append):
        pass

    assert said == [f"waiting for {store_path}: process {process.pid} holds it"]


def test_a_writer_that_waited_long_enough_names_the_holder(store_path: Path) -> None:
    begun = time.monotonic()

    with (
        holder(store_path, 30) as process,
        pytest.raises(StoreError) as refused,
        writing(store_path, wait_s=0.2),
    ):
        pass

    assert time.monotonic() - begun < 10
    assert f"(process {process.pid}) for over 0.2 s" in refused.value.fact
    assert refused.value.remedy == "try again, or wait longer with --wait"


def test_a_killed_holder_leaves_no_lock(store_path: Path) -> None:
    with holder(store_path, 30):
        pass

    with writing(store_path, wait_s=5):
        pass


def test_many_readers_read_together(store_path: Path) -> None:
    with writing(store_path):
        pass
    counted: list[int] = []

    def read() -> None:
        work = duckdb.connect()
        with attached(work, store_path):
            counted.append(len(work.execute("SELECT 1 FROM store.migration").fetchall()))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counted == [len(migrations())] * 8


def counted(store: Path, times: int) -> list[int]:
    """Return how many runs there are, each time the store is opened."""
    found = []
    for _ in range(times):
        with reading(store, wait_s=120) as connection:
            found += [
                count for (count,) in connection.execute("SELECT count(*) FROM run").fetchall()
            ]
    return found


def test_a15_eight_readers_beside_a_writer_see_whole_batches_and_nothing_else(
    store_path: Path,
) -> None:
    limits = Limits(1_000_000_000, 300)

    def write() -> None:
        with writing(store_path, wait_s=120) as connection:
            for _ in range(5):
                record_run(
                    connection, run_id=token_hex(8), kind="crawl", started_at=datetime.now(UTC),
                    settings={}, version="0.1.0",
                )  # fmt: skip

    write()
    with ExitStack() as running, ThreadPoolExecutor(8) as threads:
        readers = [running.enter_context(worker()) for _ in range(8)]
        asked = [threads.submit(one.do, counted, store_path, 6, limits=limits) for one in readers]
        for _ in range(6):
            write()
        seen = [one.result() for one in asked]

    assert all(counts == sorted(counts) and len(counts) == 6 for counts in seen)
    assert {count % 5 for counts in seen for count in counts} == {0}
    assert counted(store_path, 1) == [35]
    with reading(store_path) as connection:
        assert verify(connection).findings == ()


def test_each_wrong_file_has_its_own_sentence(tmp_path: Path) -> None:
    text = tmp_path / "text.duckdb"
    text.write_text("not a store, but long enough to have a header of its own\n" * 100)
    foreign = tmp_path / "foreign.duckdb"
    duckdb.connect(str(foreign)).execute("CREATE TABLE t (i INTEGER)")
    newer = tmp_path / "newer.duckdb"
    with writing(newer) as connection:
        connection.execute("INSERT INTO migration VALUES (999, now()::TIMESTAMP)")
    cut = tmp_path / "cut.duckdb"
    with writing(cut):
        pass
    cut.write_bytes(cut.read_bytes()[:9000])

    facts = {}
    for path in (tmp_path / "none.duckdb", text, foreign, newer, cut, tmp_path):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(StoreError) as refused, reading(path):
            pass
        facts[path.name] = refused.value.fact
        assert not path.is_file() or path.read_bytes() == before

    assert facts == {
        "none.duckdb": "there is no store here",
        "text.duckdb": "not a DuckDB file",
        "foreign.duckdb": "a DuckDB file, but not a provisor store",
        "newer.duckdb": f"written by a newer provisor (schema 999, this one knows {max(migrations())})",
        "cut.duckdb": "cut short",
        tmp_path.name: "a folder, not a store",
    }


def test_nothing_is_written_into_somebody_elses_database(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.duckdb"
    duckdb.connect(str(foreign)).execute("CREATE TABLE precious (i INTEGER)")

    with pytest.raises(StoreError, match="not a provisor store"), writing(foreign):
        pass

    assert duckdb.connect(str(foreign)).execute("SHOW TABLES").fetchall() == [("precious",)]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match="its folder does not exist"),
        writing(tmp_path / "no" / "s"),
    ):
        pass
