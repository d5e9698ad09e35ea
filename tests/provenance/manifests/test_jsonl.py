"""JSON Lines manifests; what is wrong with one is tested at the command."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import rows_of

if TYPE_CHECKING:
    from pathlib import Path


def test_members_are_found_by_name_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lines = [{"url": "a"}, {"text": "x", "timestamp": "2024-02-10T12:00:00Z", "url": "b"}]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")

    assert rows_of(open_manifest(path)) == [
        (0, "a", None, None),
        (1, "b", "2024-02-10 12:00:00", "2024-02-10 12:00:00"),
    ]


def test_a_compressed_file_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"url": "a"}\n{"url": null}\n'))

    assert [row[:2] for row in rows_of(open_manifest(path))] == [(0, "a"), (1, None)]


def test_lines_called_json_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "c4-train.00000-of-01024.json.gz"
    row = b'{"url": "a", "timestamp": "2019-04-25T12:57:54Z", "text": "t"}\n'
    path.write_bytes(gzip.compress(row * 2))
    plain = tmp_path / "c4.json"
    plain.write_bytes(row * 2)

    expected = [(number, "a", "2019-04-25 12:57:54", "2019-04-25 12:57:54") for number in range(2)]
    assert rows_of(open_manifest(path)) == rows_of(open_manifest(plain)) == expected


def test_a_line_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"url": "a"}\n{"url": "' + b"x" * 16 * 1024 * 1024 + b'"}\n')

    with pytest.raises(InputRefused, match="line 2: longer than 16 MiB"):
        open_manifest(path)


def test_a_member_that_first_stands_in_the_last_line_is_a_column(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lines = ['{"url": "a"}'] * 2000 + ['{"url": "b", "date": "2024-02-10T12:00:00Z"}']
    path.write_text("\n".join(lines), "utf-8")

    rows = rows_of(open_manifest(path))

    assert len(rows) == 2001
    assert rows[-1] == (2000, "b", "2024-02-10 12:00:00", "2024-02-10 12:00:00")
