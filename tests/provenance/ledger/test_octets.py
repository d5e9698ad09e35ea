"""Evidence is compared with its octets, place by place; whatever cannot be read is told."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import duckdb
import pytest

from provenance.ledger.octets import EvidenceCheck, check_evidence
from provenance.ledger.verifying import Finding

if TYPE_CHECKING:
    from pathlib import Path

LARGE = bytes(range(256)) * 5000  # more than is read at once
RECORD = LARGE[1000:1100]
Row = tuple[str, int, int, str, int]


def recorded(octets: bytes, offset: int, length: int, *, file: str = "e.warc") -> Row:
    digest = hashlib.sha256(octets[offset : offset + length]).hexdigest()
    return file, offset, length, digest, 7


def checked(folder: Path, *rows: Row) -> EvidenceCheck:
    (folder / "e.warc").write_bytes(LARGE)
    steps: list[int] = []
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE evidence (file VARCHAR, record_offset BIGINT, record_length BIGINT,"
            " sha256 VARCHAR, capture_id BIGINT)"
        )
        if rows:
            connection.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?, ?)", rows)
        found = check_evidence(connection, folder, advance=lambda: steps.append(1))
        assert check_evidence(connection, folder) == found
    assert len(steps) == found.records
    return found


def test_a_store_without_evidence_has_nothing_to_compare(tmp_path: Path) -> None:
    assert checked(tmp_path) == EvidenceCheck(0, 0, ())


def test_octets_that_are_as_they_were_recorded_are_counted(tmp_path: Path) -> None:
    (tmp_path / "b.warc").write_bytes(RECORD)

    found = checked(
        tmp_path,
        recorded(LARGE, 0, 10),
        recorded(LARGE, 1000, 100),
        recorded(LARGE, 5, len(LARGE) - 5),
        recorded(LARGE, len(LARGE), 0),
        recorded(RECORD, 0, 100, file="b.warc"),
    )

    assert found == EvidenceCheck(5, 2, ())


@pytest.mark.parametrize(
    ("row", "fact"),
    [
        (("e.warc", 1000, 100, hashlib.sha256(b"other").hexdigest(), 7),
         "the octets are not those that were recorded"),
        (("e.warc", 1001, 100, hashlib.sha256(RECORD).hexdigest(), 7),
         "the octets are not those that were recorded"),
        (("e.warc", 1000, 99, hashlib.sha256(RECORD).hexdigest(), 7),
         "the octets are not those that were recorded"),
        (("e.warc", len(LARGE) - 1, 2, hashlib.sha256(RECORD).hexdigest(), 7),
         "the file is cut short: 1 of 2 octets are there"),
        (("e.warc", len(LARGE) + 9, 2000, hashlib.sha256(RECORD).hexdigest(), 7),
         "the file is cut short: 0 of 2,000 octets are there"),
        (("e.warc", 5, -1, hashlib.sha256(RECORD).hexdigest(), 7),
         "the octets are not those that were recorded"),
        (("e.warc", -5, 1, hashlib.sha256(RECORD).hexdigest(), 7),
         "the file cannot be read (Invalid argument)"),
        (("gone.warc", 1000, 100, "", 7), "the file cannot be read (No such file or directory)"),
        (("folder", 1000, 100, "", 7), "it is no file"),
        (("pipe", 1000, 100, "", 7), "it is no file"),
    ],
)  # fmt: skip
def test_what_is_not_as_it_was_recorded_is_told_with_its_place(
    tmp_path: Path, row: Row, fact: str
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    found = checked(tmp_path, row)

    place = f"{row[0]}: offset {row[1]:,}: capture 7"
    assert found == EvidenceCheck(1, 1, (Finding(place, fact),))


def test_every_finding_is_told_in_the_order_of_files_and_places(tmp_path: Path) -> None:
    found = checked(
        tmp_path, ("z", 1, 1, "", 1), ("a", 20, 1, "", 2), recorded(LARGE, 0, 9), ("a", 3, 1, "", 3)
    )

    gone = "the file cannot be read (No such file or directory)"
    assert (found.records, found.files) == (4, 3)
    assert found.findings == (
        Finding("a: offset 3: capture 3", gone),
        Finding("a: offset 20: capture 2", gone),
        Finding("z: offset 1: capture 1", gone),
    )
