"""Evidence: the octets of each exchange in WARC files (ISO 28500:2017), found again by offset.

Files stand in a folder beside the store, `<store>.evidence/`. A record is one gzip member, so that
it can be read alone. Each process begins a file of its own: what a process that was killed left
behind at a file's end is never referred to and never written over.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from provenance.defaults import VERSION
from provenance.errors import EvidenceError, StoreError
from provenance.records import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import BinaryIO

FILE_BYTES = 1024 * 1024 * 1024
"""A file that has grown to this is closed, and the next one begun."""

_LEVEL = 6
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
_BUFFERED = 256 * 1024
_LONGEST_RECORD = 64 * 1024 * 1024


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


class EvidenceFile:
    """The WARC files that one process writes, one after the other."""

    def __init__(self, store: Path, name: str, *, about: dict[str, str], limit: int = FILE_BYTES):
        self._store = store
        self._name = name
        self._about = about
        self._limit = limit
        self._count = 0
        self._file: BinaryIO | None = None
        self._path = Path()
        self._at = 0

    def __enter__(self) -> EvidenceFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def add(self, hop: int, octets: Octets) -> tuple[Evidence, ...]:
        """Write what passed in one exchange and return where its records stand.

        Nothing is written for what was never sent. The records are on disk after `sync`.

        Raises:
            StoreError: the disk is full, or the folder cannot be written.
        """
        if not octets.request:
            return ()
        answer_id, asked_id = _id(), _id()
        found = []
        try:
            if octets.response:
                block = _response_record(octets, answer_id)
                found.append(self._append(hop, "response", block))
            concurrent = answer_id if octets.response else ""
            block = _request_record(octets, asked_id, concurrent)
            found.append(self._append(hop, "request", block))
        except OSError as error:
            raise _unwritable(self._path, error) from error
        return tuple(found)

    def sync(self) -> None:
        """Return when all records are on disk.

        Raises:
            StoreError: as for `add`.
        """
        if self._file is None:
            return
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _unwritable(self._path, error) from error

    def close(self) -> None:
        """Write what waits and close the file."""
        if self._file is not None:
            self.sync()
            self._file.close()
            self._file = None

    def _append(self, hop: int, kind: str, record: bytes) -> Evidence:
        if self._file is None or self._at >= self._limit:
            self._begin()
        member = _packed(record)
        offset = self._write(member)
        relative = f"{self._path.parent.name}/{self._path.name}"
        return Evidence(
            hop, kind, relative, offset, len(member), hashlib.sha256(member).hexdigest()
        )

    def _write(self, member: bytes) -> int:
        assert self._file is not None  # noqa: S101 (`_append` has opened it)
        offset, self._at = self._at, self._at + len(member)
        self._file.write(member)
        return offset

    def _begin(self) -> None:
        """Open the next file, which must be new, and say in it who wrote it."""
        self.close()
        self._count += 1
        folder = evidence_folder(self._store)
        folder.mkdir(exist_ok=True)
        self._path = folder / f"{self._name}-{self._count:05}.warc.gz"
        self._file, self._at = self._path.open("xb", buffering=_BUFFERED), 0
        self._write(_packed(_info_record(self._path.name, self._about)))
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)  # the name of the new file, too
        finally:
            os.close(handle)


def evidence_folder(store: Path) -> Path:
    """Return the folder in which the evidence of *store* stands."""
    return store.with_name(f"{store.name}.evidence")


def read_record(store: Path, evidence: Evidence) -> tuple[dict[str, str], bytes]:
    """Return a record's WARC fields, names in lower case, and its block, after checking its digest.

    Raises:
        EvidenceError: the file is missing or cut short, or its octets are not those recorded.
    """
    path = store.absolute().parent / evidence.file
    place = f"{path}: octets {evidence.offset:,} to {evidence.offset + evidence.length:,}"
    if path.exists() and not path.is_file():  # a merged store may name a device
        raise EvidenceError(str(path), "not a file", "restore the folder of evidence from a backup")
    try:
        with path.open("rb") as file:
            file.seek(evidence.offset)
            member = file.read(evidence.length)
    except OSError as error:
        remedy = "restore the folder of evidence from a backup"
        raise EvidenceError(str(path), error.strerror or "cannot be read", remedy) from error
    if hashlib.sha256(member).hexdigest() != evidence.sha256:
        fact = "cut short" if len(member) < evidence.length else "not the octets that were recorded"
        raise EvidenceError(place, fact, "restore the file from a backup")
    return _unpacked(member, place)


def _unpacked(member: bytes, place: str) -> tuple[dict[str, str], bytes]:
    """Split a record into its fields and its block."""
    packed = member[:2] == b"\x1f\x8b"
    try:
        record = _inflated(member) if packed else member
    except zlib.error as error:
        raise EvidenceError(place, f"no gzip member ({error})", "restore it") from error
    head, _, rest = record.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    fields = {
        name.strip().lower(): value.strip()
        for name, _, value in (ln.partition(":") for ln in lines)
    }
    length = fields.get("content-length", "")
    if not length.isdigit() or len(rest) < int(length):
        raise EvidenceError(place, "no whole WARC record", "restore the file from a backup")
    return fields, rest[: int(length)]


def _inflated(member: bytes) -> bytes:
    unpacking = zlib.decompressobj(_GZIP)
    return unpacking.decompress(member, _LONGEST_RECORD)


def _packed(record: bytes) -> bytes:
    # The tables of zlib's default window take ten times as long to clear as a short record to pack.
    window = max(9, min(15, len(record).bit_length()))
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, window + 16, 8 if window == 15 else 5)
    return packing.compress(record) + packing.flush()


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


def _info_record(name: str, about: dict[str, str]) -> bytes:
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
    return _framed("".join(f"{name}: {value}\r\n" for name, value in fields), block)


def _framed(head: str, block: bytes) -> bytes:
    return b"WARC/1.1\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n" % (
        head.encode(), len(block), block,
    )  # fmt: skip


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def _unwritable(path: Path, error: OSError) -> StoreError:
    remedy = "make room or mend the folder, then continue with `provisor crawl --resume`"
    return StoreError(str(path), error.strerror or "cannot be written", remedy)
