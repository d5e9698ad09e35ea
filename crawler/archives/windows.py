"""The WARC files that a file holds: itself, or those inside a WACZ (a zip)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provenance.errors import InputRefused

if TYPE_CHECKING:
    from pathlib import Path

Window = tuple[int, int]
"""Offsets in the file at which a WARC begins and ends."""


class Content(NamedTuple):
    """Where the WARCs stand, and what the file says of itself."""

    windows: tuple[Window, ...]
    said: str = ""


_STARTS = (b"WARC/", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")
_ZIP = b"PK\x03\x04"


def windows(file: Path) -> Content:
    """Return where the WARCs of *file* stand.

    Raises:
        InputRefused: it is no file with WARC records.
    """
    if not file.is_file():
        fact = "a folder" if file.is_dir() else "there is no such file"
        raise InputRefused(str(file), fact, "name a .warc, .warc.gz, .warc.zst or .wacz file")
    with file.open("rb") as opened:
        head = opened.read(8)
        size = opened.seek(0, 2)
    if head.startswith(_ZIP):
        from crawler.archives.wacz import open_wacz

        return open_wacz(file)
    if not head.startswith(_STARTS):
        fact = "the file is empty" if not size else "it does not begin like a WARC file"
        raise InputRefused(str(file), fact, "name a .warc, .warc.gz, .warc.zst or .wacz file")
    return Content(((0, size),))
