"""The head of an answer: bounded, and kept as far as it came when the answer breaks there.

Twisted bounds neither the header section nor what precedes the final status, and throws away what
came before a mistake. This handler, Scrapy's own otherwise, stops a head that is too long and hands
over what stood in it (RFC 9110, section 5.4 lets a client limit both a line and all of them).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.python.failure import Failure
from twisted.web._newclient import DONE, STATUS, ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import Request as TwistedRequest
    from twisted.web.iweb import IResponse

LINE_BYTES = 16 * 1024
"""Of one header line; longer than any server sends in earnest."""

HEAD_BYTES = 256 * 1024
"""Of all lines before the body, interim answers (1xx) included."""

_KEPT_BYTES = 64 * 1024
_STATUS = re.compile(rb"[^ ]+ [1-9][0-9]{2}(?: .*)?", re.DOTALL)


class BrokenHeadError(Exception):
    """The answer ended or broke before its body; the cause says how."""

    def __init__(
        self, status: int | None, headers: tuple[tuple[str, str], ...], received: bytes = b""
    ) -> None:
        super().__init__("an answer that broke off in its head")
        self.status = status
        """None: no status line came, or none that can be read."""
        self.headers = headers
        """The lines that came whole, and the beginning of one that was too long."""
        self.received = received
        """What could not be read, from its first octet on."""


class HeaderLimitError(BrokenHeadError):
    """The head is longer than `HEAD_BYTES`, or one of its lines than `LINE_BYTES`."""


class _Parser(_LenientHTTPClientParser):
    """Counts the lines of the head."""

    MAX_LENGTH = LINE_BYTES
    _octets = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 (Twisted's)
        self._octets += len(line) + 1
        if self._octets > HEAD_BYTES:
            raise HeaderLimitError(*self._so_far())
        try:
            super().lineReceived(line)
        except Exception as error:
            unread = line + b"\n" + self._unread()
            raise BrokenHeadError(*self._so_far(), unread[:_KEPT_BYTES]) from error

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 (Twisted's)
        raise HeaderLimitError(*self._so_far(line[:LINE_BYTES]))

    def statusReceived(self, status: bytes) -> None:  # noqa: N802 (Twisted's)
        # Twisted takes whatever `int` takes: `-5`, `2_0_0`, numbers of any length.
        if not _STATUS.fullmatch(status):
            raise ParseError("no status of three digits", status)  # type: ignore[no-untyped-call]
        super().statusReceived(status)  # type: ignore[no-untyped-call]

    def connectionLost(self, reason: Failure | None = None) -> None:  # noqa: N802 (Twisted's)
        began = self._everReceivedData and self.bodyDecoder is None and self.state != DONE
        if began and reason and not isinstance(reason.value, BrokenHeadError):
            unread = self._unread()[:_KEPT_BYTES]
            try:
                raise BrokenHeadError(*self._so_far(), unread) from reason.value
            except BrokenHeadError:
                reason = Failure()  # type: ignore[no-untyped-call]
        super().connectionLost(reason)

    def _so_far(self, cut: bytes = b"") -> tuple[int | None, tuple[tuple[str, str], ...]]:
        """Return the status and the header lines that came, and what came of the one cut off."""
        if self.state == STATUS:
            return None, ()
        lines = [b"".join(self._partialHeader or []), cut]
        pairs = [line.partition(b":") for line in lines if b":" in line]
        found = [
            *((name, value) for name, values in self._received() for value in values),
            *((name, value.strip()) for name, _, value in pairs),
        ]
        response = getattr(self, "response", None)
        return getattr(response, "code", None), tuple(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in found
        )

    def _unread(self) -> bytes:
        return bytes(self.clearLineBuffer())  # type: ignore[no-untyped-call]

    def _received(self) -> Iterator[tuple[bytes, Sequence[bytes]]]:
        yield from self.connHeaders.getAllRawHeaders()
        yield from self.headers.getAllRawHeaders()


class _Protocol(_LenientHTTP11ClientProtocol):
    """A connection whose answers are read by `_Parser`."""

    def request(self, request: TwistedRequest) -> Deferred[IResponse]:
        answer = super().request(request)
        assert self._parser is not None  # noqa: S101 (`super` has just made it)
        self._parser.__class__ = _Parser  # as Scrapy does: the class is fixed in Twisted's code
        return answer

    def _giveUp(self, reason: Failure) -> None:  # noqa: N802 (Twisted's)
        super()._giveUp(reason)  # type: ignore[no-untyped-call]
        if isinstance(reason.value, BrokenHeadError) and self.transport:
            self.transport.abortConnection()  # a polite end would wait for the server's


class _Factory(_LenientHTTP11ClientFactory):
    """Makes connections with bounded heads."""

    def buildProtocol(self, _: IAddress | None) -> _Protocol:  # noqa: N802 (Twisted's)
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHeadsHandler(HTTP11DownloadHandler):
    """Scrapy's download handler, with an end to every answer's head."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory  # noqa: SLF001 (the way Scrapy itself sets it)
