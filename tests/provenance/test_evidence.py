"""Evidence: what is written can be read alone, by anybody's reader, and no change goes unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from provenance.errors import EvidenceError, StoreError
from provenance.evidence import EvidenceFile, evidence_folder, read_record
from provenance.evidence_records import Octets, records

if TYPE_CHECKING:
    from pathlib import Path

    from provenance.records import Evidence

REQUEST = b"GET /a HTTP/1.1\r\nHost: a.example\r\n\r\n"
RESPONSE = b"HTTP/1.1 200 OK\r\nx-Odd:  two  spaces\r\nX-Odd: \xe9\x00\r\n\r\n\x1b[31mbody"
MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
EXCHANGE = Octets("http://a.example/a", MOMENT, "192.0.2.1", REQUEST, RESPONSE)


def written(store: Path, *exchanges: Octets, limit: int = 1 << 30) -> list[Evidence]:
    with EvidenceFile(store, "run", about={"operator": "a@example.org"}, limit=limit) as evidence:
        found = [one for octets in exchanges for one in evidence.add(0, records(octets))]
        evidence.sync()
    return found


def test_nothing_is_written_where_nobody_was_asked(store_path: Path) -> None:
    nobody = replace(EXCHANGE, request=b"", response=b"", peer="")

    assert written(store_path, nobody) == []
    assert not evidence_folder(store_path).exists()


def test_a_request_without_an_answer_is_kept_alone(store_path: Path) -> None:
    (only,) = written(store_path, replace(EXCHANGE, response=b""))

    fields, block = read_record(store_path, only)
    assert (only.kind, block) == ("request", REQUEST)
    assert "warc-concurrent-to" not in fields


def test_octets_come_back_as_they_passed(store_path: Path) -> None:
    response, request = written(store_path, replace(EXCHANGE, truncated="length"))

    fields, block = read_record(store_path, response)
    assert block == RESPONSE
    identity = fields.pop("warc-record-id")
    assert fields == {
        "warc-type": "response",
        "warc-date": "2026-01-02T03:04:05.000678Z",
        "warc-target-uri": "http://a.example/a",
        "warc-ip-address": "192.0.2.1",
        "warc-payload-digest": fields["warc-payload-digest"],
        "warc-truncated": "length",
        "warc-block-digest": fields["warc-block-digest"],
        "content-type": "application/http; msgtype=response",
        "content-length": str(len(RESPONSE)),
    }
    fields, block = read_record(store_path, request)
    assert (block, fields["warc-concurrent-to"]) == (REQUEST, identity)
    assert response.file == "store.duckdb.evidence/run-00001.warc.gz"


def test_other_readers_find_the_same_and_agree_with_every_digest(store_path: Path) -> None:
    long = replace(EXCHANGE, response=RESPONSE + b"long " * 40_000)
    found = written(store_path, EXCHANGE, long)
    path = evidence_folder(store_path) / "run-00001.warc.gz"

    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
    with path.open("rb") as file:
        records = ArchiveIterator(file, no_record_parse=True)
        read = [(one.rec_type, one.content_stream().read()) for one in records]
    kinds = WarcRecordType.request | WarcRecordType.response
    offsets = [one.stream_pos for one in FastIterator(str(path), record_types=kinds)]

    assert [kind for kind, _ in read] == ["warcinfo", *("response", "request") * 2]
    assert [block for _, block in read[1:]] == [RESPONSE, REQUEST, long.response, REQUEST]
    assert offsets == [one.offset for one in found]


def test_a_file_that_has_grown_to_its_limit_is_followed_by_the_next(store_path: Path) -> None:
    found = written(store_path, *[EXCHANGE] * 4, limit=1000)

    files = sorted({one.file[-13:] for one in found})
    assert files == [f"{number:05}.warc.gz" for number in range(1, len(files) + 1)]
    assert len(files) > 1
    assert {read_record(store_path, one)[1] for one in found} == {REQUEST, RESPONSE}


def test_a_file_is_never_written_over(store_path: Path) -> None:
    written(store_path, EXCHANGE)

    with pytest.raises(StoreError, match="File exists"):
        written(store_path, EXCHANGE)


@pytest.mark.parametrize("change", ["flipped", "cut", "missing"])
def test_a_change_is_seen(store_path: Path, change: str) -> None:
    response, _ = written(store_path, EXCHANGE)
    path = store_path.parent / response.file
    octets = bytearray(path.read_bytes())
    if change == "flipped":
        octets[response.offset + 30] ^= 1
        path.write_bytes(octets)
    elif change == "cut":
        path.write_bytes(octets[: response.offset + 10])
    else:
        path.unlink()

    with pytest.raises(EvidenceError) as caught:
        read_record(store_path, response)

    assert caught.value.exit_code == 5
    assert (
        caught.value.fact
        == {
            "flipped": "not the octets that were recorded",
            "cut": "cut short",
            "missing": "No such file or directory",
        }[change]
    )
