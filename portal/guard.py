"""What stands before every page and call: limits, deadlines, headers, a log without secrets."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from portal.limits import counted_as

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from portal.limits import Limiter

_LOG = logging.getLogger("provisor.portal")
_BODY_S = 60.0
"""A request that is not there after so many seconds is given up."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: then a browser would send our own forms with `Origin: null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class Guard:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = [
            (name.lower().encode(), value.encode()) for name, value in _HEADERS.items()
        ]
        if secure:
            self._headers.append((b"strict-transport-security", b"max-age=31536000"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limiter: Limiter = scope["app"].state.portal.limiter
        begun, status = time.monotonic(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(one for one in self._headers if one[0] not in own),
                ]
            await send(message)

        async def receiving() -> Message:
            async with asyncio.timeout(max(0.0, begun + _BODY_S - time.monotonic())):
                return await receive()

        client = counted_as((scope.get("client") or ("",))[0])
        try:
            if wait := limiter.wait("any", client):
                await too_often(wait)(scope, receive, sending)
            else:
                await self._app(scope, receiving, sending)
        except TimeoutError:
            await PlainTextResponse("too slow", 408)(scope, receive, sending)
        finally:
            # The path as we know it, never as it was sent: somebody may have put a token into it.
            route = getattr(scope.get("route"), "path", "-")
            _LOG.info("%s %s %s %dms", scope["method"][:8], route, status,
                      1000 * (time.monotonic() - begun))  # fmt: skip


def too_often(wait: float) -> PlainTextResponse:
    """Return the answer to whoever asks too often."""
    return PlainTextResponse(
        "too many requests; try again later\n", 429, {"Retry-After": str(math.ceil(wait))}
    )
