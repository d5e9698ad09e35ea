"""The file as it was handed in: its digest, and its lines as text.

A file is read whole, so it is bounded: 64 MiB, 2,000,000 lines, 8 KiB a line. Only regular files
are opened: a pipe or a device would never end.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blocklists.refusals import ListRefused
from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAX_BYTES = 64 * 1024**2
MAX_LINES = 2_000_000
MAX_LINE = 8 * 1024

_CODECS = {"utf-8": "utf-8-sig", "cp932": "cp932", "euc-jp": "euc_jp", "utf-16": "utf-16"}
ENCODINGS = tuple(_CODECS)

_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an Excel workbook or a zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"\x1f\x8b", "a gzip file"),
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# In this order: text in EUC-JP can be read as CP932 too, and comes out as nonsense.
_TRIED = {"utf-8": "UTF-8", "euc-jp": "EUC-JP", "cp932": "Shift_JIS/CP932"}
"""The encodings that are told from one another, as their users know them."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read."""

    place: str
    """Its path as the user named it."""
    sha256: str
    """Of its bytes."""
    texts: tuple[str, ...]
    """Its lines, without their ends."""

    @property
    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines, numbered from 1."""
        return enumerate(self.texts, 1)


def read_document(
    path: Path,
    *,
    encoding: str = "utf-8",
    follow: bool = True,
    check: Callable[[str], None] = lambda _: None,
) -> Document:
    """Return the file at *path*.

    Args:
        path: a regular file.
        encoding: one of ENCODINGS.
        follow: open what a symbolic link leads to.
        check: is given the file's SHA-256 before its text is read, and may refuse it.

    Raises:
        ListRefused: it cannot be read as text within the bounds above.
    """
    content = read_bytes(path, follow=follow)
    digest = hashlib.sha256(content).hexdigest()
    check(digest)
    texts = tuple(_lines(_decoded(str(path), content, encoding)))
    if len(texts) > MAX_LINES:
        raise ListRefused(str(path), "F_TOO_LARGE", f"{MAX_LINES:,} lines")
    for number, text in enumerate(texts, 1):
        # No character takes more than four octets.
        if 4 * len(text) > MAX_LINE and len(text.encode(errors="surrogatepass")) > MAX_LINE:
            raise ListRefused(str(path), "F_LINE_TOO_LONG", f"line {number}")
    return Document(str(path), digest, texts)


def encoding_of(content: bytes) -> str:
    """Return in which of ENCODINGS *content* can be read; empty: in none that can be told."""
    if content.startswith(_UTF16_MARKS):
        return "utf-16"
    return next((name for name in _TRIED if text_in(content, name) is not None), "")


def text_in(content: bytes, encoding: str) -> str | None:
    """Return *content* as text in one of ENCODINGS; None: it is none."""
    try:
        return content.decode(_CODECS[encoding])
    except UnicodeDecodeError:
        return None


def read_bytes(path: Path, *, follow: bool = True, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of the regular file at *path*, at most *limit*."""
    # Without O_NONBLOCK the opening of a pipe waits for a writer that may never come.
    flags = os.O_RDONLY | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise ListRefused(str(path), "F_FILE", "not a regular file")
            content = file.read(limit + 1)
            if _moved(before, os.fstat(file.fileno())):
                raise ListRefused(str(path), "F_FILE", "it changed while it was read")
    except (OSError, ValueError) as error:
        fact = getattr(error, "strerror", None) or str(error)
        raise ListRefused(str(path), "F_FILE", fact) from error
    if len(content) > limit:
        raise ListRefused(str(path), "F_TOO_LARGE", f"{limit:,} bytes")
    return content


def _moved(before: os.stat_result, after: os.stat_result) -> bool:
    """Whether a file was written to: no program can set the time of its change."""
    return (before.st_size, before.st_ctime_ns) != (after.st_size, after.st_ctime_ns)


def _decoded(place: str, content: bytes, encoding: str) -> str:
    if encoding not in _CODECS:
        remedy = f"one of: {', '.join(ENCODINGS)}"
        raise UsageRefused(encoding, "not an encoding lists are read in", remedy)
    begin = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, kind in _KINDS:
        if begin.startswith(mark.lower()):
            raise ListRefused(place, "F_BINARY", kind)
    if encoding != "utf-16":
        if content.startswith(_UTF16_MARKS):
            raise ListRefused(place, "F_ENCODING", _expected(encoding, "UTF-16", "utf-16"))
        if b"\0" in content:
            raise ListRefused(place, "F_BINARY", "a binary file")
    text = text_in(content, encoding)
    if text is None:
        raise ListRefused(place, "F_ENCODING", _likely(content, encoding))
    return text


def _likely(content: bytes, tried: str) -> str:
    """Return the encoding *content* may have, as its author can act on it."""
    name = encoding_of(content)
    return _expected(tried, _TRIED[name], name) if name in _TRIED else tried.upper()


def _expected(tried: str, known_as: str, name: str) -> str:
    return f"{tried.upper()}: it looks like {known_as} (--encoding {name})"


def _lines(text: str) -> list[str]:
    """Return the lines of *text*; only CR and LF end one, and the last needs no end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    return lines
