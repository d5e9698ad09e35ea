"""Connections that copy what comes in, and those that wait for their next request.

Protocol and parser are Scrapy's and Twisted's. Twisted's own pool is left out: for each answer it
starts a timer and stops it again, and it would ask again unseen where a connection was lost.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from twisted.internet.defer import Deferred, gatherResults
from twisted.internet.protocol import Factory
from twisted.web._newclient import HTTP11ClientProtocol, TransportProxyProducer

from crawler.heads import _Parser as BoundedParser
from crawler.heads import _Protocol as BoundedProtocol

if TYPE_CHECKING:
    from twisted.web._newclient import Request

    from crawler.wire import Traffic

KEPT_S = 15.0
"""How long a connection waits for its next request."""

Key = tuple[str, str, str]
"""Scheme, authority, and the address that was connected to."""


class Idle:
    """The connections that wait: one of each host, and *most* of all, at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: OrderedDict[Key, tuple[Any, float]] = OrderedDict()

    def take(self, key: Key) -> Any | None:
        """Return the connection for *key* that still stands, for one request; None for none."""
        self._drop_old()
        connection, _ = self._waiting.pop(key, (None, 0))
        return connection if connection is not None and _stands(connection) else None

    def put(self, key: Key, connection: Any) -> None:
        """Keep *connection* until it is taken, or too old."""
        self._drop_old()
        before, _ = self._waiting.pop(key, (None, 0))
        if before is not None:
            _hang_up(before)
        self._waiting[key] = connection, time.monotonic()
        if len(self._waiting) > self._most:
            _hang_up(self._waiting.popitem(last=False)[1][0])

    def maker(self, key: Key) -> Factory:
        """Return what makes a connection for *key*; it is put here after each answer."""
        return _Maker(self, key)

    def close(self) -> Deferred[Any]:
        """Hang up everywhere; fires when all connections are closed."""
        waiting = [connection for connection, _ in self._waiting.values() if _stands(connection)]
        self._waiting.clear()
        return gatherResults([connection.abort() for connection in waiting])

    def _drop_old(self) -> None:
        latest = time.monotonic() - KEPT_S
        while self._waiting:
            key, (connection, since) = next(iter(self._waiting.items()))
            if since > latest:
                return
            del self._waiting[key]
            _hang_up(connection)


def _hang_up(connection: Any) -> None:
    if _stands(connection):
        connection.transport.loseConnection()


def _stands(connection: Any) -> bool:
    return bool(connection.state == "QUIESCENT")


@dataclass(eq=False)
class _Maker(Factory):
    """Makes connections that copy what comes in."""

    idle: Idle
    key: Key
    noisy = False

    def buildProtocol(self, addr: Any) -> _Connection:  # noqa: ARG002, N802 (Twisted's)
        return _Connection(lambda connection: self.idle.put(self.key, connection))  # type: ignore[no-untyped-call]


class _Flow(TransportProxyProducer):
    """A connection that is read on when the headers are there: the body is taken in at once."""

    def pauseProducing(self) -> None:  # noqa: N802 (Twisted's)
        """Do nothing."""

    def resumeProducing(self) -> None:  # noqa: N802 (Twisted's)
        """Do nothing: reading never ended."""


class _Parser(BoundedParser):
    """Keeps header lines in their order and letter case, too."""

    traffic: Traffic

    def statusReceived(self, status: bytes) -> None:  # noqa: N802 (Twisted's)
        self.traffic.lines.clear()  # those before were of an interim answer
        super().statusReceived(status)

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 (Twisted's)
        self.traffic.lines.append((name.decode("latin-1"), value.decode("latin-1")))
        super().headerReceived(name, value)  # type: ignore[no-untyped-call]


class _Connection(BoundedProtocol):
    """A connection that copies what comes in."""

    traffic: Traffic | None = None
    used = False

    def request(self, request: Request) -> Deferred[Any]:
        # Scrapy's own would read a certificate and an address for each answer, and nobody asks.
        answer: Deferred[Any] = HTTP11ClientProtocol.request(self, request)
        parser: Any = self._parser
        if parser is not None:
            parser.__class__ = _Parser if self.traffic is not None else BoundedParser
            parser.traffic = self.traffic
            self._transportProxy.__class__ = _Flow
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's)
        if self.traffic is not None:
            self.traffic.received += data
        super().dataReceived(data)  # type: ignore[no-untyped-call]
