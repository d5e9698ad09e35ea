"""One HTTP/1.1 exchange, octet for octet: what was sent, and what came back, as it came.

The connection, TLS with its checks, and the parser are Scrapy's and Twisted's. Only the last step
is our own: each connection keeps a copy of the octets that pass, before anybody reads them. The
engine between spider and downloader is left out: it knows no octets, and costs ten times as much.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.contextfactory import _load_context_factory_from_settings
from twisted.internet.defer import Deferred, succeed
from twisted.internet.endpoints import TCP4ClientEndpoint, TCP6ClientEndpoint, wrapClientTLS
from twisted.internet.protocol import Protocol, connectionDone
from twisted.internet.tcp import Client
from twisted.web._newclient import Request, ResponseNeverReceived
from twisted.web.client import ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.http_headers import Headers

from crawler.addresses import address_of
from crawler.connections import Idle

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.interfaces import IStreamClientEndpoint
    from twisted.python.failure import Failure

    from provenance.urls import Address

_REACHED_WITHIN_S = 5.0
_KEPT_OF_A_VISIT = 2  # connections: its host's, and that of where it was sent to
_PORTS = {"http": 80, "https": 443}


@dataclass(slots=True)
class Traffic:
    """The octets of one exchange, and what the parser makes of them."""

    sent: bytes
    limit: int
    """Octets of body after which no more is read."""
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    peer: str = ""
    """The address that was connected to."""
    received: bytearray = field(default_factory=bytearray)
    lines: list[tuple[str, str]] = field(default_factory=list)
    """Header field lines in their order; values are octets, of which Latin-1 loses none."""
    status: int | None = None
    answered_at: datetime | None = None
    """When the headers were complete."""
    body: bytearray = field(default_factory=bytearray)
    """Without its transfer coding, with its content coding."""
    stopped: str = ""
    """Why the octets end before the answer does: length, time, disconnect; else empty."""
    asked: bool = False
    """Whether the request went out."""
    connection: Any = None

    def stop(self, reason: str) -> None:
        """Hang up: nothing more is read."""
        self.stopped = self.stopped or reason
        if self.connection is not None and self.connection.transport is not None:
            self.connection.transport.abortConnection()


class Wire:
    """The way out for one crawl: its connections, and how they are made."""

    def __init__(self, crawler: Crawler) -> None:
        from twisted.internet import reactor

        self._reactor: Any = reactor
        self._tls: Any = _load_context_factory_from_settings(crawler)
        self._timeout_s = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._idle = Idle(_KEPT_OF_A_VISIT * crawler.settings.getint("CONCURRENT_REQUESTS"))

    async def exchange(self, address: Address, traffic: Traffic) -> None:
        """Ask *address* and let *traffic* tell what came, also when this raises.

        Raises:
            TimeoutError: the whole answer was not there in time.
            Exception: whatever Twisted, OpenSSL or service_identity call the failure.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._exchange(address, traffic)
        except TimeoutError:
            traffic.stop("time")
            raise
        except asyncio.CancelledError:
            traffic.stop("time")
            raise
        except Exception:
            traffic.stopped = traffic.stopped or "disconnect"
            raise
        finally:
            if traffic.connection is not None:
                traffic.connection.traffic = traffic.connection = None

    async def resolved(self, address: Address) -> str:
        """Return the IP address behind *address*.

        Raises:
            DNSLookupError: there is none, or none that may be contacted.
        """
        return address.host.strip("[]") if address.is_ip else await address_of(address.host)

    async def reaches(self, address: Address) -> bool:
        """Whether *address*, asked of the name service anew, takes a connection.

        Raises:
            Exception: why it does not.
        """
        literal = address.host.strip("[]") if address.is_ip else ""
        peer = literal or await address_of(address.host, anew=True)
        opening = asyncio.open_connection(peer, int(address.port or _PORTS[address.scheme]))
        _, writer = await asyncio.wait_for(opening, _REACHED_WITHIN_S)
        writer.close()
        return True

    async def _exchange(self, address: Address, traffic: Traffic) -> None:
        loop = asyncio.get_running_loop()
        traffic.peer = await self.resolved(address)
        used = await self._connect(address, traffic, loop)
        try:
            await _talk(traffic, loop)
        except ResponseNeverReceived:
            # A server may close an idle connection as we speak (RFC 9112, section 9.3.1).
            if not used or traffic.received or traffic.stopped:
                raise
            await self._connect(address, traffic, loop)
            await _talk(traffic, loop)

    async def _connect(
        self, address: Address, traffic: Traffic, loop: asyncio.AbstractEventLoop
    ) -> bool:
        """Give *traffic* a connection; return whether others used it before."""
        key = (address.scheme, address.authority, traffic.peer)
        connection = self._idle.take(key)
        if connection is None:
            endpoint: Any = self._endpoint(address, traffic.peer)
            connection = await endpoint.connect(self._idle.maker(key)).asFuture(loop)
        used, connection.used = connection.used, True
        connection.traffic, traffic.connection = traffic, connection
        return bool(used)

    def _endpoint(self, address: Address, peer: str) -> IStreamClientEndpoint:
        port = int(address.port or _PORTS[address.scheme])
        tcp = TCP6ClientEndpoint if ":" in peer else TCP4ClientEndpoint
        plain: Any = tcp(self._reactor, peer, port, self._timeout_s)
        if address.scheme == "http":
            return plain  # type: ignore[no-any-return]
        options = self._tls.creatorForNetloc(address.host.strip("[]").encode(), port)
        wrapped: IStreamClientEndpoint = wrapClientTLS(options, plain)
        return wrapped

    async def close(self) -> None:
        """Hang up everywhere; servers that do not react are not waited for."""
        closing = self._idle.close().asFuture(asyncio.get_running_loop())
        await asyncio.wait([closing], timeout=1)


async def _talk(traffic: Traffic, loop: asyncio.AbstractEventLoop) -> None:
    """Send the request and take the answer in, to its end or the limit."""
    traffic.asked = True
    ended: asyncio.Future[None] = loop.create_future()

    def answered(response: Any) -> None:
        traffic.status, traffic.answered_at = response.code, datetime.now(UTC)
        if response.length == 0:  # one without a body would never end
            _settle(ended)
        else:
            response.deliverBody(_Body(ended, traffic))

    asked: Deferred[Any] = traffic.connection.request(_Octets(traffic.sent))
    asked.addCallback(answered).addErrback(lambda failure: _settle(ended, failure.value))
    try:
        await ended
    except asyncio.CancelledError:
        asked.cancel()
        raise


def _settle(ended: asyncio.Future[None], error: BaseException | None = None) -> None:
    """Say that an exchange came to its end, unless that was said before."""
    if ended.done():
        return
    if error is None:
        ended.set_result(None)
    else:
        ended.set_exception(error)


class _Octets(Request):
    """A request that is sent as it was written."""

    def __init__(self, octets: bytes) -> None:
        super().__init__(b"GET", b"/", Headers(), None, persistent=True)  # type: ignore[no-untyped-call]
        self._octets = octets

    def writeTo(self, transport: Any) -> Deferred[None]:  # noqa: N802 (Twisted's)
        sent = _sent_at_once(transport, self._octets)
        if sent < len(self._octets):
            transport.write(self._octets[sent:])
        return succeed(None)

    def stopWriting(self) -> None:  # noqa: N802 (Twisted's)
        """Do nothing: all was written at once."""


def _sent_at_once(transport: Any, octets: bytes) -> int:
    """Return how many *octets* an idle connection without TLS takes now.

    `write` would watch the socket until it takes them: two system calls and a turn of the loop.
    """
    idle = type(transport) is Client and not (
        transport.TLS or transport.dataBuffer or transport._tempDataBuffer  # noqa: SLF001
    )
    sent = transport.writeSomeData(octets) if idle and transport.connected else 0
    return sent if isinstance(sent, int) else 0  # `write` meets the error again, and reports it


class _Body(Protocol):
    """Takes a body in, up to the limit."""

    def __init__(self, ended: asyncio.Future[None], traffic: Traffic) -> None:
        self._ended = ended
        self._traffic = traffic

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's)
        if self._ended.done():
            return
        self._traffic.body += data
        if len(self._traffic.body) > self._traffic.limit:
            self._ended.set_result(None)
            self._traffic.stop("length")

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802 (Twisted's)
        if self._ended.done():
            return
        if not reason.check(ResponseDone, PotentialDataLoss):  # type: ignore[no-untyped-call]
            self._traffic.stopped = self._traffic.stopped or "disconnect"
        self._ended.set_result(None)
