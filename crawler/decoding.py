"""Unpacking an answer's content coding, never beyond a limit (RFC 9110, section 8.4.1).

Scrapy's own unpacking throws the whole answer away when it grows too large; here its first bytes
are kept.
"""

from __future__ import annotations

import zlib

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_RAW = -zlib.MAX_WBITS
_WINDOWS = {
    "gzip": (_GZIP_OR_ZLIB,),
    "x-gzip": (_GZIP_OR_ZLIB,),
    "deflate": (_GZIP_OR_ZLIB, _RAW),  # servers send both
}
_MOST_CODINGS = 2


class UndecodableError(ValueError):
    """The body is not in the coding it is said to be in, or in one we did not ask for."""


def decoded(
    body: bytes, codings: list[str], *, limit: int, partial: bool = False
) -> tuple[bytes, bool]:
    """Return *body* without its *codings* (in the order they were applied), at most *limit* octets.

    The flag says that there was more. *partial* says that the body was cut off by us, so that it
    may end anywhere.

    Raises:
        UndecodableError: an unknown coding, more than two, or data that is damaged or too short.
    """
    wanted = [coding for coding in codings if coding not in {"", "identity"}]
    if len(wanted) > _MOST_CODINGS:
        message = f"{len(wanted)} content codings"
        raise UndecodableError(message)
    more = False
    for coding in reversed(wanted):
        body, cut = _without(body, coding, limit, partial=partial or more)
        more = more or cut
    return body[:limit], more or len(body) > limit


def _without(body: bytes, coding: str, limit: int, *, partial: bool) -> tuple[bytes, bool]:
    if not body:
        return b"", False
    for window in _WINDOWS.get(coding, ()):
        unpacking = zlib.decompressobj(window)
        try:
            unpacked = unpacking.decompress(body, limit)
        except zlib.error:
            continue
        # A stream that stops early is not the whole of what was sent.
        if unpacking.eof or unpacking.unconsumed_tail or partial:
            return unpacked, bool(unpacking.unconsumed_tail)
    message = f"content coding {coding!r}"
    raise UndecodableError(message)
