"""An HTTP answer as a WARC record holds it: status line, header fields, body (RFC 9112).

Some archives keep the body as it was sent, chunked and compressed, and some unpack it and leave the
header fields as they were; so a coding is taken off where it is there. A body that ends before the
length that its header states, or in the middle of its coding, is an answer that broke off.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from crawler.decoding import UndecodableError, decoded

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]|\r?\n|$)")
_FIELDS_END = re.compile(rb"\r?\n\r?\n")
_PLAIN = re.compile(r"[^\r\n]*(?:\r\n[!-9;-~]+: [!-~][ -~]*)+")  # nothing to trim or unfold
_LINE = re.compile(r"\r\n|\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_GZIP = b"\x1f\x8b"
_MAX_FIELDS = 128 * 1024
_OK = 2


class Message(NamedTuple):
    """What a server answered."""

    status: int | None
    """None: the octets are no HTTP answer."""
    head: str
    """Status line and header fields as received, in Latin-1, which loses no octet."""
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
        return Message(None, "", None, "protocol", more=False)
    end = block.find(b"\r\n\r\n", 0, _MAX_FIELDS)
    after = end + 4
    if end < 0:
        found = _FIELDS_END.search(block, 0, _MAX_FIELDS)
        end, after = found.span() if found else (len(block), len(block))
    head = block[:end].decode("latin-1")
    code, low = int(status[1]), head.lower()
    body, error, more = block[after:], "", cut
    if "\ncontent-encoding" in low or "\ntransfer-encoding" in low:
        body, error, more = _without_codings(body, fields(head), limit=limit, cut=cut)
    elif not cut and stated_length(low) > len(body):
        error, more = "protocol", True
    if code // 100 != _OK:
        error = ""  # what the status says does not hang on the body
    if len(body) > limit:
        body, more = body[:limit], True
    return Message(code, head, body, error, more)


def stated_length(low: str) -> int:
    """Return the Content-Length of a header in lower case; 0 where it states none."""
    at = low.find("\ncontent-length:")
    if at < 0:
        return 0
    value = low[at + 16 : at + 40].partition("\r")[0].strip()
    return int(value) if value.isascii() and value.isdecimal() else 0


def fields(head: str) -> tuple[tuple[str, str], ...]:
    """Return the field lines of *head*, folded ones unfolded (RFC 9112, section 5.2)."""
    if "\n " in head or "\n\t" in head:
        head = _FOLD.sub(" ", head)
    parts = [line.partition(":") for line in _LINE.split(head)[1:]]
    return tuple([(name.strip(), value.strip()) for name, _, value in parts if name.strip()])


def fields_json(head: str) -> str:
    """Return `fields` of *head* as `json.dumps` writes them."""
    if not _PLAIN.fullmatch(head) or " \r\n" in head or head.endswith(" "):
        return json.dumps(fields(head))
    _, _, lines = head.partition("\r\n")
    if '"' in lines or "\\" in lines:
        lines = lines.replace("\\", "\\\\").replace('"', '\\"')
    if lines.count(": ") == lines.count("\r\n") + 1:
        inner = lines.replace("\r\n", '"], ["').replace(": ", '", "')
    else:
        inner = '"], ["'.join([line.replace(": ", '", "', 1) for line in lines.split("\r\n")])
    return f'[["{inner}"]]'


def _without_codings(
    body: bytes, headers: tuple[tuple[str, str], ...], *, limit: int, cut: bool
) -> tuple[bytes, str, bool]:
    """Return *body* as it was before it was coded, an error, and whether there was more."""
    said: dict[str, str] = {}
    for name, value in headers:
        known = said.get(name.lower(), "")
        said[name.lower()] = f"{known},{value.lower()}" if known else value.lower()
    broke_off, more = False, cut
    if "chunked" in said.get("transfer-encoding", ""):
        body, broke_off = _unchunked(body)
    elif not cut:
        # What was sent; an archive that unpacked it may well hold more.
        length = said.get("content-length", "")
        broke_off = length.isascii() and length.isdecimal() and int(length[:18]) > len(body)
    packed = [coding.strip() for coding in said.get("content-encoding", "").split(",")]
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
