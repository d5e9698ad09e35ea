"""One file from a public address: over https, past the address guard, and no further than asked.

Redirects are not followed: a list that moved is told to its operator, who decides.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler.addresses import Guard
from provenance.defaults import VERSION
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from provenance.urls import Address

_TIMEOUT_S = 30.0
_WHOLE_S = 300.0
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Download:
    """What came back."""

    status: int = 0
    body: bytes = b""
    etag: str = ""
    last_modified: str = ""
    error: str = ""
    """Why there is no whole answer; empty: there is one."""


class _RefusedError(OSError):
    """The address must not be contacted, or the answer is not taken to its end."""


def download(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    limit: int,
    allow_http: bool = False,
    allow_loopback: bool = False,
    timeout_s: float = _TIMEOUT_S,
    whole_s: float = _WHOLE_S,
) -> Download:
    """Ask for *url* once and return the answer; never raises for what the server does.

    Args:
        url: where; https, unless *allow_http*.
        etag: of the last answer; with it, or *last_modified*, status 304 says that nothing changed
            (RFC 9110, sections 13.1.2 and 13.1.3).
        last_modified: of the last answer.
        limit: most octets of the body.
        allow_http: take http as well.
        allow_loopback: contact this machine itself, for tests; no other private address.
        timeout_s: for each step, in seconds.
        whole_s: for the whole answer, in seconds.
    """
    try:
        place = address(url)
    except NotAnAddress:
        return Download(error="not a web address")
    if place.scheme != "https" and not allow_http:
        return Download(error="not https")
    headers = {"User-Agent": f"provisor/{VERSION}", "Accept-Encoding": "identity"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": last_modified} if last_modified else {}
    connection = _connection(place, Guard(allow_loopback=allow_loopback), timeout_s)
    try:
        connection.request("GET", place.path, headers=headers)
        return _read(connection.getresponse(), limit, time.monotonic() + whole_s)
    except _RefusedError as error:
        return Download(error=str(error))
    except TimeoutError:
        return Download(error="timeout")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Download(error=type(error).__name__)
    finally:
        connection.close()


def _connection(place: Address, guard: Guard, timeout_s: float) -> http.client.HTTPConnection:
    """Return a connection that is made to an address which was looked at, and to no other."""

    def connect(*_: object, **__: object) -> socket.socket:
        port = int(place.port or (443 if place.scheme == "https" else 80))
        found = socket.getaddrinfo(place.host.strip("[]"), port, type=socket.SOCK_STREAM)
        # All of them: a name that leads to one private address is not trusted with the others.
        if any(guard.refuses(str(one[4][0])) for one in found):
            raise _RefusedError("refused address")
        return socket.create_connection((str(found[0][4][0]), port), timeout_s)

    host = place.host.strip("[]")
    if place.scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, int(place.port or 443), timeout=timeout_s, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, int(place.port or 80), timeout=timeout_s)
    connection._create_connection = connect  # type: ignore[attr-defined]  # noqa: SLF001 (the way in)
    return connection


def _read(answer: http.client.HTTPResponse, limit: int, deadline: float) -> Download:
    parts, size = [], 0
    if answer.status != HTTPStatus.OK:
        return Download(
            answer.status, b"", answer.getheader("ETag", ""), answer.getheader("Last-Modified", "")
        )
    while part := answer.read1(_CHUNK):
        size += len(part)
        parts.append(part)
        if size > limit:
            raise _RefusedError(f"larger than {limit:,} octets")
        if time.monotonic() > deadline:
            raise _RefusedError("too slow")
    if answer.length:
        raise _RefusedError("broken off")
    return Download(
        answer.status, b"".join(parts), answer.getheader("ETag", ""),
        answer.getheader("Last-Modified", ""),
    )  # fmt: skip
