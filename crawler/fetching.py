"""One request and its answer: through Scrapy's downloader, with what it cannot tell by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from OpenSSL.SSL import Error as TlsError
from scrapy import Request, signals
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    StopDownload,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed

from crawler.decoding import UndecodableError, decoded
from crawler.heads import BrokenHeadError, HeaderLimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

    from crawler.addresses import Guard
    from provenance.urls import Address

_LIMIT = "provisor_limit"
_RECEIVED = "provisor_received"
_HEADERS = "provisor_headers"
_ANSWERED_AT = "provisor_answered_at"

# The first that fits the failure or one of its causes names it; anything else broke the protocol.
_ERRORS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((HeaderLimitError,), "header-limit"),
    ((CannotResolveHostError,), "dns"),
    ((DownloadTimeoutError,), "timeout"),
    ((TlsError, VerificationError), "tls"),
    ((DownloadConnectionRefusedError, ConnectError, ConnectionClosed), "connection"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request."""

    at: datetime
    """When the headers arrived, or when it failed: aware, UTC."""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    truncated: bool = False
    error: str = ""

    @property
    def location(self) -> str:
        """Where a redirect points; empty for any other answer."""
        if self.error or self.status not in {301, 302, 303, 307, 308}:
            return ""
        return next((value.strip() for name, value in self.headers if name == "Location"), "")


class Web:
    """The way out: asks for one address, once."""

    def __init__(self, crawler: Crawler, guard: Guard) -> None:
        self._crawler = crawler
        self._guard = guard
        crawler.signals.connect(_note_headers, signals.headers_received)
        crawler.signals.connect(_stop_at_limit, signals.bytes_received)

    async def ask(self, address: Address, *, limit: int) -> Answer:
        """Return the answer of *address*, with at most *limit* octets of its body; never raises."""
        if self._guard.refuses(address.host):
            return Answer(datetime.now(UTC), error="refused-address")
        request = Request(
            address.url,
            dont_filter=True,
            meta={"download_slot": address.authority, _LIMIT: limit, _RECEIVED: 0},
        )
        assert self._crawler.engine is not None  # noqa: S101 (a spider runs inside an engine)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 (no server's answer may end the crawl of others)
            kind = "refused-address" if address.host in self._guard.refused else _kind(error)
            return _broken(request, error, kind)
        return _answer(request, response, limit)


def _broken(request: Request, error: Exception, kind: str) -> Answer:
    """Return what there is of an answer that broke off."""
    at, headers = _answered_at(request), request.meta.get(_HEADERS, ())
    for cause in _causes(error):
        if isinstance(cause, BrokenHeadError):
            body = cause.received or None
            return Answer(at, cause.status, cause.headers, body, truncated=True, error=kind)
    return Answer(at, headers=headers, error=kind)


def _answer(request: Request, response: Response, limit: int) -> Answer:
    cut = "download_stopped" in response.flags or len(response.body) > limit
    error = "protocol" if "dataloss" in response.flags else ""
    body, more = response.body[:limit], False
    try:
        body, more = decoded(body, _codings(response), limit=limit, partial=cut or bool(error))
    except UndecodableError:
        error = "protocol"
    return Answer(
        at=_answered_at(request),
        status=response.status,
        headers=tuple(_pairs(response.headers)),
        body=body,
        truncated=cut or more or "dataloss" in response.flags,
        error=error,
    )


def _note_headers(headers: Headers, request: Request) -> None:
    request.meta[_ANSWERED_AT] = datetime.now(UTC)
    request.meta[_HEADERS] = tuple(_pairs(headers))


def _stop_at_limit(data: bytes, request: Request) -> None:
    request.meta[_RECEIVED] += len(data)
    if request.meta[_RECEIVED] > request.meta[_LIMIT]:
        raise StopDownload(fail=False)


def _answered_at(request: Request) -> datetime:
    moment: datetime = request.meta.get(_ANSWERED_AT) or datetime.now(UTC)
    return moment


def _pairs(headers: Headers) -> Iterator[tuple[str, str]]:
    """Yield every field line; values are octets, of which Latin-1 loses none."""
    for name, values in headers.items():
        for value in values:
            yield name.decode("latin-1"), value.decode("latin-1")


def _codings(response: Response) -> list[str]:
    lines = [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
    return [coding.strip().lower() for coding in ",".join(lines).split(",")]


def _kind(error: BaseException) -> str:
    causes = list(_causes(error))
    for types, kind in _ERRORS:
        if any(isinstance(cause, types) for cause in causes):
            return kind
    return "protocol"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield *error* and what lies behind it; Twisted keeps a list of failures."""
    while error is not None:
        yield error
        for failure in getattr(error, "reasons", ()):
            yield from _causes(failure.value)
        error = error.__cause__
