"""XMP packets in the bytes of a file: images, PDF, SVG, or a sidecar (ISO 16684-1, part 3).

A packet stands in the bytes as it is, whatever the container, with three exceptions that are
undone here: PNG may compress it, JPEG may spread it over segments, and a sidecar may be UTF-16.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.media.xml import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_BEGINNINGS = (
    _JPEG, _PNG, b"GIF8", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"8BPS",
    b"\x00\x00\x00\x0cJXL ",
)  # fmt: skip
_PDF, _PDF_WITHIN = b"%PDF-", 1024
# The first element of a document that is XMP, or may hold it.
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>)\s*+)*+"
    rb"<(?P<name>svg|[a-z]+:svg|x:xmpmeta|rdf:RDF)[\s>/]",
    re.DOTALL,
)
_SNIFFED = 4096
# RDF is also what feeds are written in: only with a name of ours is it XMP.
_OF_XMP = (b"ns.useplus.org", b"ns/tdmrep", b"ns.adobe.com", b"purl.org/dc/terms")

# The packet wrapper holds either of the two elements; each is also found without its wrapper.
_ELEMENTS = ((b"<x:xmpmeta", b"</x:xmpmeta>"), (b"<rdf:RDF", b"</rdf:RDF>"))
_MOST_PACKETS = 20
_MOST_PARTS = 2000
_EXTENDED = b"http://ns.adobe.com/xmp/extension/\x00"
_XMP_KEYWORD = b"XML:com.adobe.xmp\x00"


@dataclass(frozen=True, slots=True)
class Packets:
    """The packets of a file, each one element of XML."""

    found: tuple[bytes, ...] = ()
    problem: str = ""
    """Why there may be more than was found: `cut-off`, `too-large`; empty if all was seen."""


def packets(body: bytes) -> Packets | None:
    """Return the XMP packets in *body*; None where it is no file that carries any."""
    if not body:
        return None
    if _is_document(body):
        return Packets((_utf8(body),)) if len(body) <= LONGEST else Packets(problem="too-large")
    if not _is_container(body):
        return None
    found, problem = [], "cut-off" if _is_cut_off(body) else ""
    for part in (body, *_hidden(body)):
        for packet in _in_bytes(part):
            if len(packet) > LONGEST:
                problem = "too-large"
            elif packet:
                found.append(packet)
            else:
                problem = "cut-off"
    return Packets(tuple(dict.fromkeys(found))[:_MOST_PACKETS], problem)


def is_pdf(body: bytes) -> bool:
    """Whether *body* is a PDF document; a text about PDF is none."""
    return _PDF in body[:_PDF_WITHIN] and body.lstrip()[:1] != b"<"


def _is_document(body: bytes) -> bool:
    """Whether *body* is XML itself, with XMP in it: SVG, or a packet on its own."""
    root = _ROOT.match(_utf8(body[:_SNIFFED]))
    if root is None:
        return False
    return root["name"] != b"rdf:RDF" or any(name in _utf8(body) for name in _OF_XMP)


def _is_container(body: bytes) -> bool:
    return (
        body.startswith(_BEGINNINGS)
        or (body.startswith(b"RIFF") and body[8:12] in {b"WEBP", b"AVI ", b"WAVE"})
        or body[4:8] == b"ftyp"
        or is_pdf(body)
    )


def _utf8(text: bytes) -> bytes:
    """Return *text* in UTF-8 where it begins like UTF-16."""
    for bom, first, encoding in (
        (b"\xff\xfe", b"<\x00", "utf-16-le"),
        (b"\xfe\xff", b"\x00<", "utf-16-be"),
    ):
        if text.startswith((bom, first)):
            return text.removeprefix(bom).decode(encoding, "replace").encode("utf-8", "replace")
    return text


def _is_cut_off(body: bytes) -> bool:
    """Whether the end is missing in a format whose packet may stand there."""
    if body.startswith(_PNG):
        return b"IEND" not in body[-64:]
    if body.startswith(b"RIFF"):
        return len(body) < 8 or len(body) < 8 + struct.unpack("<I", body[4:8])[0]
    if body.startswith(_JPEG):
        return b"\xff\xda" not in body  # all segments stand before the first scan
    if body[:4] in {b"II*\x00", b"MM\x00*"}:
        order = "<I" if body[:2] == b"II" else ">I"
        return len(body) < 8 or struct.unpack(order, body[4:8])[0] >= len(body)
    return is_pdf(body) and b"%%EOF" not in body[-2048:]


def _in_bytes(body: bytes) -> Iterator[bytes]:
    """Yield each packet; an empty one where a packet begins and does not end."""
    for _ in range(_MOST_PACKETS):
        starts = [(body.find(opening), closing) for opening, closing in _ELEMENTS]
        begun = [one for one in starts if one[0] >= 0]
        if not begun:
            return
        start, closing = min(begun)
        end = body.find(closing, start)
        if end < 0:
            yield b""
            return
        end += len(closing)
        yield body[start:end]
        body = body[end:]


def _hidden(body: bytes) -> Iterator[bytes]:
    """Yield the parts of *body* in which a packet does not stand as it is."""
    if body.startswith(_PNG):
        yield from _compressed(body)
    elif body.startswith(_JPEG):
        yield from _extended(body)


def _compressed(body: bytes) -> Iterator[bytes]:
    """Yield the packets that a PNG holds compressed (PNG 3rd edition, 11.3.3.4: iTXt)."""
    at = len(_PNG)
    for _ in range(_MOST_PARTS):
        if at + 12 > len(body):
            return
        length, kind = struct.unpack(">I4s", body[at : at + 8])
        data = body[at + 8 : at + 8 + length]
        at += 12 + length
        if kind != b"iTXt" or not data.startswith(_XMP_KEYWORD + b"\x01\x00"):
            continue
        text = data[len(_XMP_KEYWORD) + 2 :].split(b"\x00", 2)[-1]
        try:
            yield zlib.decompressobj().decompress(text, LONGEST + 1)
        except zlib.error:
            yield _ELEMENTS[0][0]  # begun, and not to be read


def _extended(body: bytes) -> Iterator[bytes]:
    """Yield what JPEG segments hold together (ISO 16684-3, 1.1.3.1: extended XMP), by its id."""
    portions: dict[bytes, dict[int, bytes]] = {}
    at = 2
    for _ in range(_MOST_PARTS):
        if body[at : at + 1] != b"\xff" or at + 4 > len(body) or body[at + 1] == 0xDA:
            break
        length = struct.unpack(">H", body[at + 2 : at + 4])[0]
        data = body[at + 4 : at + 2 + length]
        if body[at + 1] == 0xE1 and data.startswith(_EXTENDED) and len(data) > len(_EXTENDED) + 40:
            rest = data[len(_EXTENDED) :]
            offset = struct.unpack(">I", rest[36:40])[0]
            portions.setdefault(rest[:32], {})[offset] = rest[40:]
        at += 2 + max(length, 2)
    for parts in portions.values():
        if len(parts) > 1:  # one alone stands in the bytes as it is
            yield b"".join(parts[offset] for offset in sorted(parts))
