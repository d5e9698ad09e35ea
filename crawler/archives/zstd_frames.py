"""WARC files compressed with zstd: a frame for each record, after a dictionary that all share.

Source: the WARC zstd proposal of Archive Team (`.warc.zst`): the dictionary stands at the file's
beginning in a skippable frame of type 0x184D2A5D, itself compressed or not.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.archives.octets import Octets

_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MAGIC = b"\x28\xb5\x2f\xfd"
_MAX_DICTIONARY = 8 * 1024 * 1024
_MAX_WINDOW = 27
"""log2 of the octets that a frame may have us hold: 128 MiB, zstd's own default."""
_PIECE = 4 * 1024 * 1024

UnpackingFailed: type[Exception] = zstd.ZstdError


class Unpacking(Protocol):
    """What zlib and zstd have in common; one is made for each member."""

    @property
    def eof(self) -> bool:
        """The member's end was met, and its checksum agrees."""

    @property
    def unused_data(self) -> bytes:
        """What follows it."""

    def decompress(self, data: memoryview | bytes, /) -> bytes:
        """Return what *data* unpacks to."""


def unpacking(octets: Octets) -> Callable[[], Unpacking]:
    """Take the dictionary that may stand at the beginning, and return what unpacks a frame.

    Raises:
        ZstdError: the dictionary is damaged or too large.
    """
    shared = _dictionary(octets)
    return lambda: _Frame(shared)


def _dictionary(octets: Octets) -> zstd.ZstdDict | None:
    head = octets.peek(8)
    if not head.startswith(_DICTIONARY):
        return None
    size = int.from_bytes(head[4:8], "little")
    if size > _MAX_DICTIONARY:
        raise UnpackingFailed(f"a dictionary of {size:,} octets")
    octets.take(8)
    content = octets.take(size)
    if content.startswith(_MAGIC):
        content = zstd.ZstdDecompressor().decompress(content, _MAX_DICTIONARY)
    return zstd.ZstdDict(content)


class _Frame:
    """One zstd frame, unpacked piece by piece; 4 KB of it can hold gigabytes."""

    def __init__(self, shared: zstd.ZstdDict | None) -> None:
        options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _MAX_WINDOW}
        self._frame = zstd.ZstdDecompressor(shared, options)

    @property
    def eof(self) -> bool:
        return self._frame.eof

    @property
    def unused_data(self) -> bytes:
        return self._frame.unused_data

    def decompress(self, data: memoryview | bytes, /) -> bytes:
        out = self._frame.decompress(data, _PIECE)
        if not self._frame.eof and not self._frame.needs_input:
            raise UnpackingFailed(f"{len(data):,} octets unpack to over {_PIECE:,}")
        return out
