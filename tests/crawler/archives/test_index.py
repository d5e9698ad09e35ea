"""Index rows of archives: CDX, CDXJ, JSON Lines, Common Crawl's columns."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest

from crawler.archives.index import import_index
from provenance.errors import InputRefused
from tests.provenance.stores import rows

if TYPE_CHECKING:
    from pathlib import Path

SAID = {"url": "https://a.example/x", "status": "403", "digest": "ABC", "filename": "f.warc.gz",
        "offset": "7", "length": "9", "mime": "text/html"}  # fmt: skip
KEYED = "example,a)/x 20250102030405 "
EXPECTED = [
    ("https://a.example/x", datetime(2025, 1, 2, 3, 4, 5), 403, None, "page",  # noqa: DTZ001
     'index: {"filename": "f.warc.gz", "offset": "7", "length": "9", "digest": "ABC"}'),
]  # fmt: skip
QUESTION = "SELECT url, captured_at, status, body_sha256, probe, status_basis FROM capture"


def columnar(path: Path) -> None:
    parquet.write_table(
        arrow.table(
            {
                "url": ["https://a.example/x"],
                "fetch_time": [datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)],
                "fetch_status": arrow.array([403], arrow.int16()),
                "content_digest": ["ABC"],
                "warc_filename": ["f.warc.gz"],
                "warc_record_offset": [7],
                "warc_record_length": [9],
            }
        ),
        path,
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.cdxj", KEYED + json.dumps(SAID)),
        ("a.jsonl", json.dumps(SAID | {"timestamp": "20250102030405"})),
        ("cdx-00000.gz", KEYED + json.dumps(SAID)),
        ("a.cdx", (" CDX N b a m s k r M S V g\n"
                  "example,a)/x 20250102030405 https://a.example/x text/html 403 ABC - - 9 7 f.warc.gz")),
        ("a.parquet", ""),
    ],
)  # fmt: skip
def test_a_row_tells_when_and_with_which_status_and_holds_no_body(
    tmp_path: Path, store_path: Path, name: str, text: str
) -> None:
    file = tmp_path / name
    if not text:
        columnar(file)
    else:
        file.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())

    done = import_index(file, store_path)

    assert (done.rows, done.new) == (1, 1)
    assert rows(store_path, QUESTION) == EXPECTED
    assert rows(store_path, "SELECT gate FROM signal") == [("forbidden",)]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("404", [("unavailable", "status 404")]),
        ("503", [("unreachable", "status 503")]),
        ("301", [("unreadable", "status 301")]),
        ("200", []),
    ],
)
def test_a_row_of_a_robots_txt_never_tells_rules(
    tmp_path: Path, store_path: Path, status: str, outcome: list[tuple[str, str]]
) -> None:
    file = tmp_path / "a.cdxj"
    said = {"url": "https://a.example/robots.txt", "status": status}
    other = {"url": "https://b.example/", "status": "200"}
    file.write_text(f"{KEYED}{json.dumps(said)}\n{KEYED}{json.dumps(other)}\n")

    done = import_index(file, store_path)

    assert done.rows == 2 == done.new + sum(done.skipped.values())
    assert rows(store_path, "SELECT outcome, reason FROM capture WHERE probe = 'robots'") == outcome


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"url": "dns:a.example"}, "no web address"),
        ({"url": "https://\x1b[31m/"}, "no web address"),
        ({"status": "-"}, "no status"),
        ({"status": "99999"}, "no status"),
        ({"status": None}, "no status"),
    ],
)
def test_rows_that_tell_nothing_are_counted(
    tmp_path: Path, store_path: Path, said: dict[str, object], why: str
) -> None:
    file = tmp_path / "a.cdxj"
    file.write_text(KEYED + json.dumps(SAID | said))

    assert import_index(file, store_path).skipped == {why: 1}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("", "the file is empty"),
        ("url,time\n", "no row of an index: "),
        ("x" * 1_100_000, "longer than 1,048,576 octets"),
        (" CDX N b a\nk 20250102030405\n", "2 fields, and the first line names 3"),
    ],
)
def test_what_is_no_index_is_refused(
    tmp_path: Path, store_path: Path, text: str, fact: str
) -> None:
    file = tmp_path / "a.cdxj"
    file.write_text(text)

    with pytest.raises(InputRefused) as refused:
        import_index(file, store_path)

    assert fact in refused.value.fact


def test_a_parquet_file_of_something_else_is_refused(tmp_path: Path, store_path: Path) -> None:
    file = tmp_path / "a.parquet"
    parquet.write_table(arrow.table({"url": ["https://a.example/"]}), file)

    with pytest.raises(InputRefused, match="no column fetch_time, fetch_status"):
        import_index(file, store_path)


def test_real_rows_are_34_of_which_two_stand_twice(shared_data: Path, store_path: Path) -> None:
    done = import_index(shared_data / "08-manifests" / "cc-index" / "cdx_rows.jsonl", store_path)

    assert (done.rows, done.new, done.known, done.skipped) == (
        34, 31, 2, {"what was served is in the WARC": 1},
    )  # fmt: skip
    assert rows(store_path, "SELECT count(*) FROM capture WHERE outcome = 'parsed'") == [(0,)]
