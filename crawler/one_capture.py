"""One capture of the store: what is recorded of it, and its octets, if they are still the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.archives.http_message import message
from crawler.messages import body_of
from crawler.settings import PAGE_BYTES
from provenance.errors import EvidenceError
from provenance.evidence import read_record
from provenance.records import Evidence, Outcome
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import duckdb

_REMEDY = "`provisor verify` tells what was changed; restore the store or its evidence"


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of the evidence, looked up."""

    record: Evidence
    octets: bytes | None
    """What passed over the wire; None: not to be had."""
    fault: EvidenceError | None = None
    """Why not."""


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a capture, as it was read."""

    octets: bytes | None
    why: str = ""
    """Where there are no octets: why."""
    fault: EvidenceError | None = None
    """A body was recorded, and this one is not it, or there is none."""


def one_capture(connection: duckdb.DuckDBPyConnection, capture_id: int) -> dict[str, Any] | None:
    """Return the columns of a capture and what was read from it; None: there is no such one."""
    result = connection.execute(statement("crawler", "one_capture"), {"capture_id": capture_id})
    names = [column[0] for column in result.description or []]
    row = result.fetchone()
    return dict(zip(names, row, strict=True)) if row else None


def kept_octets(store: Path, records: Iterable[Evidence]) -> tuple[Kept, ...]:
    """Return the octets of *records*, in their order, each compared with its digest."""
    return tuple(_kept(store, record) for record in records)


def kept_body(found: dict[str, Any], passed: Iterable[Kept], *, place: str) -> Body:
    """Return the body of the capture *found*: the octets that have the digest recorded of it.

    It stands in the store, or is found again in the answer that came last: without chunks and
    content coding, which some archives take off and leave the header fields as they were.
    """
    if found["body_sha256"] is None:
        elsewhere = found["reason"] if found["outcome"] == Outcome.UNREADABLE else ""
        return Body(None, found["error"] or elsewhere or "none was recorded")
    for octets in _candidates(found, passed):
        if hashlib.sha256(octets).hexdigest() == found["body_sha256"]:
            return Body(octets)
    faults = [one.fault for one in passed if one.fault]
    if faults and found["body"] is None:
        return Body(None, "the evidence it stands in cannot be used", faults[0])
    fact = f"the body of capture {found['capture_id']} is not the one that was recorded"
    return Body(None, "not the one that was recorded", EvidenceError(place, fact, _REMEDY))


def _kept(store: Path, record: Evidence) -> Kept:
    try:
        return Kept(record, read_record(store, record)[1])
    except EvidenceError as fault:
        return Kept(record, None, fault)


def _candidates(found: dict[str, Any], passed: Iterable[Kept]) -> Iterator[bytes]:
    if found["body"] is not None:
        yield found["body"]
        return
    answers = [one.octets for one in passed if one.record.kind == "response" and one.octets]
    for answer in reversed(answers):
        yield body_of(answer, limit=PAGE_BYTES)
        for cut in (False, True):
            yield message(answer, limit=PAGE_BYTES, cut=cut).body or b""
