"""Compressed files: opened by their ending, and read to their end once before they are trusted."""

from __future__ import annotations

import gzip
import sys
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from provenance.errors import InputRefused

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_CHUNK = 1024 * 1024

UNREADABLE = (OSError, EOFError, zlib.error, zstd.ZstdError)
"""What reading a broken file raises."""

_OPENERS: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".zst": zstd.open}


def opened(path: Path) -> BinaryIO:
    """Open *path* for its uncompressed octets."""
    return cast("BinaryIO", _OPENERS.get(path.suffix, open)(path, "rb"))


def created(path: Path) -> BinaryIO:
    """Open *path* to write octets that its ending says are compressed."""
    return cast("BinaryIO", _OPENERS.get(path.suffix, open)(path, "wb"))


def refuse_damaged(path: Path) -> None:
    """Refuse a compressed file that does not unpack to its end.

    DuckDB takes a .zst that was cut short for a whole one, and does not look at the checksum of a
    .gz: rows would be lost without a word.
    """
    if path.suffix not in _OPENERS:
        return
    try:
        with opened(path) as file:
            while file.read(_CHUNK):
                pass
    except UNREADABLE as error:
        fact = f"does not unpack to its end ({error})"
        raise InputRefused(path.name, fact, "copy it again") from error
