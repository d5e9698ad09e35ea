"""Where each record of a WARC file begins and ends, octet for octet (ISO 28500, annexes D and E).

A record counts only when it is whole: its gzip member or zstd frame has its end and its checksum,
its block has the length that it states, and two line ends follow. fastwarc and warcio both take a
file that was cut at many places for a shorter one; evidence cannot rest on their silence, so the
frames are found here. What is no whole record comes back as `Damage`, and reading goes on at the
next place where a record begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from isal import isal_zlib

from crawler.archives.zstd_frames import Unpacking, UnpackingFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.archives.octets import Octets

    Glance = Callable[[bytes, int, int, str], "ReadT | None"]

ReadT = TypeVar("ReadT")

MAX_HEADER = 64 * 1024
"""Octets of a record's own header; real ones have 300 to 2,000."""
MAX_BLOCK = 16 * 1024 * 1024
"""Octets of a block that are kept; the rest is read, measured and let go."""

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"

_START = b"WARC/"
_VERSION = re.compile(rb"WARC/[01]\.\d{1,2}\r\n")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
_LINE_ENDS = b"\r\n\r\n"
_BROKEN = (cast("type[Exception]", isal_zlib.error), UnpackingFailed)
_STRIDE = 8192
_PLAIN_HEADER = 2048
_REREAD = 64 * 1024 * 1024


class Frame(NamedTuple):
    """A whole record: where it stands in the file, and what it holds."""

    offset: int
    length: int
    """In octets of the file: of the gzip member or zstd frame where it is one."""
    sha256: str
    """Of those octets."""
    header: bytes
    """From `WARC/1.0` to the empty line, without it."""
    block: bytes
    """At most `MAX_BLOCK` octets of it."""
    block_length: int
    """What it has in truth."""
    checked: bool
    """Its member carries a checksum, and it agrees."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where no whole record stands."""

    offset: int
    cause: str


class GzippedWhole(Exception):
    """Several records stand in one compressed member, so that none has a place of its own."""


class _Damaged(Exception):
    """What stands here is no whole record."""


def frames(
    octets: Octets,
    *,
    unpacking: Callable[[], Unpacking] | None = None,
    glance: Glance[ReadT] = lambda _data, _offset, _length, _sha256: None,
) -> Iterator[Frame | Damage | ReadT]:
    """Yield the records of a WARC file, plain or with a compressed member for each, in order.

    Args:
        octets: the file, or the part of a WACZ that is one.
        unpacking: makes what unpacks a member; None: gzip, or none where the file is plain.
        glance: given a gzip member, unpacked, its place and SHA-256, returns what is yielded
            instead of a frame; None: it is to be framed.

    Raises:
        GzippedWhole: the file was compressed as a whole.
    """
    budget = _REREAD + octets.end - octets.offset
    mark = next((mark for mark in (GZIP, ZSTD) if octets.peek(4).startswith(mark)), _START)
    while head := octets.peek(5):
        start = octets.offset
        try:
            if head == _START:
                yield _plain(octets)
            elif head.startswith(ZSTD) and unpacking:
                yield _member(octets, unpacking)
            elif head.startswith(GZIP):
                yield from _at_hand(octets, glance)
                if octets.offset == start:
                    yield _member(octets, _gunzip)
            else:
                raise _Damaged("no record begins here")
        except _Damaged as damaged:
            if octets.reread < budget:  # else a file could be read as often as it has fake starts
                octets.back(start)
            where = _next_start(octets, mark, unpacking if mark == ZSTD else _gunzip)
            yield Damage(start, f"{damaged}; {where}")


def _at_hand(octets: Octets, glance: Glance[ReadT]) -> Iterator[Frame | ReadT]:
    """Take the small gzip members that are at hand whole, up to the first that is no record."""
    held, at = octets.at_hand()
    view, start = memoryview(held), octets.offset
    while True:
        unpacking, piece = _gunzip(), view[at : at + _STRIDE]
        try:
            data = unpacking.decompress(piece)
        except _BROKEN:
            return
        if not unpacking.eof:
            return
        length = len(piece) - len(unpacking.unused_data)
        sha256_ = sha256(piece[:length]).hexdigest()
        one = glance(data, start, length, sha256_) or _framed(data, start, length, sha256_)
        if one is None:
            return
        octets.past(length)
        at, start = at + length, start + length
        yield one


def _framed(data: bytes, start: int, length: int, sha256_: str) -> Frame | None:
    """Return the record that is all of *data*; None where it is not."""
    try:
        end, stated = _fits(data, len(data))
    except (_Damaged, GzippedWhole):
        return None
    block = data[end + 4 : end + 4 + min(stated, MAX_BLOCK)]
    return Frame(start, length, sha256_, data[:end], block, stated, checked=True)


def _gunzip() -> Unpacking:
    unpacking: Unpacking = isal_zlib.decompressobj(31)
    return unpacking


def _member(octets: Octets, unpack: Callable[[], Unpacking]) -> Frame:
    """Take the compressed member that begins here."""
    start, digest, unpacking = octets.offset, sha256(), unpack()
    kept, total, most = b"", 0, MAX_HEADER
    while not unpacking.eof:
        piece = octets.some(_STRIDE)
        if not piece:
            raise _Damaged(f"the file ends {octets.offset - start:,} octets into this record")
        try:
            data = unpacking.decompress(piece)
        except _BROKEN as error:
            raise _Damaged(f"damaged ({error})") from None
        used = len(piece) - len(unpacking.unused_data)
        digest.update(piece[:used])
        octets.skip(used)
        total += len(data)
        kept = data if not kept else kept + data if len(kept) < MAX_HEADER + MAX_BLOCK else kept
        if not unpacking.eof:
            most = _most(kept)
            if total > most:
                break
    end, stated = _fits(kept, total)
    block = kept[end + 4 : min(end + 4 + stated, end + 4 + MAX_BLOCK)]
    # A checksum is a choice in zstd.
    return Frame(
        start, octets.offset - start, digest.hexdigest(), kept[:end], block, stated,
        checked=unpack is _gunzip,
    )  # fmt: skip


def _most(kept: bytes) -> int:
    """Return how many octets the record that begins with *kept* may have by its own words."""
    end = kept.find(_LINE_ENDS, 0, MAX_HEADER)
    stated = _LENGTH.search(kept, 0, end + 2) if end >= 0 else None
    return end + 8 + int(stated[1]) if stated else MAX_HEADER


def _fits(data: bytes, total: int) -> tuple[int, int]:
    """Return where the header ends and the block's length, if *total* octets are one record.

    Args:
        data: their beginning.
        total: how many there are.
    """
    end, stated = _header(data)
    after = end + 4 + stated
    if total != after + 4 or not _LINE_ENDS.startswith(data[after : after + 4]):
        if data[after + 4 :].startswith(_START):
            raise GzippedWhole
        raise _Damaged(f"its block should have {stated:,} octets, and has {total - end - 8:,}")
    return end, stated


def _header(data: bytes) -> tuple[int, int]:
    """Return where the header of *data* ends, and the length of the block that it states."""
    if not _VERSION.match(data):
        raise _Damaged("it does not begin with WARC/1.0 or WARC/1.1")
    end = data.find(_LINE_ENDS, 0, MAX_HEADER)
    if end < 0:
        raise _Damaged(f"its header does not end within {MAX_HEADER:,} octets")
    stated = _LENGTH.search(data, 0, end + 2)
    if not stated:
        raise _Damaged("its header states no Content-Length")
    return end, int(stated[1])


def _plain(octets: Octets) -> Frame:
    """Take the uncompressed record that begins here."""
    start = octets.offset
    head = octets.peek(_PLAIN_HEADER)
    if _LINE_ENDS not in head:
        head = octets.peek(MAX_HEADER)
    end, stated = _header(head)
    if start + end + 8 + stated > octets.end:
        there = octets.end - start - end - 4
        raise _Damaged(
            f"its block should have {stated:,} octets, and the file ends after {there:,}"
        )
    header = octets.take(end + 4)
    digest = sha256(header)
    block = octets.take(min(stated, MAX_BLOCK))
    digest.update(block)
    left = stated - len(block)
    while left and (piece := octets.take(min(left, MAX_BLOCK))):
        digest.update(piece)
        left -= len(piece)
    ends = octets.take(4)
    if left or ends != _LINE_ENDS:
        raise _Damaged(f"no line ends follow the {stated:,} octets that its block should have")
    digest.update(ends)
    return Frame(
        start, octets.offset - start, digest.hexdigest(), header[:end], block, stated, checked=False
    )  # fmt: skip


def _next_start(octets: Octets, mark: bytes, unpack: Callable[[], Unpacking] | None) -> str:
    """Go forward to where a record begins again, and say where that is."""
    octets.skip(1)
    while octets.find(mark):
        if mark == _START or (unpack and _unpacks_to_a_record(octets.peek(512), unpack)):
            return f"read on from offset {octets.offset:,}"
        octets.skip(1)
    return "no record follows"


def _unpacks_to_a_record(head: bytes, unpack: Callable[[], Unpacking]) -> bool:
    try:
        return unpack().decompress(head).startswith(_START)
    except _BROKEN:
        return False
