"""What the readers are given: the beginning of a page, decoded, whatever it holds."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from crawler.pages import PARSED_BYTES, page_of, page_signals, readers
from tests.conftest import ROOT
from tests.crawler.signals.pages import page

NOAI = b'<meta name="robots" content="noai">'


def test_the_folder_is_the_registry() -> None:
    files = [file for file in (ROOT / "crawler" / "signals").glob("*.py") if file.stem[0] != "_"]

    assert len(readers()) == len(files)


def test_nothing_is_read_where_there_was_no_answer() -> None:
    assert page_of(replace(page("<p>"), status=None)) is None
    assert page_signals(replace(page("<p>"), status=None, error="timeout")) == ()


def test_a_body_that_broke_off_is_not_read_and_its_headers_are() -> None:
    capture = page("<input type=password>", ("X-Robots-Tag", "noai"))

    (signal,) = page_signals(replace(capture, error="protocol"))

    assert signal.kind == "robots-meta"


def test_the_address_is_the_one_that_answered() -> None:
    followed = replace(page("<p>"), hops=("https://site.example/b",))
    not_followed = replace(followed, status=302)

    assert [one.url for one in map(page_of, (followed, not_followed)) if one] == [
        "https://site.example/b",
        "https://site.example/p/1",
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body " + b"".join(b"a%d=1 " % i for i in range(80_000)) + b">",
        b"<div>" * 2_000_000,
        NOAI * 500_000,
        b"<p>x" * 500_000,
        b"<form><input type=password>" * 100_000,
        b"<meta charset=utf-7>+ADw-meta name+AD0-robots content+AD0-noai+AD4-",
        b"<meta charset=zlib><p>x",
        b'<meta charset="\0">' + b"\0" * 1000,
        b"\xff\xfe<\0p\0",
    ],
    ids=lambda body: body[:12].decode("latin-1"),
)
def test_a_hostile_page_is_read_within_two_seconds(body: bytes) -> None:
    began = time.process_time()

    found = page_signals(replace(page(""), body=body))

    assert time.process_time() - began < 2
    assert len(found) <= 2


def test_only_the_beginning_is_read() -> None:
    beyond = b"<!--" + b"x" * PARSED_BYTES + b"-->" + NOAI

    assert page_signals(replace(page(""), body=beyond)) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis", "euc-jp"])
def test_japanese_pages_are_read_in_their_encoding(encoding: str) -> None:
    html = f"<meta charset={encoding}><p>続きを読むには会員登録が必要です。"
    kind = (("Content-Type", "text/html"),)

    (signal,) = page_signals(replace(page(""), headers=kind, body=html.encode(encoding)))

    assert signal.gate == "registration"
