"""One request and its answer: what came back, unpacked, and the octets it came as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from OpenSSL.SSL import Error as TlsError
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed, DNSLookupError, TCPTimedOutError
from twisted.internet.error import TimeoutError as ConnectTimeoutError

from crawler.addresses import AddressRefusedError
from crawler.decoding import UndecodableError, decoded
from crawler.heads import BrokenHeadError, HeaderLimitError
from crawler.wire import Traffic, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler

    from crawler.addresses import Guard
    from provenance.urls import Address

# The first that fits the failure or one of its causes names it; anything else broke the protocol.
_ERRORS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((HeaderLimitError,), "header-limit"),
    ((AddressRefusedError,), "refused-address"),
    ((DNSLookupError, UnicodeError), "dns"),  # a label may be longer than a name service takes
    ((TimeoutError, ConnectTimeoutError, TCPTimedOutError), "timeout"),
    ((TlsError, VerificationError), "tls"),
    ((ConnectError, ConnectionClosed), "connection"),
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
    peer: str = ""
    """The address that was connected to; empty where none was."""
    sent: bytes = b""
    """The request as it was written; empty where nobody was asked."""
    received: bytes = b""
    """The answer as it came, coded as it was."""
    cut: str = ""
    """Why `received` ends before the answer does: length, time, disconnect."""

    @property
    def location(self) -> str:
        """Where a redirect points; empty for any other answer."""
        if self.error or self.status not in {301, 302, 303, 307, 308}:
            return ""
        return self.field("location").strip()

    def field(self, name: str) -> str:
        """Return the first value of the header *name*, in lower case; empty where it is missing."""
        return next((value for known, value in self.headers if known.lower() == name), "")


class Web:
    """The way out: asks for one address, once."""

    def __init__(self, crawler: Crawler, guard: Guard) -> None:
        self._guard = guard
        self._wire = Wire(crawler)
        agent = {"User-Agent": crawler.settings["USER_AGENT"]}
        said = agent | crawler.settings.getdict("DEFAULT_REQUEST_HEADERS")
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in said.items())

    async def ask(self, address: Address, *, limit: int) -> Answer:
        """Return the answer of *address*, with at most *limit* octets of its body; never raises."""
        if self._guard.refuses(address.host):
            return Answer(datetime.now(UTC), error="refused-address")
        head = f"GET {address.path} HTTP/1.1\r\nHost: {address.authority}\r\n{self._headers}\r\n"
        traffic = Traffic(head.encode("latin-1"), limit)
        try:
            await self._wire.exchange(address, traffic)
        except Exception as error:  # noqa: BLE001 (no server's answer may end the crawl of others)
            kind = "refused-address" if address.host in self._guard.refused else _kind(error)
            return _broken(traffic, error, kind)
        return _whole(traffic)

    async def locate(self, address: Address) -> str | Answer:
        """Return the IP address of *address*, or the answer that it has none we may contact."""
        if self._guard.refuses(address.host):
            return Answer(datetime.now(UTC), error="refused-address")
        try:
            return await self._wire.resolved(address)
        except Exception as error:  # noqa: BLE001 (whatever a name service says, it is no address)
            return Answer(datetime.now(UTC), error=_kind(error))

    async def reaches(self, address: Address) -> bool:
        """Whether *address* takes a connection now; it is asked for nothing."""
        try:
            return await self._wire.reaches(address)
        except Exception:  # noqa: BLE001 (however it fails, it is not reached)
            return False

    async def close(self) -> None:
        """Hang up everywhere."""
        await self._wire.close()


def _whole(traffic: Traffic) -> Answer:
    """Return the answer that came to its end, or to our limit."""
    cut = traffic.stopped == "length"
    error = "protocol" if traffic.stopped == "disconnect" else ""
    body, more = bytes(traffic.body[: traffic.limit]), False
    try:
        partial = cut or bool(error)
        body, more = decoded(body, _codings(traffic), limit=traffic.limit, partial=partial)
    except UndecodableError:
        error = "protocol"
    return _answer(traffic, body=body, truncated=cut or more or bool(traffic.stopped), error=error)


def _broken(traffic: Traffic, error: Exception, kind: str) -> Answer:
    """Return what there is of an answer that broke off."""
    for cause in _causes(error):
        if isinstance(cause, BrokenHeadError):
            traffic.status, traffic.lines = cause.status, list(cause.headers)
            return _answer(traffic, body=cause.received or None, truncated=True, error=kind)
    body = bytes(traffic.body) if traffic.status is not None else None
    return _answer(traffic, body=body, truncated=body is not None, error=kind)


def _answer(traffic: Traffic, *, body: bytes | None, truncated: bool, error: str) -> Answer:
    return Answer(
        at=traffic.answered_at or datetime.now(UTC),
        status=traffic.status,
        headers=tuple(traffic.lines),
        body=body,
        truncated=truncated,
        error=error,
        peer=traffic.peer,
        sent=traffic.sent if traffic.asked else b"",
        received=bytes(traffic.received),
        cut=traffic.stopped,
    )


def _codings(traffic: Traffic) -> list[str]:
    lines = [value for name, value in traffic.lines if name.lower() == "content-encoding"]
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
