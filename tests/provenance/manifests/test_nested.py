"""Nested manifests: RefinedWeb, Dolma, RedPajama, DCLM, OSCAR: addresses and dates by path."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provenance.errors import InputRefused, UsageRefused
from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import read, rows_of

if TYPE_CHECKING:
    from pathlib import Path

AT = "2024-02-10 12:00:00"


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "url", "date"),
    [
        ({"metadata": {"url": "u", "date_download": "2024-02-10T12:00:00Z"}},
         "metadata.url", "metadata.date_download"),
        ({"meta": {"url": "u", "timestamp": "2024-02-10T12:00:00Z"}}, "meta.url", "meta.timestamp"),
        ({"meta": '{"url": "u", "timestamp": "2024-02-10T12:00:00Z"}'}, "meta.url", "meta.timestamp"),
        ({"metadata": {"WARC-Target-URI": "u", "WARC-Date": "2024-02-10T12:00:00Z"}},
         "metadata.WARC-Target-URI", "metadata.WARC-Date"),
        ({"warc_headers": {"warc-target-uri": "u", "warc-date": "2024-02-10T12:00:00Z"}},
         "warc_headers.warc-target-uri", "warc_headers.warc-date"),
        ({"metadata": {"warc_headers": {"warc-target-uri": "u", "warc-date": "2024-02-10T12:00:00Z"}}},
         "metadata.warc_headers.warc-target-uri", "metadata.warc_headers.warc-date"),
    ],
)  # fmt: skip
def test_known_members_are_found(tmp_path: Path, row: dict[str, Any], url: str, date: str) -> None:
    path = lines(tmp_path / "rows.jsonl", {"text": "x", **row}, {"text": "y"})

    mapping, rows = read(path)

    assert mapping == f"rows.jsonl: jsonl, URL from {url!r}, date from {date!r}"
    assert rows == [(0, "u", AT, AT), (1, None, None, None)]


def test_a_column_of_its_own_goes_before_a_member(tmp_path: Path) -> None:
    path = lines(tmp_path / "rows.jsonl", {"metadata": {"url": "inner"}, "url": "outer"})

    assert read(path)[1] == [(0, "outer", None, None)]


def test_a_column_whose_name_has_a_dot_goes_before_a_path(tmp_path: Path) -> None:
    path = lines(tmp_path / "rows.jsonl", {"metadata": {"url": "inner"}, "metadata.url": "flat"})

    assert read(path)[1] == [(0, "flat", None, None)]


def test_names_with_quotes_dots_and_slashes_are_names(tmp_path: Path) -> None:
    name = """a.b/c~d'e"f"""
    path = lines(tmp_path / "rows.jsonl", {"x": {name: "u"}})

    assert read(path, url_column=f"x.{name}")[1] == [(0, "u", None, None)]


def test_a_member_of_a_parquet_struct_is_read_with_its_type(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    moment = datetime(2024, 2, 10, 12, tzinfo=UTC)
    pq.write_table(
        pa.table({"metadata": [{"url": "u", "timestamp": moment, "more": {"link": "v"}}, None]}),
        path,
    )

    mapping, rows = read(path)

    assert mapping == (
        "rows.parquet: parquet, URL from 'metadata.url', date from 'metadata.timestamp'"
    )
    assert rows == [(0, "u", AT, AT), (1, None, None, None)]
    assert read(path, url_column="metadata.more.link", date_column="none")[1][0][1] == "v"


@pytest.mark.parametrize("asked", ["", "meta.url"])
def test_json_text_in_a_parquet_column_is_read_by_path(tmp_path: Path, asked: str) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(
        pa.table({"text": ["t"], "meta": ['{"url": "u", "timestamp": "2024-02-10T12:00:00"}']}),
        path,
    )

    assert read(path, url_column=asked)[1] == [(0, "u", AT, AT)]


def test_json_text_in_a_column_of_any_name_is_read_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('id,info\n1,"{""page"": ""u""}"\n', "utf-8")

    assert read(path, url_column="info.page")[1] == [(0, "u", None, None)]


def test_a_row_whose_text_is_no_json_is_an_error_and_no_missing_address(tmp_path: Path) -> None:
    path = lines(tmp_path / "rows.jsonl", {"meta": {"url": "u"}}, {"meta": "none"})

    with pytest.raises(duckdb.InvalidInputException, match="Malformed JSON"):
        rows_of(open_manifest(path))


@pytest.mark.parametrize("asked", ["metadata.link", "nothing.url", "text.url", "metadata.url.more"])
def test_a_path_that_is_not_there_is_refused(tmp_path: Path, asked: str) -> None:
    path = lines(tmp_path / "rows.jsonl", {"text": "x", "metadata": {"url": "u"}})

    with pytest.raises(UsageRefused, match=f"has no column '{asked}'"):
        open_manifest(path, url_column=asked)


def test_a_struct_and_a_list_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"metadata": [{"url": ["u"]}]}), path)

    with pytest.raises(InputRefused, match=r"column 'metadata.url' is VARCHAR\[\], not text"):
        open_manifest(path)


def test_dolma_documents(shared_data: Path) -> None:
    path = shared_data / "08-manifests/dolma-cc-docs/cc_en_head-0091.jsonl.gz"

    mapping, rows = read(path)

    assert mapping == (
        "cc_en_head-0091.jsonl.gz: jsonl, URL from 'metadata.url', "
        "date from 'metadata.date_download'"
    )
    assert len(rows) == 10
    assert rows[0] == (
        0,
        "http://100kinvesting.com/2016/11/28/first-teleconference-calls-invoice-factoring/",
        "2020-03-29 09:04:10",
        "2020-03-29 09:04:10",
    )
    assert all(url and lo == hi for _, url, lo, hi in rows)
