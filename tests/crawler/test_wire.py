"""The wire: what passed over it is kept octet for octet, whatever it was."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING, Any

import pytest

from crawler.messages import body_of
from provenance.evidence import read_record
from provenance.records import Evidence
from provenance.store import writing
from tests.command import provisor
from tests.crawler.loopback import CONTACT, LET_IN, answer, crawled, redirect, site

if TYPE_CHECKING:
    import socket
    from pathlib import Path

HTML = "Content-Type: text/html"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nx-oDD:  folded\r\n\tvalue\r\n"
    b"Content-Type: text/html\r\n\r\n4\r\n<p>x\r\n3;note\r\nyz!\r\n0\r\nTrailer: t\r\n\r\n"
)
PACKED = answer(gzip.compress(b"<p>packed", mtime=0), 200, "Content-Encoding: gzip", HTML)
INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer("<p>late", 200, HTML)


def kept(store: Path, url: str) -> dict[tuple[int, str], tuple[dict[str, str], bytes]]:
    """The records of the exchange that began at *url*."""
    with writing(store) as connection:
        rows: list[Any] = connection.execute(
            "SELECT hop, evidence.kind, file, record_offset, record_length, sha256"
            " FROM evidence JOIN capture USING (capture_id) WHERE url = ?",
            [url],
        ).fetchall()
    return {(row[0], row[1]): read_record(store, Evidence(*row)) for row in rows}


@pytest.mark.parametrize("sent", [CHUNKED, PACKED, INTERIM], ids=["chunked", "packed", "interim"])
def test_an_answer_is_kept_as_it_came(store_path: Path, sent: bytes) -> None:
    with site({"/": sent}) as one:
        crawled(store_path, one.url)

    found = kept(store_path, f"{one.url}/")
    assert found[0, "response"][1] == sent
    assert (
        found[0, "request"][1]
        == (
            f"GET / HTTP/1.1\r\nHost: {one.host}\r\nUser-Agent: provisor/0.1.0 (+{CONTACT};"
            f" purpose: rights-signal audit)\r\nFrom: {CONTACT}\r\nAccept: text/html,"
            "application/xhtml+xml,text/plain,*/*;q=0.5\r\nAccept-Encoding: gzip\r\n\r\n"
        ).encode()
    )


def test_every_hop_is_kept(store_path: Path) -> None:
    first, second, third = redirect("/two"), redirect("/three"), answer("<p>x", 200, HTML)
    with site({"/": first, "/two": second, "/three": third}) as one:
        crawled(store_path, one.url)

    found = kept(store_path, f"{one.url}/")
    assert [found[hop, "response"][1] for hop in range(3)] == [first, second, third]
    assert [found[hop, "response"][0]["warc-target-uri"] for hop in range(3)] == [
        f"{one.url}/", f"{one.url}/two", f"{one.url}/three",
    ]  # fmt: skip


def breaks_off(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")


def drips(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nslow")
    time.sleep(3)


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"a" * 65536)


@pytest.mark.parametrize(
    ("behaviour", "why", "begins"),
    [
        (breaks_off, "disconnect", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
        (drips, "time", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nslow"),
        (endless, "length", b"HTTP/1.1 200 OK\r\n\r\naaaa"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "disconnect", b"SSH-2.0-OpenSSH_9.2\r\n"),
    ],
    ids=["broken", "too late", "too long", "no answer"],
)
def test_what_there_is_of_a_broken_answer_is_kept_and_says_why_it_ends(
    store_path: Path, behaviour: Any, why: str, begins: bytes
) -> None:
    with site({"/": behaviour}) as one:
        crawled(store_path, one.url, "--timeout", "1")

    fields, block = kept(store_path, f"{one.url}/")[0, "response"]
    assert fields["warc-truncated"] == why
    assert block.startswith(begins)
    assert len(block) < 3 * 1024 * 1024


@pytest.mark.parametrize(
    ("octets", "body"),
    [(CHUNKED, b"<p>xyz!"), (PACKED, b"<p>packed"), (INTERIM, b"<p>late"), (b"SSH-2.0\r\n", b"")],
    ids=["chunked", "packed", "interim", "no answer"],
)
def test_a_body_is_found_again_in_its_octets(octets: bytes, body: bytes) -> None:
    assert body_of(octets, limit=1000) == body
    assert body_of(octets, limit=3) == body[:3]


def test_show_finds_the_body_in_the_evidence_and_sees_a_change(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    with site({"/": CHUNKED}) as one:
        crawled(store, one.url)
    with writing(store) as connection:
        ((page, file, offset),) = connection.execute(
            "SELECT capture_id, file, record_offset FROM capture JOIN evidence USING (capture_id)"
            " WHERE probe = 'page' AND evidence.kind = 'response'"
        ).fetchall()
        kept_apart = connection.execute(
            "SELECT count(*) FROM capture JOIN body ON sha256 = body_sha256 WHERE probe = 'page'"
        ).fetchall()
    assert kept_apart == [(0,)]

    words = ("show", str(page), "--store", "store.duckdb")
    told = provisor(*words, cwd=tmp_path)
    raw = provisor(*words, "--raw", cwd=tmp_path)
    wire = provisor(*words, "--wire", cwd=tmp_path)
    path = tmp_path / file
    octets = bytearray(path.read_bytes())
    octets[offset + 40] ^= 1
    path.write_bytes(octets)
    altered = provisor(*words, cwd=tmp_path)

    assert told[0] == raw[0] == wire[0] == 0
    assert told[1].endswith("\n7 octets:\n    1  <p>xyz!\n")
    assert raw[1] == "<p>xyz!"
    assert wire[1].startswith("GET / HTTP/1.1\n")
    assert "\n4\n<p>x\n3;note\nyz!\n0\nTrailer: t\n" in wire[1]
    assert altered[0] == 5
    assert altered[1].endswith("\n\nno body: the evidence it stands in cannot be used\n")
    assert "not the octets that were recorded; restore the file from a backup" in altered[2]


def test_a_store_that_was_merged_finds_the_evidence_of_its_sources(tmp_path: Path) -> None:
    folder = tmp_path / "worker's"
    folder.mkdir()
    with site(robots=LET_IN) as one:
        crawled(folder / "one.duckdb", one.url)

    code, _, _ = provisor("store", "merge", "all.duckdb", "worker's/one.duckdb", cwd=tmp_path)
    again, _, _ = provisor("store", "merge", "all.duckdb", "worker's/one.duckdb", cwd=tmp_path)

    assert code == again == 0
    assert kept(tmp_path / "all.duckdb", f"{one.url}/robots.txt")[0, "response"][1] == LET_IN
