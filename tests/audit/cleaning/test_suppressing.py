"""Addresses that were removed before: one digest for all spellings of one page."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import duckdb
import pytest

from audit.cleaning.suppressing import (
    HEAD,
    address_rows,
    digest_of,
    read_suppressed,
    spelt,
    suppress_text,
)
from provenance.errors import InputRefused
from provenance.intake.manifest import exact_file, open_manifest
from provenance.workplace import workplace

if TYPE_CHECKING:
    from pathlib import Path

ALIKE = (
    "https://site.example/a?b=1",
    "http://site.example/a?b=1",
    "https://www.site.example/a?b=1#part",
    "HTTPS://Site.Example:443/%61?b=1",
    "https://user@site.example/x/../a?b=1",
)
OTHERS = (
    "https://site.example/a",
    "https://site.example/a?b=2",
    "https://site.example/A?b=1",
    "https://sub.site.example/a?b=1",
    "https://www.www.site.example/a?b=1",
    "https://site.example:8443/a?b=1",
)
NONE = ("no address", "", "ftp://site.example/a?b=1")


def test_a_page_has_one_digest_however_its_address_is_spelt() -> None:
    assert {spelt(url) for url in ALIKE} == {"site.example/a?b=1"}
    assert digest_of(ALIKE[0]) == hashlib.sha256(b"site.example/a?b=1").hexdigest()


def test_another_page_has_another() -> None:
    assert len({digest_of(url) for url in (*OTHERS, ALIKE[0])}) == len(OTHERS) + 1


def test_what_is_no_address_has_none() -> None:
    assert [digest_of(url) for url in NONE] == [None] * len(NONE)


def test_the_rows_of_a_manifest_get_the_digests_of_their_addresses(tmp_path: Path) -> None:
    urls = [*ALIKE, *OTHERS, *NONE, "https://xn--r8jz45g.xn--zckzah/道", "https://1.2.3.4/a%2fb"]
    file = tmp_path / "rows.parquet"
    duckdb.execute("CREATE OR REPLACE TABLE rows AS SELECT unnest(?::VARCHAR[]) AS url", [urls])
    duckdb.execute(f"COPY rows TO '{file}'")
    with workplace() as connection, exact_file(file) as named:
        address_rows(connection, open_manifest(file), named)
        found = connection.execute("SELECT digest FROM addressed ORDER BY row_number").fetchall()

    assert [digest for (digest,) in found] == [digest_of(url) for url in urls]


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    digests = {digest_of(url) or "" for url in OTHERS}
    (tmp_path / "s.txt").write_text(suppress_text([*digests, *digests]), "utf-8")

    found = read_suppressed(tmp_path / "s.txt")

    assert (found.file, set(found.digests)) == ("s.txt", digests)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no whole list of suppressed addresses"),
        ("https://site.example/a\n", "no whole list of suppressed addresses"),
        (HEAD + "0" * 64, "no whole list of suppressed addresses"),
        (HEAD + "0" * 63 + "\n", "line 2: no SHA-256 in hex"),
        (HEAD + "0" * 64 + "\nsite.example/a\n", "line 3: no SHA-256 in hex"),
    ],
)
def test_half_a_list_is_refused(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "s.txt").write_text(content, "utf-8")

    with pytest.raises(InputRefused) as refused:
        read_suppressed(tmp_path / "s.txt")

    assert said in str(refused.value)
    assert "site.example" not in str(refused.value)
