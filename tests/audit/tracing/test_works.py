"""What can be looked for, and what is taken for none."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest

from audit.tracing.works import read_works, work_of
from provenance.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    from pathlib import Path

MD5, SHA1 = hashlib.md5(b"work"), hashlib.sha1(b"work")  # noqa: S324 (what lists hold)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "localhost", "ftp://site.example/a", "site.example/a", "user@site.example",
        "12345678901234567890", "-5", "abcdef", "https://", "https://a..example/", "0" * 33,
        f"sha256:{MD5.hexdigest()}", "site example", "kind,value",
    ],
)  # fmt: skip
def test_what_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(UsageRefused, match="cannot be looked for"):
        work_of(text)


@pytest.mark.parametrize(
    ("text", "kind", "host", "path"),
    [
        ("HTTPS://Site.Example:443/%7ea#x", "url", "site.example", "/~a"),
        ("http://site.example:443/", "url", "site.example:443", "/"),
        ("https://ドメイン.example", "url", "xn--eckwd4c7c.example", "/"),
        ("Site.Example.", "host", "site.example", ""),
        ("site.example:8080", "host", "site.example:8080", ""),
        ("ドメイン.example", "host", "xn--eckwd4c7c.example", ""),
    ],
)
def test_addresses_and_hosts_have_one_spelling(text: str, kind: str, host: str, path: str) -> None:
    work = work_of(text)

    assert (work.kind, work.host, work.path) == (kind, host, path)


@pytest.mark.parametrize(
    "text",
    [
        SHA1.hexdigest(), SHA1.hexdigest().upper(), f"sha1:{SHA1.hexdigest()}",
        base64.b32encode(SHA1.digest()).decode(), f"urn:sha1:{base64.b32encode(SHA1.digest()).decode()}",
    ],
)  # fmt: skip
def test_a_digest_is_the_same_in_every_spelling(text: str) -> None:
    work = work_of(text)

    assert (work.kind, work.algorithm, work.spellings[0]) == ("digest", "sha1", SHA1.hexdigest())


def test_an_md5_may_be_base64() -> None:
    work = work_of(base64.b64encode(MD5.digest()).decode())

    assert (work.algorithm, work.spellings[0]) == ("md5", MD5.hexdigest())


def test_a_file_is_lines_or_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# ours\n\nsite.example\nhttps://site.example/a,b\n", "utf-8")
    (tmp_path / "b.csv").write_text(
        'kind,value\ncreator,"A. Maker, Esq."\nhost,site.example\n', "utf-8"
    )

    assert [one.text for one in read_works(tmp_path / "a.txt")] == [
        "site.example", "https://site.example/a,b",
    ]  # fmt: skip
    assert [(one.kind, one.text) for one in read_works(tmp_path / "b.csv")] == [
        ("creator", "A. Maker, Esq."), ("host", "site.example"),
    ]  # fmt: skip


def test_a_line_that_names_nothing_is_told_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("site.example\nlocalhost\n", "utf-8")

    with pytest.raises(InputRefused, match=r"a.txt, line 2: cannot be looked for: it is no host"):
        list(read_works(tmp_path / "a.txt"))


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("creator,A. Maker, Esq.", "3 cells"),
        ("creator,A. Maker,", "3 cells"),
        ("creator", "1 cell"),
    ],
)
def test_a_name_that_a_comma_cuts_apart_is_not_looked_for_in_part(
    tmp_path: Path, line: str, cells: str
) -> None:
    (tmp_path / "b.csv").write_text(f"kind,value\n,\n{line}\n", "utf-8")

    with pytest.raises(InputRefused) as refused:
        list(read_works(tmp_path / "b.csv"))

    assert str(refused.value) == (
        f"{tmp_path / 'b.csv'}, line 3: has {cells}, not 2; put a value with a comma into quotes"
    )
