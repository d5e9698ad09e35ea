"""How a mutated file is read in a process apart, and what may come of it."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from blocklists.check import read
from provenance.errors import ProvisorError
from provenance.intake import examining
from provenance.intake.compressed import UNREADABLE, opened
from provenance.intake.examining import placed
from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import rows_of

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)
REFUSED = -1


def count_rows(path: Path) -> tuple[int, int | None]:
    """Return how many rows are read of a manifest, and how many another reader finds; None: it does not tell."""
    vars(examining)["aside"] = _here  # it is a process apart already
    try:
        manifest = open_manifest(path)
        if not manifest.url_column:
            return 0, 0
        with placed(path, path, manifest.form):
            return len(rows_of(manifest)), _expected(path)
    except ProvisorError:
        return REFUSED, None


def _here(work: Any, *arguments: Any, limits: Any) -> Any:
    return work(*arguments)


def _expected(path: Path) -> int | None:
    if path.suffix == ".parquet":
        try:
            return int(pq.read_metadata(path).num_rows)
        except (pa.ArrowException, OSError):
            return None
    try:
        with opened(path) as file:
            octets = file.read()
        text = octets.decode("utf-8-sig")
    except (*UNREADABLE, UnicodeDecodeError):
        return None
    if ".jsonl" in path.suffixes:
        return sum(1 for line in octets.split(b"\n") if line.strip())
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None
    return sum(1 for record in records if record) - 1


def count_lines(path: Path) -> tuple[int, int | None]:
    """Return what became of the lines of a list, and how many it has."""
    try:
        found = list(read(path, now=NOW))
    except ProvisorError:
        return REFUSED, None
    if path.name != "plain.txt":
        return len(found), None
    text = path.read_bytes().decode("utf-8-sig")
    lines = re.split(r"\r\n|\r|\n", text)
    return len(found), len(lines) - (not lines[-1])
