"""Common Crawl: its index as Parquet and as answers, and the windows that its names stand for."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import read, rows_of

if TYPE_CHECKING:
    from pathlib import Path

WINDOW = "the window of the Common Crawl crawl that it names"


def test_the_columnar_index(tmp_path: Path) -> None:
    path = tmp_path / "part-00000.parquet"
    columns = {
        "url_surtkey": ["com,example)/"], "url": ["https://example.com/"],
        "url_host_name": ["example.com"], "url_path": ["/"],
        "fetch_time": [datetime(2023, 12, 5, 1, 2, 3, tzinfo=UTC)],
        "content_digest": ["JI6OR3QR4CI526JD6TMMNZNV4QPMPQCH"],
        "warc_filename": ["crawl-data/CC-MAIN-2023-50/x.warc.gz"], "crawl": ["CC-MAIN-2023-50"],
    }  # fmt: skip
    pq.write_table(pa.table(columns), path)

    mapping, rows = read(path)

    assert mapping == "part-00000.parquet: parquet, URL from 'url', date from 'fetch_time'"
    assert rows == [(0, "https://example.com/", "2023-12-05 01:02:03", "2023-12-05 01:02:03")]


def test_14_digits_are_a_moment_of_utc_in_every_zone(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("url,timestamp\nu,20240210120000\nu,20241310120000\nu,2024021012\n", "utf-8")

    rows = rows_of(open_manifest(path), zone="Asia/Tokyo")

    assert [row[2] for row in rows] == ["2024-02-10 12:00:00", None, None]


def test_answers_of_the_index(shared_data: Path) -> None:
    path = shared_data / "08-manifests/cc-index/cdx_rows.jsonl"

    mapping, rows = read(path)

    assert mapping == "cdx_rows.jsonl: jsonl, URL from 'url', date from 'timestamp'"
    assert len(rows) == 34
    assert rows[0] == (0, "http://www.example.com/", "2025-08-02 23:24:28", "2025-08-02 23:24:28")
    assert all(url and lo for _, url, lo, _ in rows)


@pytest.mark.parametrize(
    ("named", "has_date", "lo", "hi"),
    [
        ("a local file", "false", None, None),
        (None, "false", None, None),
        ("CC-NEWS-2023-50", "false", None, None),
        ("CC-MAIN-20231205010203-20231205040203-00001.warc.gz", "false", None, None),
        ("CC-MAIN-2031-60", "true", None, None),
        ("CC-MAIN-2007", "true", None, None),
        ("CC-MAIN-2023-50", "true", "2023-11-28 00:00:00", "2023-12-14 00:00:00"),
        ("s3://commoncrawl/crawl-data/CC-MAIN-2023-50/segments/1/warc/CC-MAIN-20231205010203-1.gz",
         "true", "2023-11-28 00:00:00", "2023-12-14 00:00:00"),
        ("CC-MAIN-2012", "true", "2012-01-27 00:00:00", "2012-06-07 00:00:00"),
        ("CC-MAIN-2009-2010", "true", "2009-07-02 00:00:00", "2010-09-12 00:00:00"),
        # No crawl that the table knows: four weeks to either side of the Monday of its week.
        ("CC-MAIN-2031-10", "true", "2031-02-03 00:00:00", "2031-03-31 00:00:00"),
    ],
)  # fmt: skip
def test_the_name_of_a_crawl_is_its_window(
    tmp_path: Path, named: str | None, has_date: str, lo: str | None, hi: str | None
) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"url": ["x", "u"], "dump": ["CC-MAIN-2023-50", named]}), path)
    manifest = open_manifest(path)

    rows = rows_of(manifest, zone="Asia/Tokyo", columns="row_number, url, has_date, lo, hi")

    assert manifest.precision == "crawl-window"
    assert manifest.mapping == f"rows.parquet: parquet, URL from 'url', date from 'dump' ({WINDOW})"
    assert rows[1] == (1, "u", has_date, lo, hi)


def test_a_path_column_that_names_no_crawl_is_no_date(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("url,file_path\nu,data/a.txt\n", "utf-8")

    assert read(path) == ("rows.csv: csv, URL from 'url', no date column", [(0, "u", None, None)])


def test_a_date_goes_before_the_name_of_a_crawl(tmp_path: Path) -> None:
    path = tmp_path / "000_00000.parquet"
    columns = {
        "text": ["t"], "id": ["<urn:uuid:1>"], "dump": ["CC-MAIN-2023-50"], "url": ["u"],
        "date": ["2023-12-05T01:02:03Z"], "file_path": ["s3://commoncrawl/crawl-data/CC-MAIN-2023-50/x"],
    }  # fmt: skip
    pq.write_table(pa.table(columns), path)

    mapping, rows = read(path)
    without, windows = read(path, date_column="dump")

    assert mapping == "000_00000.parquet: parquet, URL from 'url', date from 'date'"
    assert rows == [(0, "u", "2023-12-05 01:02:03", "2023-12-05 01:02:03")]
    assert without.endswith(f"date from 'dump' ({WINDOW})")
    assert windows == [(0, "u", "2023-11-28 00:00:00", "2023-12-14 00:00:00")]


def test_real_fetches_lie_in_the_window_of_their_crawl(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "08-manifests"
    pairs = [
        (row["timestamp"], row.get("filename", ""))
        for row in map(json.loads, (folder / "cc-index/cdx_rows.jsonl").read_bytes().splitlines())
    ]
    with gzip.open(folder / "dolma-cc-docs/cc_en_head-0091.jsonl.gz") as dolma:
        inner = [json.loads(line)["metadata"] for line in dolma]
    pairs += [(row["date_download"], row["cc_segment"]) for row in inner]
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"url": [p[0] for p in pairs], "dump": [p[1] for p in pairs]}), path)

    windows = rows_of(open_manifest(path), columns="row_number, url, lo, hi")

    named = [row for row in windows if row[2]]
    assert len(named) > 30
    for _, at, lo, hi in named:
        digits = "".join(filter(str.isdigit, at))
        assert lo <= datetime.strptime(digits, "%Y%m%d%H%M%S").isoformat(" ") < hi  # noqa: DTZ007
