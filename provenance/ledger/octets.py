"""Checking the files of evidence: are the octets at each place still those that were recorded?

Each record's octets are read by offset and length and hashed; no reader of WARC files is asked, for
none of them notices a file that was cut between two records.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.ledger.verifying import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb

_BATCH = 10_000
_CHUNK = 1024 * 1024
_PLACES = (
    "SELECT file, record_offset, record_length, sha256, capture_id FROM evidence"
    " ORDER BY file, record_offset"
)


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """What came of hashing all evidence anew."""

    records: int
    files: int
    findings: tuple[Finding, ...]


def check_evidence(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    *,
    advance: Callable[[], object] = lambda: None,
) -> EvidenceCheck:
    """Hash the octets of every evidence row of the store that is open.

    Args:
        connection: the store, opened to read.
        folder: where the store stands: names of files are relative to it.
        advance: called after each record.
    """
    records, files, findings = 0, set[str](), list[Finding]()
    for file, offset, length, sha256, capture in _rows(connection):
        records += 1
        files.add(file)
        fact = _wrong(folder / file, offset, length, sha256)
        if fact:
            findings.append(Finding(f"{file}: offset {offset:,}: capture {capture}", fact))
        advance()
    return EvidenceCheck(records, len(files), tuple(findings))


def _rows(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, int, int, str, int]]:
    found = connection.execute(_PLACES)
    while rows := found.fetchmany(_BATCH):
        yield from rows


def _wrong(path: Path, offset: int, length: int, sha256: str) -> str:
    """Return what is wrong with the octets at a place; empty: nothing."""
    if path.exists() and not path.is_file():  # a device or a pipe may never end
        return "it is no file"
    found, left = hashlib.sha256(), max(length, 0)
    try:
        with path.open("rb") as file:
            file.seek(offset)
            while left and (octets := file.read(min(left, _CHUNK))):
                found.update(octets)
                left -= len(octets)
    except (OSError, OverflowError) as error:
        return f"the file cannot be read ({getattr(error, 'strerror', None) or error})"
    if left:
        return f"the file is cut short: {length - left:,} of {length:,} octets are there"
    return "" if found.hexdigest() == sha256 else "the octets are not those that were recorded"
