"""Evidence: the octets of each exchange in WARC files (ISO 28500:2017), found again by offset.

Files stand in a folder beside the store, `<store>.evidence/`. Each process begins a file of its
own: what a process that was killed left behind at a file's end is never referred to and never
written over.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import EvidenceError, StoreError
from provenance.evidence_records import info_record
from provenance.records import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import BinaryIO

    from provenance.evidence_records import Record

FILE_BYTES = 1024 * 1024 * 1024
"""A file that has grown to this is closed, and the next one begun."""

_GZIP = 31
_BUFFERED = 256 * 1024
_LONGEST_RECORD = 64 * 1024 * 1024


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

    def add(self, hop: int, records: Sequence[Record]) -> tuple[Evidence, ...]:
        """Write the *records* of one exchange and return where they stand.

        They are on disk after `sync`.

        Raises:
            StoreError: the disk is full, or the folder cannot be written.
        """
        try:
            return tuple(self._append(hop, record) for record in records)
        except OSError as error:
            raise _unwritable(self._path, error) from error

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

    def _append(self, hop: int, record: Record) -> Evidence:
        if self._file is None or self._at >= self._limit:
            self._begin()
        offset = self._write(record.member)
        relative = f"{self._path.parent.name}/{self._path.name}"
        digest = hashlib.sha256(record.member).hexdigest()
        return Evidence(hop, record.kind, relative, offset, len(record.member), digest)

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
        self._write(info_record(self._path.name, self._about))
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


def _unwritable(path: Path, error: OSError) -> StoreError:
    remedy = "make room or mend the folder, then continue with `provisor crawl --resume`"
    return StoreError(str(path), error.strerror or "cannot be written", remedy)
