"""The body of an answer, taken out of its octets as they came over the wire.

A page's body is not kept beside its octets: it is found in them again, without transfer coding
(chunks) and content coding (gzip), as it was when it was read.
"""

from __future__ import annotations

import io
import re
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import TYPE_CHECKING, cast

from crawler.decoding import UndecodableError, decoded

if TYPE_CHECKING:
    import socket


_INTERIM = re.compile(rb"HTTP/1\.[01] 1\d\d[^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n")


class _Tape:
    """Plays octets back as a connection would."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets

    def makefile(self, _mode: str) -> io.BytesIO:
        """Return the octets as a file."""
        return io.BytesIO(self._octets)


def body_of(octets: bytes, *, limit: int) -> bytes:
    """Return the body of the answer *octets*, at most *limit* of its octets.

    Of what is no answer, or cannot be unpacked, as much as can be told apart is returned.
    """
    while interim := _INTERIM.match(octets):
        octets = octets[interim.end() :]
    answer = HTTPResponse(cast("socket.socket", _Tape(octets)))
    try:
        answer.begin()
    except (HTTPException, ValueError):
        return octets.partition(b"\r\n\r\n")[2][:limit]
    try:
        body = answer.read()
    except IncompleteRead as broken:
        body = broken.partial
    except (HTTPException, ValueError):
        body = b""
    codings = ",".join(answer.headers.get_all("content-encoding") or ()).split(",")
    try:
        named = [coding.strip().lower() for coding in codings]
        return decoded(body, named, limit=limit, partial=True)[0]
    except UndecodableError:
        return body[:limit]
