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
_MEMBER = b"\x1f\x8b\x08"
_MOST_MEMBERS = 1000


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
        try:
            return _unpacked(body, window, limit, partial=partial)
        except (zlib.error, EOFError):
            continue
    message = f"content coding {coding!r}"
    raise UndecodableError(message)


def _unpacked(body: bytes, window: int, limit: int, *, partial: bool) -> tuple[bytes, bool]:
    """Return the first *limit* octets packed in *body*, and whether there are more."""
    found = b""
    for _ in range(_MOST_MEMBERS):
        unpacking = zlib.decompressobj(window)
        # zlib takes 0 for "no limit": one octet more tells whether there is more, too.
        found += unpacking.decompress(body, limit + 1 - len(found))
        if len(found) > limit:
            return found[:limit], True
        if not unpacking.eof:
            # A stream that stops early is not the whole of what was sent.
            if partial:
                return found, False
            raise EOFError
        body = unpacking.unused_data
        # What follows is another member (RFC 1952, section 2.2), or padding that browsers ignore.
        if not body.startswith(_MEMBER):
            return found, False
    message = f"more than {_MOST_MEMBERS} gzip members"
    raise UndecodableError(message)
