"""A web of as many hosts as 127.0.0.0/8 has addresses, all served by one process.

Every address answers the same: a robots.txt, a page, 404 for any other file in which sites speak.
`python -m benchmarks.crawl.web PORT` serves until it is killed.
"""

from __future__ import annotations

import asyncio
import sys
from ipaddress import ip_network

_ROBOTS = b"User-agent: *\nDisallow: /private/\n\nUser-agent: GPTBot\nDisallow: /\n"
_WORDS = b"<p>Words of a page on this host, about as many as stand in a short article.</p>" * 40
_PAGE = b"<!doctype html><html><head><title>Page</title></head><body>" + _WORDS + b"</body></html>"


def _answer(status: bytes, kind: bytes, body: bytes) -> bytes:
    head = b"HTTP/1.1 %s\r\nServer: bench\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
    return head % (status, kind, len(body)) + body


ROBOTS = _answer(b"200 OK", b"text/plain", _ROBOTS)
MISSING = _answer(b"404 Not Found", b"text/plain", b"not here\n")
PAGE = _answer(b"200 OK", b"text/html; charset=utf-8", _PAGE)


class Site(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:  # noqa: D102
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._waiting = b""

    def data_received(self, data: bytes) -> None:  # noqa: D102
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            path = self._waiting.split(b" ", 2)[1]
            self._waiting = self._waiting[end + 4 :]
            self._transport.write(_by_path(path))


def _by_path(path: bytes) -> bytes:
    if path == b"/robots.txt":
        return ROBOTS
    return MISSING if path.endswith((b".txt", b".json")) else PAGE


def host(number: int) -> str:
    """Return the address of host *number*, below 15 million."""
    return f"127.{number // 62_500 % 240 + 1}.{number // 250 % 250}.{number % 250 + 1}"


def let_in() -> None:
    """Let provisor ask all of 127.0.0.0/8: where loopback is allowed, it is 127.0.0.1 alone."""
    from crawler import addresses

    addresses._THIS_MACHINE = ip_network("127.0.0.0/8")  # type: ignore[assignment]  # noqa: SLF001


async def serve(port: int) -> None:
    """Serve until the process ends."""
    server = await asyncio.get_running_loop().create_server(Site, "0.0.0.0", port, backlog=4096)  # noqa: S104 (all of 127/8)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
