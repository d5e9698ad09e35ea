"""The records of an exchange, as they stand in a WARC file (ISO 28500:2017): each a gzip member.

So each can be read alone.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from isal import isal_zlib

from provenance.defaults import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEVEL = 3
_GZIP = 31
_BASE32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".ljust(256)


def _spreading() -> Iterator[tuple[int, int, int]]:
    """Yield how a number of 64 digits of five bits becomes one of 64 octets, half by half."""
    for digits in (32, 16, 8, 4, 2, 1):
        wide, held = 16 * digits, (1 << 5 * digits) - 1
        low = sum(held << wide * place for place in range(32 // digits))
        yield low, low << 5 * digits, 3 * digits


_SPREADING = tuple(_spreading())
_NUMBERS = Random(os.urandom(32))  # noqa: S311 (no secrets; the system's own cost a call each)


@dataclass(frozen=True, slots=True)
class Octets:
    """One exchange with one address, as it passed over the wire."""

    url: str
    at: datetime
    """Aware, UTC."""
    peer: str
    """The address that was connected to; empty where none was."""
    request: bytes
    response: bytes
    """Status line, headers and body as they came, transfer coding and content coding included."""
    truncated: str = ""
    """Why it ends before the answer does (ISO 28500, 5.13): length, time, disconnect."""


class Record(NamedTuple):
    """One record, packed."""

    kind: str
    """response or request."""
    member: bytes


def records(octets: Octets) -> tuple[Record, ...]:
    """Return the records of an exchange: of its answer, if one came, and of the request.

    There is none of what was never sent.
    """
    if not octets.request:
        return ()
    answer_id = _id() if octets.response else ""
    asked = Record("request", _packed(_request_record(octets, _id(), answer_id)))
    if not octets.response:
        return (asked,)
    return Record("response", _packed(_response_record(octets, answer_id))), asked


def _packed(record: bytes) -> bytes:
    return isal_zlib.compress(record, level=_LEVEL, wbits=_GZIP)


def _id() -> str:
    return f"<urn:uuid:{UUID(int=_NUMBERS.getrandbits(128), version=4)}>"


def _digest(octets: bytes) -> str:
    return f"sha256:{_base32(hashlib.sha256(octets).digest())}"


def _base32(digest: bytes) -> str:
    """Return the 32 octets of *digest* in base 32 (RFC 4648, section 6), all digits at once.

    The module `base64` takes five octets at a time, which costs three times as much.
    """
    spread = int.from_bytes(digest) << 64  # 64 digits of five bits, the last of them empty
    for low, high, apart in _SPREADING:
        spread = (spread & low) | (spread & high) << apart
    return spread.to_bytes(64).translate(_BASE32)[:52].decode("ascii") + "===="


def _response_record(octets: Octets, record_id: str) -> bytes:
    # Of a chunked answer, too, the payload is taken as it came: this is what readers check.
    head, gap, payload = octets.response.partition(b"\r\n\r\n")
    more = f"WARC-Payload-Digest: {_digest(payload)}\r\n" if gap and head else ""
    if octets.truncated:
        more += f"WARC-Truncated: {octets.truncated}\r\n"
    return _record("response", record_id, octets, octets.response, more)


def _request_record(octets: Octets, record_id: str, answer_id: str) -> bytes:
    more = f"WARC-Concurrent-To: {answer_id}\r\n" if answer_id else ""
    return _record("request", record_id, octets, octets.request, more)


def _record(kind: str, record_id: str, octets: Octets, block: bytes, more: str) -> bytes:
    """Return the record of *block*, with the lines *more* among its fields."""
    peer = f"WARC-IP-Address: {octets.peer}\r\n" if octets.peer else ""
    head = (
        f"WARC-Type: {kind}\r\n"
        f"WARC-Record-ID: {record_id}\r\n"
        f"WARC-Date: {_moment(octets.at)}\r\n"
        f"WARC-Target-URI: {octets.url}\r\n"
        f"{peer}{more}"
        f"WARC-Block-Digest: {_digest(block)}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n"
    )
    return _framed(head, block)


def info_record(name: str, about: dict[str, str]) -> bytes:
    """Return the record that begins the file *name* and says who wrote it, packed."""
    said = {"software": f"provisor/{VERSION}", "format": "WARC File Format 1.1", **about}
    block = "".join(f"{key}: {value}\r\n" for key, value in said.items()).encode()
    fields = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", _id()),
        ("WARC-Date", _moment(datetime.now(UTC))),
        ("WARC-Filename", name),
        ("WARC-Block-Digest", _digest(block)),
        ("Content-Type", "application/warc-fields"),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return _packed(_framed(head, block))


def _framed(head: str, block: bytes) -> bytes:
    return b"WARC/1.1\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n" % (
        head.encode(), len(block), block,
    )  # fmt: skip


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"
