"""The package document of an EPUB publication, read within limits (EPUB 3.3, OCF; OPF 2.0.1)."""

from __future__ import annotations

import zlib
from io import BytesIO
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from crawler.media.xml import LONGEST, UnreadXmlError, parsed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTAINER = "META-INF/container.xml"
_NAMED = b"application/epub+zip"
_MOST_MEMBERS = 10_000
# What zipfile raises for archives that are damaged, encrypted or made to confuse it.
_BROKEN = (
    BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, IndexError, OverflowError,
    RuntimeError,
)  # fmt: skip


class UnreadEpubError(ValueError):
    """It is an EPUB publication whose package document cannot be read."""


def package(body: bytes) -> Element | None:
    """Return the package document of the EPUB *body*, or *body* itself where it is one.

    None where it is no EPUB.

    Raises:
        UnreadEpubError: it is one, and cannot be read.
    """
    if body.startswith(b"PK\x03\x04"):
        return _packed(body) if _NAMED in body[:200] else None
    head = body[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not head.startswith((b"<?xml", b"<package", b"<opf:package", b"<!--")):
        return None
    if b"<package" not in head and b":package" not in head:
        return None
    try:
        root = parsed(body)
    except UnreadXmlError as error:
        raise UnreadEpubError(str(error)) from error
    return root if _name(root) == "package" else None


def _packed(body: bytes) -> Element:
    try:
        with ZipFile(BytesIO(body)) as archive:
            if len(archive.infolist()) > _MOST_MEMBERS:
                raise UnreadEpubError("too-large")
            container = parsed(_member(archive, _CONTAINER))
            paths = [one.get("full-path") for one in container.iter() if _name(one) == "rootfile"]
            path = normpath(unquote(paths[0] or "")) if paths else ""
            return parsed(_member(archive, path))
    except UnreadXmlError as error:
        raise UnreadEpubError(str(error)) from error
    except UnreadEpubError:
        raise
    except _BROKEN as error:
        raise UnreadEpubError("broken") from error


def _member(archive: ZipFile, name: str) -> bytes:
    """Return a member; what unpacks to more than a document may be long is not unpacked."""
    info = archive.getinfo(name)
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # LZMA names its own memory
        raise UnreadEpubError("not-read")
    with archive.open(info) as member:
        text = member.read(LONGEST + 1)
    if len(text) > LONGEST:
        raise UnreadEpubError("too-large")
    return text


def _name(element: Element) -> str:
    """Return the local name; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
