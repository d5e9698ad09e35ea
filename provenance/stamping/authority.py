"""Asking a time-stamping authority over HTTP (RFC 3161, section 3.4), and nobody else.

The request goes to the address that the operator names: no redirect is followed, no proxy of the
environment is used, and it holds a digest and a random number, nothing of the file.
"""

from __future__ import annotations

import http.client
import ssl
import time
from http import HTTPStatus
from urllib.parse import urlsplit

from provenance.defaults import VERSION
from provenance.errors import Incomplete, UsageRefused

_LARGEST = 256 * 1024
_STEP_S = 20.0
_WHOLE_S = 60.0
_CHUNK = 16_384
_REMEDY = "nothing was kept; try again, or name another authority"


def ask(authority: str, query: bytes) -> bytes:
    """Send *query* to *authority* and return the octets of its answer, whatever they are.

    Raises:
        UsageRefused: *authority* is no address of the web.
        Incomplete: there is no whole answer.
    """
    try:
        parts = urlsplit(authority)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        fact = "no address of a time-stamping authority"
        raise UsageRefused(authority, fact, "name one: http://… or https://…")
    connection = _PORTS[parts.scheme](parts.hostname, port)
    try:
        return _exchanged(connection, parts._replace(scheme="", netloc="").geturl() or "/", query)
    except TimeoutError as error:
        raise Incomplete(authority, "no answer in time", _REMEDY) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        fact = f"no answer ({getattr(error, 'strerror', None) or type(error).__name__})"
        raise Incomplete(authority, fact, _REMEDY) from error
    finally:
        connection.close()


def _exchanged(connection: http.client.HTTPConnection, target: str, query: bytes) -> bytes:
    deadline = time.monotonic() + _WHOLE_S
    headers = {
        "Content-Type": "application/timestamp-query",
        "Accept": "application/timestamp-reply",
        "User-Agent": f"provisor/{VERSION}",
    }
    connection.request("POST", target, body=query, headers=headers)
    with connection.getresponse() as answer:
        if answer.status != HTTPStatus.OK:
            # A redirect among them: where to it would lead, the operator did not name.
            fact = f"it answered with status {answer.status}"
            raise Incomplete(connection.host, fact, _REMEDY)
        octets = b""
        while part := answer.read1(_CHUNK):
            octets += part
            if len(octets) > _LARGEST:
                fact = f"its answer is over {_LARGEST:,} octets"
                raise Incomplete(connection.host, fact, _REMEDY)
            if time.monotonic() > deadline:
                raise TimeoutError
        return octets


def _plain(host: str, port: int | None) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(host, port, timeout=_STEP_S)


def _over_tls(host: str, port: int | None) -> http.client.HTTPConnection:
    return http.client.HTTPSConnection(
        host, port, timeout=_STEP_S, context=ssl.create_default_context()
    )


_PORTS = {"http": _plain, "https": _over_tls}
