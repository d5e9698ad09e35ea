"""The XMP packet of a PDF document: that of its catalogue (ISO 32000-2, 14.3.2).

pikepdf finds it wherever it stands, compressed or not (the extra `media`). Without pikepdf it is
looked for in the bytes; a document in which it may be hidden is then not read, which is said.
"""

from __future__ import annotations

import logging
import zlib
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

from crawler.media.packets import Packets, is_pdf, packets
from crawler.media.xml import LONGEST

if TYPE_CHECKING:
    from types import ModuleType

    from pikepdf import Object

# What pikepdf raises for objects of another type than the standard has in their place.
_ODD = (ValueError, TypeError, AttributeError, KeyError, RuntimeError)
_HIDING = (b"/Metadata", b"/ObjStm", b"/Encrypt")


def pdf_packets(body: bytes) -> Packets | None:
    """Return the packet of the PDF document *body*; None where it is no PDF."""
    if not is_pdf(body):
        return None
    pikepdf = _pikepdf()
    if pikepdf is None:
        return _in_bytes(body)
    try:
        with pikepdf.open(BytesIO(body), suppress_warnings=True, attempt_recovery=True) as document:
            metadata = document.Root.get("/Metadata")
            return Packets() if metadata is None else _packet(metadata)
    except (pikepdf.PikepdfError, *_ODD):
        return _in_bytes(body)  # damaged, cut off or encrypted


def _pikepdf() -> ModuleType | None:
    try:
        library = import_module("pikepdf")
    except ModuleNotFoundError:
        return None
    # It would log what strangers write wrong, in their words.
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    return library


def _in_bytes(body: bytes) -> Packets:
    seen = packets(body) or Packets()
    hidden = not seen.found and not seen.problem and any(mark in body for mark in _HIDING)
    return Packets(seen.found, "not-read") if hidden else seen


def _packet(metadata: Object) -> Packets:
    """Return the packet in the stream *metadata*, unpacked no further than it may be long."""
    raw = metadata.read_raw_bytes()
    match str(metadata.get("/Filter", "")):
        case "":
            text = raw
        case "/FlateDecode":
            try:
                text = zlib.decompressobj().decompress(raw, LONGEST + 1)
            except zlib.error:
                return Packets(problem="broken")
        case _:
            return Packets(problem="not-read")
    if len(text) > LONGEST:
        return Packets(problem="too-large")
    return packets(text.strip(b"\x00 \r\n\t")) or Packets(problem="broken")
