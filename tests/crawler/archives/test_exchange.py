"""What one WARC record says."""

from __future__ import annotations

import gzip
import io
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archives.exchange import MAX_BODY, Exchange, Skipped, exchange
from crawler.archives.framing import Damage, Frame, frames
from crawler.archives.http_message import fields, fields_json, message
from crawler.archives.octets import Octets
from provenance.records import Probe
from provenance.urls import NotAnAddress, address
from tests.crawler.archives.warcs import RULES, answer, record, robots


def read(data: bytes) -> Exchange | Skipped | Damage:
    (frame,) = frames(Octets(io.BytesIO(data), 0, len(data)))
    assert isinstance(frame, Frame)
    return exchange(frame)


def heard(data: bytes) -> Exchange:
    found = read(data)
    assert isinstance(found, Exchange), found
    return found


def test_a_robots_txt_comes_with_its_host_time_status_and_body() -> None:
    found = heard(robots("a.example"))

    assert (found.url, found.host, found.path, found.probe) == (
        "https://a.example/robots.txt", "a.example", "/robots.txt", Probe.ROBOTS,
    )  # fmt: skip
    assert (found.captured_at, found.status, found.body, found.error) == (
        "2025-02-01T00:00:00", 200, RULES, "",
    )  # fmt: skip
    assert fields(found.head) == (("Content-Type", "text/plain"),)


@pytest.mark.parametrize("kind", ["request", "warcinfo", "metadata", "resource", "conversion"])
def test_other_kinds_are_no_exchange(kind: str) -> None:
    assert read(record(kind, b"x", url="https://a.example/")) == Skipped(kind, b"x")


def test_an_answer_of_another_server_than_a_web_server_is_no_exchange() -> None:
    found = read(record("response", b"20250201 a.example. 1.2.3.4", url="dns:a.example"))

    assert found == Skipped("response of dns:")


@pytest.mark.parametrize("at", ["", "yesterday", "2025-02-30T00:00:00Z", "2999-01-01T00:00:00Z"])
def test_a_record_without_a_time_in_the_past_is_named(at: str) -> None:
    found = read(robots("a.example", at=at))

    assert isinstance(found, Damage)
    assert "is no time in the past, in UTC" in found.cause


@pytest.mark.parametrize(
    "url", ["https://\x1b[31m\x07.example/", "http://", "http://a b/", "https://xn--a/robots.txt"]
)
def test_a_hostile_address_is_named_harmlessly(url: str) -> None:
    found = read(record("response", answer(), url=url))

    assert isinstance(found, Damage)
    assert "\x1b" not in found.cause
    assert found.cause.startswith("WARC-Target-URI")


def test_field_names_are_read_in_any_case_and_an_address_in_brackets() -> None:
    block = answer()
    data = (
        b"WARC/1.0\r\nwarc-type: Response\r\nWARC-DATE: 2025-02-01T00:00:00Z\r\n"
        b"Warc-Target-Uri: <http://a.example/robots.txt>\r\n"
        b"content-length: %d\r\n\r\n%b\r\n\r\n" % (len(block), block)
    )

    assert heard(data).url == "http://a.example/robots.txt"


def test_a_block_that_is_not_what_its_digest_says_is_damage() -> None:
    digest = "sha1:" + "A" * 32

    assert isinstance(read(robots("a.example", WARC_Block_Digest=digest)), Damage)
    assert isinstance(read(robots("a.example", WARC_Block_Digest="md5:0")), Exchange)


@pytest.mark.parametrize("reason", ["disconnect", "time"])
def test_an_answer_that_broke_off_is_an_error_and_no_rules(reason: str) -> None:
    assert heard(robots("a.example", WARC_Truncated=reason)).error == "protocol"


def test_an_answer_cut_at_a_length_keeps_what_it_has() -> None:
    found = heard(robots("a.example", WARC_Truncated="length"))

    assert (found.error, found.truncated, found.body) == ("", True, RULES)


def test_an_answer_shorter_than_it_says_broke_off_unless_its_status_says_all() -> None:
    short = heard(
        record("response", answer(headers="Content-Length: 99\r\n"), url="http://a.example/")
    )
    moved = heard(
        record(
            "response",
            answer(b"", status="301 Moved", headers="Content-Length: 99\r\n"),
            url="http://a.example/",
        )
    )

    assert (short.error, short.truncated) == ("protocol", True)
    assert (moved.status, moved.error) == (301, "")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Transfer-Encoding: chunked\r\n", b"5\r\nUser-\r\n1a;x=1\r\nagent: GPTBot\nDisallow: /\n\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", RULES),
        ("Content-Encoding: gzip\r\n", gzip.compress(RULES, mtime=0)),
        ("Content-Encoding: gzip\r\n", RULES),
        ("Content-Encoding: deflate\r\n", zlib.compress(RULES)),
        ("CONTENT-ENCODING: GZIP\r\nTransfer-Encoding: chunked\r\n", b"%x\r\n%b\r\n0\r\n\r\n" % (len(gzip.compress(RULES, mtime=0)), gzip.compress(RULES, mtime=0))),
        ("Vary: Accept-Encoding\r\n", RULES),
    ],
)  # fmt: skip
def test_codings_are_taken_off_where_they_are_there(headers: str, body: bytes) -> None:
    assert message(answer(body, headers=headers), limit=MAX_BODY).body == RULES


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Transfer-Encoding: chunked\r\n", b"ff\r\nUser-agent"),
        ("Content-Encoding: br\r\n", b"\x00\x01\x02"),
        ("Content-Encoding: gzip\r\n", gzip.compress(RULES, mtime=0)[:-9]),
        ("Content-Encoding: gzip, gzip, gzip\r\n", gzip.compress(RULES, mtime=0)),
    ],
)
def test_a_body_that_cannot_be_told_is_an_error(headers: str, body: bytes) -> None:
    assert message(answer(body, headers=headers), limit=MAX_BODY).error == "protocol"


def test_of_a_bomb_in_a_body_a_bounded_part_is_kept() -> None:
    bomb = gzip.compress(bytes(50 * 1024 * 1024))

    said = message(answer(bomb, headers="Content-Encoding: gzip\r\n"), limit=1000)

    assert (len(said.body or b""), said.more) == (1000, True)


@pytest.mark.parametrize("block", [b"", b"<html>", b"HTTP/1.1 OK", b"ICY 200 OK\r\n\r\n"])
def test_what_is_no_http_answer_has_no_status(block: bytes) -> None:
    assert (message(block, limit=10).status, message(block, limit=10).error) == (None, "protocol")


HEADER = st.text(st.characters(max_codepoint=255), max_size=40)


@given(st.lists(st.tuples(HEADER, st.sampled_from([":", ": ", ":  ", " : "]), HEADER), max_size=5))
def test_headers_are_written_as_json_would_write_them(lines: list[tuple[str, str, str]]) -> None:
    head = "HTTP/1.1 200 OK\r\n" + "\r\n".join("".join(line) for line in lines)

    assert fields_json(head) == json.dumps(fields(head))


@pytest.mark.parametrize(
    "line",
    ["A: b", "A: b: c", "A:b", "A: ", "A:", ": b", "A: b ", "A:  b", "A : b", 'A: "b"', "A: b\\", "A: \xe9",
     "A: b, \"c\"", "A", "A: b\r\n  folded", "A: b\nB: c", "", 'A", "B: c', 'A: b"], ["C'],
)  # fmt: skip
def test_odd_header_lines_are_written_as_json_would_write_them(line: str) -> None:
    for head in (f"HTTP/1.1 200 OK\r\n{line}", f"HTTP/1.1 200 OK\r\nX: y\r\n{line}\r\nZ: 1"):
        assert fields_json(head) == json.dumps(fields(head))
    assert fields_json("HTTP/1.1 200 OK") == "[]"


@given(
    st.from_regex(
        r"https?://[a-zA-Z0-9_.%é-]{1,70}(:80|:8080)?/(robots\.txt)?(\?q)?", fullmatch=True
    )
)
def test_an_address_that_is_not_parsed_is_spelt_as_if_it_were(url: str) -> None:
    try:
        place = address(url, hidden=True)
    except NotAnAddress:
        assert isinstance(read(record("response", answer(), url=url)), Damage)
        return

    found = heard(record("response", answer(), url=url))

    assert (found.url, found.host, found.path) == (place.url, place.authority, place.path)
