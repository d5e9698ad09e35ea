"""A record that looks like the one before is read at one glance, to the same words."""

from __future__ import annotations

import gzip
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from crawler.archives.alike import Alike, Plain
from crawler.archives.exchange import exchange
from crawler.archives.framing import Frame
from crawler.archives.framing import frames as framed
from crawler.archives.octets import Octets
from tests.crawler.archives.warcs import RULES, answer, record, robots, warc

if TYPE_CHECKING:
    from pathlib import Path

FIRST = robots("a.example")


def glance(data: bytes, *, after: bytes = FIRST) -> Any:
    """Read *data* by the look of the record *after*."""
    alike = Alike()
    alike.learn(frame(after))
    return whole(alike.read(data, 7, 70, "f" * 64))


def whole(seen: Any) -> Any:
    return seen.exchange if isinstance(seen, Plain) else seen


def frame(data: bytes) -> Frame:
    header, _, rest = data.partition(b"\r\n\r\n")
    block = rest[:-4]
    return Frame(7, 70, "f" * 64, header, block, len(block), checked=True)


def of(host: str, block: bytes, **said: str) -> bytes:
    return record("response", block, url=f"https://{host}/robots.txt", **said)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        FIRST[:-1],
        FIRST + b"\n",
        FIRST + FIRST,
        FIRST.replace(b"WARC/1.0", b"WARC/2.0"),
        FIRST.replace(b"WARC-Type", b"WARC-type"),
        FIRST.replace(b"response\r\n", b"revisit\r\n"),
        FIRST.replace(b"\r\n\r\nHTTP", b"\r\nWARC-Truncated: time\r\n\r\nHTTP"),
        FIRST.replace(b"WARC-Record-ID: <urn:uuid:0>\r\n", b""),
        of("a.example", answer(), at="2025-02-30T00:00:00Z"),
        of("a.example", answer(), at="2025-02-01T24:00:00Z"),
        of("a.example", answer(), at="2999-02-01T00:00:00Z"),
        of("a.example", answer(), at="2025-02-01T00:00:00.5Z"),
        of("a.example", answer(), at="2025-02-01T00:00:00+01:00"),
        of("A.example", answer()),
        of("xn--a-example.example", answer()),
        of("192.0.2.1", answer()),
        of("a.example:8080", answer()),
        of("user@a.example", answer()),
        of("a..example", answer()),
        of("-a.example", answer()),
        of("a", answer()),
        of(f"{'a' * 64}.example", answer()),
        record("response", answer(), url="https://a.example/robots.txt?x"),
        record("response", answer(), url="https://a.example/"),
        record("response", answer(), url="ftp://a.example/robots.txt"),
        of("a.example", b"HTTP/1.1 200 OK\r\n"),
        of("a.example", b"HTTP/1.1 200\rOK\r\n\r\n" + RULES),
        of("a.example", b"ICY 200 OK\r\n\r\n" + RULES),
        of("a.example", answer(headers="Content-Encoding: gzip\r\n")),
        of("a.example", answer(headers="Content-Encoding : gzip\r\n")),
        of("a.example", answer(headers="Transfer-Encoding: chunked\r\n")),
        of("a.example", answer(headers="Content-Length: 999\r\n")),
    ],
)
def test_leaves_to_the_careful_reader_what_differs(data: bytes) -> None:
    assert glance(data) is None


@pytest.mark.parametrize(
    "data",
    [
        FIRST,
        robots("www.b-c.d.example", b""),
        robots("b.example", at="2024-02-29T23:59:59Z"),
        of("b.example", answer(status="404 Not Found")),
        of("b.example", answer(status="301 Moved", headers="Location: https://c.example/\r\n")),
        of("b.example", answer(headers=f"Content-Length: {len(RULES)}\r\n")),
        of("b.example", answer(headers='X: "\\ \xe9\r\n folded\r\n')),
    ],
)
def test_says_what_the_careful_reader_says(data: bytes) -> None:
    seen = glance(data)

    assert seen is not None
    assert seen == exchange(frame(data))


@pytest.mark.parametrize(
    "said",
    [
        {"WARC_Truncated": "length"},
        {"warc_type": "revisit"},
        {"content_length": "3"},
        {"X_": "1", "x y": "2"},
    ],
)
def test_learns_nothing_from_a_header_that_could_be_read_in_two_ways(said: dict[str, str]) -> None:
    odd = of("a.example", answer(), **said)

    assert glance(odd, after=odd) is None


def test_knows_records_of_several_looks() -> None:
    alike = Alike()
    other = of("b.example", answer(), WARC_IP_Address="192.0.2.1")
    for one in (FIRST, other):
        alike.learn(frame(one))

    read = [whole(alike.read(one, 7, 70, "f" * 64)) for one in (FIRST, other, FIRST)]

    assert read == [exchange(frame(one)) for one in (FIRST, other, FIRST)]


def test_a_file_read_at_a_glance_and_with_care_says_the_same(tmp_path: Path) -> None:
    records = [
        record("warcinfo", b"software: test\r\n"),
        *(robots(f"host-{number}.example") for number in range(300)),
        record("request", b"GET / HTTP/1.1\r\n\r\n", url="https://a.example/robots.txt"),
        of("c.example", answer(headers="Content-Encoding: gzip\r\n")),
        robots("d.example", b"x" * 20_000),
        robots("e.example", bytes(range(256)) * 100),
    ]
    file = warc(tmp_path / "one.warc.gz", records)
    damaged = tmp_path / "damaged.warc.gz"
    octets = bytearray(file.read_bytes())
    octets[len(octets) // 3] ^= 1
    damaged.write_bytes(octets[:-9])

    for path in (file, damaged):
        alike = Alike()
        with path.open("rb") as first, path.open("rb") as second:
            end = path.stat().st_size
            quick = []
            for one in framed(Octets(first, 0, end), glance=alike.read):
                if isinstance(one, Frame):
                    alike.learn(one)
                quick.append(exchange(one) if isinstance(one, Frame) else whole(one))
            careful = [
                exchange(one) if isinstance(one, Frame) else one
                for one in framed(Octets(second, 0, end))
            ]

        assert quick == careful


def test_tells_the_place_it_was_given() -> None:
    data = robots("b.example")
    packed = gzip.compress(data)

    alike = Alike()
    alike.learn(frame(FIRST))
    seen = alike.read(data, 12, len(packed), sha256(packed).hexdigest())

    assert seen is not None
    assert (seen.offset, seen.length, seen.sha256) == (
        12,
        len(packed),
        sha256(packed).hexdigest(),
    )
