"""What waits for the store stays little, whatever the store does, and is evidence once."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb
import pytest

from crawler import buffering
from crawler.buffering import Asked, Buffer
from crawler.fetching import Answer
from provenance.errors import StoreError
from provenance.evidence import EvidenceFile, evidence_folder
from provenance.recording import record_run
from provenance.records import Capture, Probe, Reading
from provenance.store import writing
from tests.crawler.loopback import answer, ended, site, started

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

MOMENT = datetime(2026, 1, 2, tzinfo=UTC)
LARGE = answer(os.urandom(500_000), 200, "Content-Type: text/html")
PAGES = [f"/{number}" for number in range(60)]


def silent(_: str) -> None:
    """Say nothing."""


@pytest.fixture
def buffer(store_path: Path) -> Iterator[Buffer]:
    with writing(store_path) as connection:
        record_run(
            connection, run_id="run", kind="crawl", started_at=MOMENT, settings={}, version="0"
        )
    with EvidenceFile(store_path, "run", about={}) as evidence:
        yield Buffer(store_path, "run", 0.1, silent, evidence)


def seen(buffer: Buffer, path: str, body: bytes = b"<p>x") -> None:
    """Add a page that was asked for, as it came from the wire."""
    url = f"https://a.example{path}"
    exchange = Answer(
        MOMENT, status=200, body=body, sent=b"GET / HTTP/1.1\r\n\r\n",
        received=b"HTTP/1.1 200 OK\r\n\r\n" + body,
    )  # fmt: skip
    capture = Capture(
        url=url, host="a.example", path=path, probe=Probe.PAGE, captured_at=MOMENT,
        method="crawl", status=200, body=body,
    )  # fmt: skip
    buffer.add(Reading(capture), [Asked(url, exchange)])


def test_a_batch_waits_until_it_is_written(buffer: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buffering, "BATCH", 2)
    full = []
    for path in ("/1", "/2"):
        seen(buffer, path)
        full.append(buffer.has_a_batch)
    buffer.write()

    assert full == [False, True]
    assert not buffer.has_a_batch
    assert buffer.written == 2


def test_a_small_answer_with_a_large_body_counts_by_its_body(buffer: Buffer) -> None:
    seen(buffer, "/bomb", bytes(buffering.BATCH_OCTETS))

    assert buffer.has_a_batch


def test_what_the_store_could_not_take_becomes_evidence_once(
    buffer: Buffer, store_path: Path
) -> None:
    kept = store_path.read_bytes()
    seen(buffer, "/1")
    store_path.write_bytes(b"no store")
    for _ in range(3):
        with pytest.raises(StoreError):
            buffer.write()
    store_path.write_bytes(kept)
    seen(buffer, "/2")
    buffer.write()

    with duckdb.connect(str(store_path), read_only=True) as connection:
        found = connection.execute(
            "SELECT path, count(*), max(record_offset + record_length)"
            " FROM capture JOIN evidence USING (capture_id) GROUP BY path ORDER BY path"
        ).fetchall()
    assert [(path, records) for path, records, _ in found] == [("/1", 2), ("/2", 2)]
    (file,) = evidence_folder(store_path).iterdir()
    assert file.stat().st_size == max(end for _, _, end in found)


def test_a_crawl_asks_for_no_more_than_it_can_keep_while_the_store_is_held(
    store_path: Path, tmp_path: Path
) -> None:
    held: list[duckdb.DuckDBPyConnection] = []

    def hold(connection: socket.socket) -> None:
        while not held:
            with suppress(duckdb.IOException):
                held.append(duckdb.connect(str(store_path)))
        connection.sendall(LARGE)

    with site(dict.fromkeys(PAGES, LARGE) | {"/0": hold}) as one:
        urls = tmp_path / "urls.txt"
        urls.write_text("".join(f"{one.url}{page}\n" for page in PAGES))
        process = started(store_path, "--delay", "0", "--hosts", str(urls), "--pages", "60")
        while len(one.paths) < 20:
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.05)
        time.sleep(2)
        asked = list(one.paths)
        held[0].close()
        crawl = ended(process, store_path)

    # A page is held as it came and as it is packed: 1 MB. 16 MiB wait for the store, and as much for them.
    assert 2 + 32 <= len(asked) <= 2 + 36
    assert (crawl.code, len(crawl.captures)) == (0, 1 + 1 + len(PAGES))
