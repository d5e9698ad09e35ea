"""JSON Lines of robots.txt captures."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from crawler.archives.jsonl import read_captures
from provenance.errors import InputRefused
from provenance.records import Capture, Probe

if TYPE_CHECKING:
    from pathlib import Path

BODY = b"User-agent: *\nDisallow: /\n"


def line(**members: Any) -> str:
    said = {"url": "https://site.example/robots.txt", "captured_at": "2025-01-03T18:35:56Z"}
    return json.dumps(said | members)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "captures.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"url": 1, "url": 2}', "the key 'url' stands twice"),
        ("[" * 100_000, "not JSON"),
        (line(status=float("nan")), "NaN is not JSON"),
        (line(url="ftp://site.example/robots.txt"), "not an http or https address"),
        (line(url="https://site.example/page"), "'/page' is not /robots.txt"),
        (line(url=7), "`url` is missing or not text"),
        (line(host="other.example"), "host 'other.example' is not the host of the address"),
        (line(captured_at="03/01/2025"), "is not a time such as"),
        (line(captured_at="2025-01-03T18:35:56"), "has no zone; add Z for UTC"),
        (line(captured_at="2999-01-01T00:00:00Z"), "lies in the future"),
        (line(status="200"), "not an HTTP status or null"),
        (line(status=True), "not an HTTP status or null"),
        (line(status=99), "not an HTTP status or null"),
        (line(body_lowercased="no"), "`body_lowercased` is neither true nor false"),
        (line(body_base64="%%%"), "is not base64"),
        (line(body="x", sha256="0" * 64), "the body does not have the SHA-256 that"),
        (line(body_base64="é"), "is not base64"),
        (line(source="\ud800"), "`source` holds half a character"),
        (line(captured_at="0001-01-01T00:00:00+01:00"), "date value out of range"),
        (line(file="../../secret.txt", sha256="0" * 64), "is no file in the folder of the list"),
        (line(file="/proc/self/environ", sha256="0" * 64), "is no file in the folder of the list"),
        (line(file="/etc/hostname"), "is no file in the folder of the list"),
        (line(file="captures.jsonl"), "`sha256` is missing or not text"),
        (line(file="nothing.txt", sha256="0" * 64), "is no file in the folder of the list"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(tmp_path: Path, text: str, fact: str) -> None:
    path = written(tmp_path, line(body="x"), "", text)

    with pytest.raises(InputRefused) as refused:
        list(read_captures(path))

    assert refused.value.place == f"{path}, line 3"
    assert fact in refused.value.fact


def test_a_capture_keeps_all_that_its_source_said(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        line(
            host="site.example",
            status=None,
            status_basis="not recorded",
            captured_at_basis="commit date",
            source="somebody@1",
            body_lowercased=True,
            body=BODY.decode(),
            sha256=hashlib.sha256(BODY).hexdigest(),
        ),
    )

    assert list(read_captures(path)) == [
        Capture(
            url="https://site.example/robots.txt",
            host="site.example",
            path="/robots.txt",
            probe=Probe.ROBOTS,
            captured_at=datetime(2025, 1, 3, 18, 35, 56, tzinfo=UTC),
            captured_at_basis="commit date",
            method="import",
            source="somebody@1",
            status=None,
            status_basis="not recorded",
            body=BODY,
            lowercased=True,
        )
    ]


def test_the_body_may_be_in_base64_or_in_a_file(tmp_path: Path) -> None:
    digest = hashlib.sha256(BODY).hexdigest()
    (tmp_path / "body.txt").write_bytes(BODY)
    path = written(
        tmp_path,
        line(body_base64=base64.b64encode(BODY).decode()),
        line(file="body.txt", sha256=digest),
        line(status=404),
    )

    assert [capture.body for capture in read_captures(path)] == [BODY, BODY, None]


def test_octets_that_are_not_utf_8_are_named(tmp_path: Path) -> None:
    path = tmp_path / "captures.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + line(body="x").encode() + b"\n\xff\xfe{}\n")

    captures = read_captures(path)

    assert next(captures).body == b"x"
    with pytest.raises(InputRefused, match=r"line 2: not JSON .*codec can't decode"):
        next(captures)


def test_a_compressed_list_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "captures.jsonl.gz"
    path.write_bytes(gzip.compress(line(body="x").encode()))

    assert [capture.body for capture in read_captures(path)] == [b"x"]


def test_a_compressed_list_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "captures.jsonl.gz"
    path.write_bytes(gzip.compress(line(body="x" * 1000).encode())[:-9])

    with pytest.raises(InputRefused, match="cannot be read"):
        list(read_captures(path))


@pytest.mark.parametrize("make", ["mkdir", "touch", None])
def test_a_folder_an_empty_file_and_no_file_are_refused(tmp_path: Path, make: str | None) -> None:
    path = tmp_path / "captures.jsonl"
    if make:
        getattr(path, make)()

    with pytest.raises(InputRefused, match=r"a folder|the file is empty|there is no such file"):
        list(read_captures(path))
