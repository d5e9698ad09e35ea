"""Answers that take for ever, or have no end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.crawler.hostile.behaviours import ALLOW, IN, TIMED_OUT, Behaviour, Exchange, Page

if TYPE_CHECKING:
    from collections.abc import Callable

CHUNKED = b"HTTP/1.1 200 OK\r\nX-Kept: yes\r\nTransfer-Encoding: chunked\r\n\r\n"
STEP_S = 0.5
LONGEST_S = 60


def silent(exchange: Exchange) -> None:
    exchange.connection.settimeout(LONGEST_S)
    exchange.connection.recv(1)  # until the crawler hangs up


def deaf(_: Exchange) -> None:
    time.sleep(LONGEST_S)


def drip(first: bytes, drop: bytes) -> Callable[[Exchange], None]:
    def send(exchange: Exchange) -> None:
        exchange.send(first)
        for _ in range(int(LONGEST_S / STEP_S)):
            time.sleep(STEP_S)
            exchange.send(drop)

    return send


def endless_body(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Kept: yes\r\nX-Robots-Tag: noai\r\n\r\n" + ALLOW)
    while True:
        exchange.send(b"#" * 65535 + b"\n")


def endless_chunks(exchange: Exchange) -> None:
    exchange.send(CHUNKED + b"18\r\n" + ALLOW + b"\r\n")
    while True:
        exchange.send(b"10000\r\n" + b"#" * 65535 + b"\n\r\n")


GONE = Page(None, "timeout")
TABLE = {
    "silent": Behaviour("never answers", silent, TIMED_OUT, GONE),
    "silent-at-once": Behaviour("never reads", deaf, TIMED_OUT, None, at_once=True),
    "head-drip": Behaviour(
        "a header line every half second", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        TIMED_OUT, GONE,
    ),
    "body-drip": Behaviour(
        "an octet of the body every half second",
        drip(b"HTTP/1.1 200 OK\r\nX-Robots-Tag: noai\r\n\r\nUser-agent: *\n", b"#"), TIMED_OUT,
        Page(200, "timeout", truncated=True),
    ),
    "endless-body": Behaviour("a body for ever", endless_body, IN, Page(200, truncated=True)),
    "endless-chunks": Behaviour("chunks for ever", endless_chunks, IN, Page(200, truncated=True)),
    "endless-body-tls": Behaviour(
        "a body for ever, encrypted", endless_body, IN, Page(200, truncated=True),
        scheme="https", certificate="good",
    ),
}  # fmt: skip
