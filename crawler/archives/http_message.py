"""An HTTP answer as a WARC record holds it: status line, header fields, body (RFC 9112).

Some archives keep the body as it was sent, chunked and compressed, and some unpack it and leave the
header fields as they were; so a coding is taken off where it is there. A body that ends before the
length that its header states, or in the middle of its coding, is an answer that broke off.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crawler.decoding import UndecodableError, decoded

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]|\r?\n|$)")
_FIELDS_END = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(r"\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_CODED = re.compile(r"^(?:content-encoding|transfer-encoding|content-length)$", re.IGNORECASE)
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_GZIP = b"\x1f\x8b"
_MAX_FIELDS = 128 * 1024
_OK = 2


class Message(NamedTuple):
    """What a server answered."""

    status: int | None
    """None: the octets are no HTTP answer."""
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    """Without its codings; None where it cannot be told."""
    error: str
    """`protocol` where the answer broke off or cannot be read."""
    more: bool
    """There was more than is kept."""


def message(block: bytes, *, limit: int, cut: bool = False) -> Message:
    """Return the answer that *block* holds, with at most *limit* octets of its body.

    Args:
        block: what the record holds.
        limit: octets of the body that are kept.
        cut: whether it is known that the block does not hold all of the answer.
    """
    status = _STATUS.match(block)
    if not status:
        return Message(None, (), None, "protocol", more=False)
    end = block.find(b"\r\n\r\n", 0, _MAX_FIELDS)
    after = end + 4
    if end < 0:
        found = _FIELDS_END.search(block, 0, _MAX_FIELDS)
        end, after = found.span() if found else (len(block), len(block))
    headers = _fields(block[:end].decode("latin-1"))
    codings = [(name.lower(), value) for name, value in headers if _CODED.match(name)]
    body, error, more = block[after:], "", cut
    if codings:
        body, error, more = _without_codings(body, codings, limit=limit, cut=cut)
    code = int(status[1])
    if code // 100 != _OK:
        error = ""  # what the status says does not hang on the body
    return Message(code, headers, body[:limit], error, more or len(body) > limit)


def _fields(head: str) -> tuple[tuple[str, str], ...]:
    if "\n " in head or "\n\t" in head:
        head = _FOLD.sub(" ", head)
    lines = head.split("\r\n")[1:] if "\r\n" in head else _LINE.split(head)[1:]
    parts = [line.partition(":") for line in lines]
    return tuple([(name.strip(), value.strip()) for name, _, value in parts if name])


def _without_codings(
    body: bytes, codings: list[tuple[str, str]], *, limit: int, cut: bool
) -> tuple[bytes, str, bool]:
    """Return *body* as it was before it was coded, an error, and whether there was more."""
    stated = dict(codings)
    broke_off, more = False, cut
    if "chunked" in stated.get("transfer-encoding", "").lower():
        body, broke_off = _unchunked(body)
    elif "content-length" in stated and not cut:
        # What was sent; an archive that unpacked it may well hold more.
        length = stated["content-length"]
        broke_off = length.isascii() and length.isdecimal() and int(length[:18]) > len(body)
    packed = [
        coding.strip().lower()
        for name, value in codings
        if name == "content-encoding"
        for coding in value.split(",")
    ]
    if any(packed) and (body.startswith(_GZIP) or not {"gzip", "x-gzip"}.issuperset(packed)):
        try:
            body, longer = decoded(body, packed, limit=limit, partial=cut or broke_off)
        except UndecodableError:
            return b"", "protocol", more
        more = more or longer
    return body, "protocol" if broke_off and not cut else "", more or broke_off


def _unchunked(body: bytes) -> tuple[bytes, bool]:
    """Return *body* without its chunk sizes, and whether it broke off (RFC 9112, section 7.1)."""
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK.match(body, at):
        length = int(size[1], 16)
        if not length:
            return b"".join(parts), False
        at = size.end() + length
        parts.append(body[size.end() : at])
        if at >= len(body):
            return b"".join(parts), True
        at += 2 if body.startswith(b"\r\n", at) else 1 if body.startswith(b"\n", at) else 0
    return (b"".join(parts), True) if parts else (body, False)  # it was unpacked by the archive
