"""What a list would give, whatever its characters are saved as."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from portal.looking import look

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TEXT = "value,work\nmanga.example,漫画その一、第二巻\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_list_is_the_same_however_it_was_saved(encoding: str, end: str) -> None:
    octets = TEXT.replace("\n", end).encode(encoding)

    found = look(octets, file_name="一覧.CSV", now=NOW)

    assert (found.text, found.format, found.entries) == (TEXT, "csv", 1)
    assert found.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "F_EMPTY"),
        (b"# nothing\n", "F_EMPTY"),
        (b"PK\x03\x04", "F_BINARY"),
        (b"\x81\xff\x00", "F_BINARY"),
        (b"a\x81\xfe\xff\xa0\x80", "F_ENCODING"),
        (b"x" * 9000, "F_LINE_TOO_LONG"),
        (b"x\n" * 100_001, "F_TOO_LARGE"),
    ],
)
def test_what_cannot_be_used_as_a_whole_says_why(octets: bytes, code: str) -> None:
    found = look(octets, now=NOW)

    assert not found.can_be_taken
    assert (found.refused[0].line, found.refused[0].code) == (0, code)


def test_a_list_that_is_mostly_refused_still_names_its_lines() -> None:
    octets = "\n".join(["co.jp"] * 15 + [f"s{n}.example" for n in range(10)]).encode()

    found = look(octets, language="ja", now=NOW)

    assert [one.code for one in found.refused[:2]] == ["F_ERROR_RATE", "E_PUBLIC_SUFFIX"]
    assert found.refused[1].remedy == "サイトの名前を書いてください"


def test_no_more_refused_lines_are_told_than_somebody_reads() -> None:
    octets = "\n".join(["co.jp"] * 1500 + [f"s{n}.example" for n in range(1500)]).encode()

    found = look(octets, now=NOW)

    assert (len(found.refused), found.refused_count) == (1000, 1500)
