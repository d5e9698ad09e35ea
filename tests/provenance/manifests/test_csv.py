"""CSV and TSV manifests; what is wrong with one is tested at the command."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import rows_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("2024-02-10T12:00:00Z", "2024-02-10 12:00:00", None),
        ("2024-02-10T12:00:00+09:00", "2024-02-10 03:00:00", None),
        ("2024-02-10 12:00:00", "2024-02-10 03:00:00", None),
        ("2024-02-10", "2024-02-09 15:00:00", "2024-02-10 15:00:00"),
        ("2024-02", "2024-01-31 15:00:00", "2024-02-29 15:00:00"),
        (" 2024-02-10 ", "2024-02-09 15:00:00", "2024-02-10 15:00:00"),
        ("2024/02/10", None, None),
        ("2024-2-10", None, None),
        ("2024", None, None),
        ("10/02/2024", None, None),
        ("2024-02-30", None, None),
        ("infinity", None, None),
        ("", None, None),
    ],
)
def test_a_date_without_a_zone_is_meant_in_the_declared_one(
    tmp_path: Path, text: str, lo: str | None, hi: str | None
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"url,date\nu,{text}\n", "utf-8")

    assert rows_of(open_manifest(path), zone="Asia/Tokyo") == [(0, "u", lo, hi or lo)]


def test_quotes_commas_and_line_ends_inside_a_field_are_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b'\xef\xbb\xbftitle,url\r\n"a ""b"", c\r\nd",https://site.example/1\r\n,x\r\n')

    assert [row[:2] for row in rows_of(open_manifest(path))] == [
        (0, "https://site.example/1"),
        (1, "x"),
    ]


def test_a_tsv_is_separated_by_tabs(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("url\tdate\nhttps://site.example/a,b\t2024-02-10\n", "utf-8")

    assert rows_of(open_manifest(path)) == [
        (0, "https://site.example/a,b", "2024-02-10 00:00:00", "2024-02-11 00:00:00")
    ]


def test_a_compressed_file_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(b"url\na\nb\n"))

    assert [row[:2] for row in rows_of(open_manifest(path))] == [(0, "a"), (1, "b")]


def test_many_rows_keep_their_order(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("url\n" + "".join(f"u{number}\n" for number in range(300_000)), "utf-8")

    rows = rows_of(open_manifest(path))

    assert [row[1] for row in rows] == [f"u{number}" for number in range(300_000)]
