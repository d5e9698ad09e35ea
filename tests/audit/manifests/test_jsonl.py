"""JSON Lines manifests; what is wrong with one is tested at the command."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from audit.manifest import open_manifest
from tests.audit.manifests.rows import rows_of

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
