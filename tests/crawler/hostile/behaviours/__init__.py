"""What a hostile server does, and what must come of it: one entry each.

A behaviour is mounted twice: as the answer to /robots.txt of one site, and as the front page of
another whose robots.txt lets us in. To add one, add an entry to the table of its subject; the tests
of `test_outcomes.py` then hold it to what it says here, and to what holds for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    Send = bytes | Callable[["Exchange"], None]


class Robots(NamedTuple):
    """What it amounts to as a robots.txt."""

    outcome: str
    reason: str = ""
    """Its beginning, up to a colon."""
    page: bool = False
    """Whether the front page may be asked for then."""


class Page(NamedTuple):
    """What is recorded of it as a page."""

    status: int | None = 200
    error: str = ""
    truncated: bool = False
    gate: str = ""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One way to answer."""

    what: str
    """What it does on the socket."""
    send: Send
    robots: Robots
    page: Page | None
    """None: it never comes to a page."""
    scheme: str = "http"
    """What the crawler is told to speak."""
    certificate: str = ""
    """The server speaks TLS, with this certificate."""
    at_once: bool = False
    """It acts before it has read a request."""
    elsewhere: tuple[str, ...] = ()
    """Paths of its own that may be asked for besides, each once."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One connection, as a behaviour sees it."""

    connection: socket.socket
    path: str
    site: str
    """The site's name and port."""
    silent: str
    """Address and port, on this machine, of a listener that must hear nothing."""

    def send(self, data: bytes) -> None:
        """Send *data*; raises OSError once the crawler has hung up."""
        self.connection.sendall(data)


IN = Robots("parsed", page=True)
OUT = Robots("parsed", page=False)
BROKEN = Robots("unreachable", "protocol")
TIMED_OUT = Robots("unreachable", "timeout")
ALLOW = b"User-agent: *\nDisallow:\n"
DENY = b"User-agent: *\nDisallow: /\n"
HTML = b"<!doctype html><title>x</title><p>" + b"A page like any other. " * 30


def answer(body: bytes = b"", status: int = 200, *headers: str | bytes) -> bytes:
    """Return a whole answer."""
    lines = [
        f"HTTP/1.1 {status} Test",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    octets = [line.encode() if isinstance(line, str) else line for line in lines]
    return b"\r\n".join([*octets, b"", b""]) + body


def every_behaviour() -> dict[str, Behaviour]:
    """Return all of them by name."""
    from tests.crawler.hostile.behaviours import (
        encryption,
        framing,
        gates,
        heads,
        packing,
        redirects,
        slowness,
        texts,
    )

    tables = (encryption, framing, gates, heads, packing, redirects, slowness, texts)
    found: dict[str, Behaviour] = {}
    for table in tables:
        assert not found.keys() & table.TABLE.keys()
        found |= table.TABLE
    return found
