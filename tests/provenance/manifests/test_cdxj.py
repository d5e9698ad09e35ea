"""CDXJ lines, as the index of Common Crawl has them."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import duckdb
import pytest

from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import read, rows_of

if TYPE_CHECKING:
    from pathlib import Path

LINE = 'org,commoncrawl)/ 20250804103329 {"url": "https://www.commoncrawl.org/", "status": "200"}\n'


@pytest.mark.parametrize("name", ["rows.cdxj", "rows.cdxj.gz", "cdx-00042.gz"])
def test_cdxj_lines(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    odd = 'com,a)/?q="x", 20240210120000 {"url": "http://a.example/?q=\\"x\\",é", "n": {"b": 1}}\n'
    text = (LINE + odd).encode()
    # The index is packed in blocks of 3,000 lines, each a gzip member of its own.
    packed = gzip.compress(LINE.encode()) + gzip.compress(odd.encode())
    path.write_bytes(packed if name.endswith(".gz") else text)

    mapping, rows = read(path)

    assert mapping == f"{name}: cdxj, URL from 'url', date from 'timestamp'"
    assert rows == [
        (0, "https://www.commoncrawl.org/", "2025-08-04 10:33:29", "2025-08-04 10:33:29"),
        (1, 'http://a.example/?q="x",é', "2024-02-10 12:00:00", "2024-02-10 12:00:00"),
    ]


@pytest.mark.parametrize(
    ("first", "place", "said"),
    [
        (" CDX N b a m s k r M S V g\n", "", "a CDX file of the older kind, without JSON"),
        ("com,a)/ 20240210 {}\n", ", line 1", "not a key, 14 digits and an object"),
        ('{"url": "u"}\n', ", line 1", "not a key, 14 digits and an object"),
    ],
)
def test_what_is_no_cdxj_is_refused(tmp_path: Path, first: str, place: str, said: str) -> None:
    path = tmp_path / "rows.cdxj"
    path.write_text(first + LINE, "utf-8")

    with pytest.raises(InputRefused) as caught:
        open_manifest(path)

    assert (caught.value.place, caught.value.fact) == (f"{path}{place}", said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("com,a)/ nothing\n", r"not a CDXJ line: com,a\)/ nothing"),
        ('com,a)/ 20240210120000 {"url": }\n', "Malformed JSON"),
    ],
)
def test_a_later_line_that_is_none_is_an_error(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "rows.cdxj"
    path.write_text(LINE * 1000 + line, "utf-8")

    with pytest.raises(duckdb.InvalidInputException, match=said):
        rows_of(open_manifest(path))
