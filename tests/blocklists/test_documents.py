from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from blocklists.documents import ENCODINGS, MAX_BYTES, MAX_LINES, read_document
from blocklists.refusals import ListRefused
from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from pathlib import Path


def refusal(path: Path, *, encoding: str = "utf-8") -> str:
    """Return what is said when *path* is read, without its place."""
    with pytest.raises(ListRefused) as caught:
        read_document(path, encoding=encoding)
    return str(caught.value).removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    ("content", "start"),
    [
        (b"%PDF-1.7", "F_BINARY: this is a PDF, not a text file"),
        (b"PK\x03\x04..xl/", "F_BINARY: this is an Excel workbook or a zip file, not a text"),
        (b"\xd0\xcf\x11\xe0", "F_BINARY: this is an old Excel or Word file, not a text file"),
        (b"\x1f\x8b\x08", "F_BINARY: this is a gzip file, not a text file"),
        (b"a.example\0", "F_BINARY: this is a binary file, not a text file"),
        (
            "漫画".encode("cp932"),
            (
                "F_ENCODING: its characters cannot be read: not UTF-8: it looks like "
                "Shift_JIS/CP932 (--encoding cp932)"
            ),
        ),
        (
            "漫画".encode("euc-jp"),
            (
                "F_ENCODING: its characters cannot be read: not UTF-8: it looks like "
                "EUC-JP (--encoding euc-jp)"
            ),
        ),
        (
            "a.example".encode("utf-16"),
            (
                "F_ENCODING: its characters cannot be read: not UTF-8: it looks like "
                "UTF-16 (--encoding utf-16)"
            ),
        ),
        (b"\x81\x20", "F_ENCODING: its characters cannot be read: not UTF-8; save it"),
        (b"a" * 8193, "F_LINE_TOO_LONG: line 1 is longer than 8,192 octets; write one name"),
        (b"b\n" + "あ".encode() * 2731, "F_LINE_TOO_LONG: line 2 is longer than 8,192 octets"),
        (b"\n" * (MAX_LINES + 1), "F_TOO_LARGE: larger than a list may be: over 2,000,000 lines"),
        (b"\n" * (MAX_BYTES + 1), "F_TOO_LARGE: larger than a list may be: over 67,108,864 bytes"),
    ],
)
def test_names_what_a_file_is_that_is_no_list(tmp_path: Path, content: bytes, start: str) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)

    said = refusal(path)

    assert said[: len(start)] == start


def test_names_utf8_to_who_asked_for_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes("漫画あ".encode())

    said = refusal(path, encoding="euc-jp")

    assert said.startswith(
        "F_ENCODING: its characters cannot be read: not EUC-JP: it looks like UTF-8"
    )


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_reads_the_encoding_that_is_named(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list"
    path.write_bytes("例え.jp\n".encode(encoding))

    assert tuple(read_document(path, encoding=encoding).lines) == ((1, "例え.jp"),)


def test_there_is_no_other_encoding(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"a.example")

    with pytest.raises(UsageRefused) as caught:
        read_document(path, encoding="rot13")

    assert str(caught.value) == (
        "rot13: not an encoding lists are read in; one of: utf-8, cp932, euc-jp, utf-16"
    )


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", ()),
        (b"\xef\xbb\xbfa\r\nb", ((1, "a"), (2, "b"))),
        (b"a\rb\n\n", ((1, "a"), (2, "b"), (3, ""))),
        ("a\u2028b\x0cc\x85\n".encode(), ((1, "a\u2028b\x0cc\x85"),)),
        (b"a" * 8192, ((1, "a" * 8192),)),
    ],
)
def test_only_carriage_returns_and_line_feeds_end_a_line(
    tmp_path: Path, content: bytes, lines: tuple[tuple[int, str], ...]
) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)

    assert tuple(read_document(path).lines) == lines


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are POSIX")
def test_opens_no_pipe_and_no_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "zero"
    link.symlink_to("/dev/zero")

    said = [refusal(path) for path in (pipe, link, tmp_path, tmp_path / "none")]

    assert said == [
        f"F_FILE: cannot be read: {fact}; name a file, or the folder of a package"
        for fact in (
            "not a regular file",
            "not a regular file",
            "Is a directory",
            "No such file or directory",
        )
    ]


def test_a_link_is_followed_unless_that_is_forbidden(tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"a.example")
    link = tmp_path / "link"
    link.symlink_to("list")

    assert read_document(link).texts == ("a.example",)
    with pytest.raises(ListRefused):
        read_document(link, follow=False)


def test_keeps_the_digest_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"")

    assert read_document(path).sha256 == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_c51_a_list_that_is_written_to_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.txt"
    path.write_text("a.example\n")
    asked = os.fstat

    def beside(handle: int) -> os.stat_result:
        found = asked(handle)
        with path.open("a") as other:  # after the first look, and before the reading
            other.write("b.example\n")
        return found

    monkeypatch.setattr("blocklists.documents.os.fstat", beside)

    assert refusal(path) == (
        "F_FILE: cannot be read: it changed while it was read; name a file, or the folder of a"
        " package"
    )
