"""The server: one process, a bounded number of connections, none of which may only wait."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from provenance.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fastapi import FastAPI

_MOST_CONNECTIONS = 200
_HEAD_S = 10.0
"""A connection whose first request has not begun after so many seconds is closed."""
_IDLE_S = 5
_HEAD_OCTETS = 32 * 1024


class _Impatient(H11Protocol):
    """Closes what only connects: uvicorn by itself waits for a first request for ever."""

    def connection_made(self, transport: Any) -> None:  # (uvicorn's own signature)
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._begun = asyncio.get_running_loop().call_later(_HEAD_S, self._give_up)

    def _give_up(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._begun.cancel()
        super().connection_lost(exc)


def serve(
    app: FastAPI,
    *,
    host: str,
    port: int,
    behind: str = "",
    certificate: Path | None = None,
    key: Path | None = None,
    ready: Callable[[str], None],
) -> None:
    """Serve *app* until the process is told to stop.

    Args:
        app: the application.
        host: an address of this machine.
        port: 0: any that is free.
        behind: the addresses of a proxy whose word on the client's address counts; empty: none.
        certificate: of TLS, with its chain, as PEM.
        key: of the certificate.
        ready: told the address when it listens.

    Raises:
        StoreError: it cannot listen there.
    """
    config = uvicorn.Config(
        app, host=host, port=port, http=_Impatient, ws="none", lifespan="off", log_config=None,
        access_log=False, server_header=False, limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE_S, h11_max_incomplete_event_size=_HEAD_OCTETS,
        timeout_graceful_shutdown=10, proxy_headers=bool(behind),
        forwarded_allow_ips=behind or None,
        ssl_certfile=str(certificate) if certificate else None,
        ssl_keyfile=str(key) if key else None,
    )  # fmt: skip
    try:
        listening = config.bind_socket()
        # Before anybody is told: from here on whoever connects waits until it is served.
        listening.listen(config.backlog)
    except (OSError, SystemExit) as error:
        fact = f"cannot listen on {host} port {port}"
        raise StoreError("serve", fact, "name another port with --port") from error
    scheme, name = "https" if certificate else "http", f"[{host}]" if ":" in host else host
    ready(f"{scheme}://{name}:{listening.getsockname()[1]}/")
    uvicorn.Server(config).run(sockets=[listening])
