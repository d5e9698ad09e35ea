"""Manifests made to do harm: refused with what they are, and nothing beyond the file is touched."""

from __future__ import annotations

import gzip
import os
import struct
from contextlib import closing
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provenance.apart.worker import Ended
from provenance.errors import InputRefused
from provenance.intake import examining
from provenance.intake.manifest import open_manifest
from provenance.workplace import workplace
from tests.provenance.manifests.rows import read, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from provenance.apart.limits import Limits

GOOD = '{"url": "https://site.example/"}\n'


@pytest.mark.parametrize(
    "address", ["https://h.example/a.csv", "s3://bucket/a.csv", "hf://d/a.csv", "file:///a.csv"]
)
def test_c34_a_remote_path_is_refused_unasked(address: str) -> None:
    from pathlib import Path

    with pytest.raises(InputRefused) as refused:
        open_manifest(Path(address))

    assert refused.value.fact in {"remote paths are not read", "there is no such file"}


def test_c35_only_a_regular_file_is_opened(tmp_path: Path) -> None:
    pipe, folder, loop, device = (tmp_path / f"{name}.csv" for name in ("p", "f", "l", "d"))
    os.mkfifo(pipe)
    folder.mkdir()
    loop.symlink_to(loop)
    device.symlink_to("/dev/zero")

    facts = []
    for path in (pipe, folder, loop, device):
        with pytest.raises((InputRefused, OSError)) as refused:
            open_manifest(path)
        facts.append(getattr(refused.value, "fact", "") or type(refused.value).__name__)

    assert facts == [
        "not a regular file", "a folder, not a file", "there is no such file", "not a regular file",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"url": ' + "[" * 200_000, "not JSON (maximum recursion depth exceeded"),
        ('{"url": "x", "n": ' + "9" * 5000 + "}", "not JSON (Exceeds the limit"),
        ('{"url": "x", "url": "y"}', "the key 'url' stands twice"),
        ('{"url": NaN}', "NaN is not JSON"),
        ("url", "not JSON (Expecting value"),
        ('["https://site.example/"]', "not a JSON object"),
    ],
)
def test_c38_a_line_that_is_no_strict_json_is_named_by_its_number(
    tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(GOOD * 3 + line + "\n" + GOOD, "utf-8")

    with pytest.raises(InputRefused) as refused:
        open_manifest(path)

    assert refused.value.place == f"{path}, line 4"
    assert refused.value.fact.startswith(said)


def test_c40_a_packed_file_is_given_up_after_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examining, "_CPU_S", 0)
    monkeypatch.setattr(examining, "_OCTETS_A_SECOND", 10**12)
    path = tmp_path / "rows.csv.gz"
    member = gzip.compress(b"https://site.example/\n" * 5_000_000, 9)
    path.write_bytes(gzip.compress(b"url\n") + member * 25)

    with pytest.raises(InputRefused, match="cannot be read as csv: it took more than"):
        open_manifest(path)


def test_c40_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(b"url\nhttps://site.example/" + b"a" * 50_000_000, 1))

    manifest = open_manifest(path)
    with pytest.raises(duckdb.Error, match=r"[Mm]aximum line size"):
        rows_of(manifest)


def test_c43_a_parquet_footer_that_lies_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"url": ["https://site.example/"]}), path)
    octets = path.read_bytes()
    for length in (0, 1, 7, len(octets), 2**31 - 1, 2**32 - 1):
        path.write_bytes(octets[:-8] + struct.pack("<I", length) + b"PAR1")
        with pytest.raises(InputRefused, match="cannot be read as parquet"):
            open_manifest(path)


ODD = [None, "", " ", "https://site.example/" + "a" * 2_000_000, "https://site.example/\x00",
       "\x1b[2J", "https://site.example/\u202e", "https://\ud7ff/", "javascript:alert(1)"]  # fmt: skip


def test_c48_an_odd_address_is_a_row_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"url": pa.array(ODD, pa.string())}), path)

    assert [row[1] for row in rows_of(open_manifest(path))] == ODD


def test_c49_a_mark_of_utf_8_at_the_beginning_is_no_part_of_a_name(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b"\xef\xbb\xbfurl\nhttps://site.example/\n")

    assert read(path)[1] == [(0, "https://site.example/", None, None)]


def test_c50_a_hundred_thousand_columns_are_refused(tmp_path: Path) -> None:
    header, line = tmp_path / "rows.csv", tmp_path / "rows.jsonl"
    header.write_text(",".join(f"c{number}" for number in range(100_000)) + "\n")
    line.write_text("{" + ", ".join(f'"c{number}": 1' for number in range(100_000)) + "}\n")

    with pytest.raises(InputRefused, match="100,000 columns, at most 4,096"):
        open_manifest(header)
    with pytest.raises(InputRefused, match="100,000 different members, at most 10,000"):
        open_manifest(line)


def test_what_crashes_its_reader_is_refused_and_this_process_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crashed(*_: Any, limits: Limits) -> None:
        raise Ended("what reads it crashed (SIGSEGV)")

    monkeypatch.setattr(examining, "aside", crashed)
    path = tmp_path / "rows.csv"
    path.write_text("url\n")

    with pytest.raises(InputRefused, match=r"cannot be read as csv: what reads it crashed"):
        open_manifest(path)


@pytest.mark.parametrize(
    "statement",
    [
        "FROM read_csv('{other}')",
        "FROM read_text('/etc/passwd')",
        "FROM glob('/etc/*')",
        "FROM 'https://192.0.2.1/a.parquet'",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "ATTACH '{folder}/new.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
    ],
)
def test_whatever_a_statement_says_it_reaches_no_other_file(tmp_path: Path, statement: str) -> None:
    mine, other = tmp_path / "mine.csv", tmp_path / "other.csv"
    mine.write_text("url\nx\n")
    other.write_text("url\ny\n")

    with workplace(only=(mine,)) as connection:
        assert connection.execute(f"FROM read_csv('{mine}')").fetchall() == [("x",)]
        with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
            connection.execute(statement.format(other=other, folder=tmp_path))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.csv", "other.csv"]
    with closing(duckdb.connect()) as connection:
        assert connection.execute(f"FROM read_csv('{other}')").fetchall() == [("y",)]
