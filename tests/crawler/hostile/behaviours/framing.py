"""Where an answer begins and ends: status lines, lengths, chunks, and connections that break."""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING

from tests.crawler.hostile.behaviours import (
    ALLOW,
    BROKEN,
    HTML,
    IN,
    Behaviour,
    Exchange,
    Page,
    Robots,
    answer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HUNG_UP = Robots("unreachable", "connection")
NO_ANSWER = Page(None, "connection")
NOT_HTTP = Page(None, "protocol", truncated=True)
CUT = Page(200, "protocol", truncated=True)

CHUNKED, LAST = b"Transfer-Encoding: chunked", b"\r\n0\r\n\r\n"


def headed(*lines: bytes, body: bytes = ALLOW) -> bytes:
    return b"\r\n".join([b"HTTP/1.1 200 OK", *lines, b"", b""]) + body


def reset(exchange: Exchange) -> None:
    linger = struct.pack("ii", 1, 0)
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


def nothing(_: Exchange) -> None:
    return


def flood(line: bytes, *, first: bytes = b"") -> Callable[[Exchange], None]:
    def send(exchange: Exchange) -> None:
        exchange.send(first)
        while True:
            exchange.send(line * 100)

    return send


def interim_flood(exchange: Exchange) -> None:
    while True:
        exchange.send(b"HTTP/1.1 100 Continue\r\nX-Wait: a little\r\n\r\n" * 50)


def trailer_flood(exchange: Exchange) -> None:
    exchange.send(headed(b"Transfer-Encoding: chunked", body=b"1\r\na\r\n0\r\n"))
    while True:
        exchange.send(b"X-Trailer: %s\r\n" % (b"a" * 1000))


def extension_flood(exchange: Exchange) -> None:
    exchange.send(headed(b"Transfer-Encoding: chunked", body=b"1;"))
    while True:
        exchange.send(b"a" * 10_000)


TABLE = {
    "friendly": Behaviour("answers", answer(ALLOW), IN, Page()),
    "http-0-9": Behaviour("sends a body and no head", ALLOW, BROKEN, NOT_HTTP),
    "ssh-banner": Behaviour("speaks SSH", b"SSH-2.0-OpenSSH_9.6\r\n", BROKEN, NOT_HTTP),
    "smtp-banner-first": Behaviour(
        "speaks SMTP before it is asked", b"220 mail ESMTP\r\n", BROKEN, None, at_once=True
    ),
    "half-a-banner": Behaviour(
        "hangs up within its first line", b"SSH-2.0", HUNG_UP,
        Page(None, "connection", truncated=True),
    ),
    "status-word": Behaviour("`abc` for a status", b"HTTP/1.1 abc\r\n\r\n", BROKEN, NOT_HTTP),
    "status-negative": Behaviour("status -5", b"HTTP/1.1 -5 x\r\n\r\n", BROKEN, NOT_HTTP),
    "status-long": Behaviour(
        "a status of 30 digits", b"HTTP/1.1 " + b"9" * 30 + b" x\r\n\r\n", BROKEN, NOT_HTTP
    ),
    "status-underscores": Behaviour("status 2_0_0", b"HTTP/1.1 2_0_0 x\r\n\r\n", BROKEN, NOT_HTTP),
    "status-999": Behaviour(
        "status 999", answer(ALLOW, 999), Robots("unreadable", "status 999"), Page(999)
    ),
    "status-101": Behaviour(
        "switches protocols unasked", b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        HUNG_UP, Page(None, "connection", truncated=True),
    ),
    "interim": Behaviour(
        "100, 103, then the answer",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
        + answer(ALLOW), IN, Page(),
    ),
    "interim-flood": Behaviour(
        "100 Continue for ever", interim_flood, Robots("unreachable", "header-limit"),
        Page(None, "header-limit", truncated=True),
    ),
    "status-204": Behaviour("no content", b"HTTP/1.1 204 No\r\n\r\n", IN, Page(204)),
    "two-lengths": Behaviour(
        "two lengths that differ", headed(b"Content-Length: 3", b"Content-Length: 24"),
        BROKEN, CUT,
    ),
    "negative-length": Behaviour("length -1", headed(b"Content-Length: -1"), BROKEN, CUT),
    "length-word": Behaviour("length `many`", headed(b"Content-Length: many"), BROKEN, CUT),
    "length-huge": Behaviour(
        "says 10^18 octets, sends 24", headed(b"Content-Length: 1000000000000000000"), BROKEN, CUT
    ),
    "cut-short": Behaviour("says 900, sends 24", headed(b"Content-Length: 900"), BROKEN, CUT),
    "longer-than-said": Behaviour(
        "says 24 octets, sends more", headed(b"Content-Length: 24", body=ALLOW + b"Disallow: /\n"),
        IN, Page(),
    ),
    "bad-chunk": Behaviour(
        "a chunk of length `zz`", headed(b"Transfer-Encoding: chunked", body=b"zz\r\n" + ALLOW),
        BROKEN, CUT,
    ),
    "chunk-huge": Behaviour(
        "a chunk of 16^15 octets",
        headed(b"Transfer-Encoding: chunked", body=b"f" * 15 + b"\r\n" + ALLOW), BROKEN, CUT,
    ),
    "length-and-chunked": Behaviour(
        "both a length and chunks: the chunks count (RFC 9112, 6.3)",
        headed(b"Content-Length: 3", b"Transfer-Encoding: chunked",
               body=b"18\r\n" + ALLOW + b"\r\n0\r\n\r\n"), IN, Page(),
    ),
    "coding-unknown": Behaviour(
        "Transfer-Encoding: gzip", headed(b"Transfer-Encoding: gzip"), BROKEN, CUT
    ),
    "trailer-flood": Behaviour("trailers for ever", trailer_flood, BROKEN, CUT),
    "extension-flood": Behaviour("a chunk extension for ever", extension_flood, BROKEN, CUT),
    "same-length-twice": Behaviour(
        "the same length on two lines", headed(b"Content-Length: 24", b"Content-Length: 24"),
        IN, Page(),
    ),
    "length-plus": Behaviour("length +24", headed(b"Content-Length: +24"), BROKEN, CUT),
    "length-underscore": Behaviour("length 2_4", headed(b"Content-Length: 2_4"), BROKEN, CUT),
    "chunk-0x": Behaviour(
        "a chunk of length 0x18", headed(CHUNKED, body=b"0x18\r\n" + ALLOW + LAST), BROKEN, CUT
    ),
    "chunk-too-long": Behaviour(
        "a chunk that is longer than it says", headed(CHUNKED, body=b"10\r\n" + ALLOW + LAST),
        BROKEN, CUT,
    ),
    "chunked-twice": Behaviour(
        "chunks in chunks", headed(b"Transfer-Encoding: chunked, chunked", body=b"18\r\n" + ALLOW + LAST),
        BROKEN, CUT,
    ),
    "blank-lines-first": Behaviour(
        "empty lines before its answer", b"\r\n\r\n" + answer(ALLOW), BROKEN, NOT_HTTP
    ),
    "status-206": Behaviour(
        "a part that nobody asked for", answer(ALLOW, 206, "Content-Range: bytes 0-23/400"),
        Robots("unreadable", "status 206"), Page(206),
    ),
    "two-answers": Behaviour(
        "answers twice to one question",
        headed(b"Content-Length: 24") + headed(b"Content-Length: 26", body=b"User-agent: *\nDisallow: /\n"),
        IN, Page(),
    ),
    "no-length": Behaviour("ends by closing", headed(body=ALLOW), IN, Page()),
    "bare-lf": Behaviour("lines end at LF", b"HTTP/1.1 200 OK\nX-A: b\n\n" + ALLOW, IN, Page()),
    "http-1-0": Behaviour("HTTP/1.0", b"HTTP/1.0 200 OK\r\n\r\n" + HTML,
                          Robots("unreadable", "html"), Page()),
    "close-at-once": Behaviour(
        "hangs up before it is asked", nothing, HUNG_UP, None, at_once=True
    ),
    "close-after": Behaviour("hangs up when asked", nothing, HUNG_UP, NO_ANSWER),
    "reset": Behaviour("resets the connection", reset, HUNG_UP, NO_ANSWER),
}  # fmt: skip
