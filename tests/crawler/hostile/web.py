"""The hostile web as it runs: a site for each behaviour and use, and a log of all it was asked."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.crawler.hostile.behaviours import ALLOW, HTML, Exchange, answer
from tests.crawler.loopback import FILES, NOT_FOUND

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping

    from tests.crawler.hostile.behaviours import Behaviour
    from tests.crawler.hostile.certificates import Authority

LET_IN = answer(ALLOW)
AT_HOME = answer(HTML, 200, "Content-Type: text/html")
_BACKLOG = 256


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as the site saw it."""

    host: str
    """As the Host header says."""
    path: str
    headers: dict[str, str]
    began: float
    ended: float


@dataclass(slots=True)
class Site:
    """One listener: a behaviour, mounted at robots.txt or at the front page."""

    name: str
    behaviour: Behaviour
    mounted: str
    """`robots` or `page`."""
    listening: socket.socket
    silent: str
    tls: ssl.SSLContext | None = None
    port: int = 0
    connections: int = 0
    log: list[Asked] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Its key in the store."""
        return f"{self.name}.test:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.behaviour.scheme}://{self.host}"

    @property
    def paths(self) -> list[str]:
        """What it was asked for beside the files in which a site speaks."""
        return [asked.path for asked in self.log if asked.path not in FILES]

    def answer(self, connection: socket.socket) -> None:
        """Serve one connection to its end."""
        began = time.monotonic()
        if self.behaviour.at_once:
            self._behave(connection, "")
            return
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True)
        asked = _head(connection)
        if asked is None:
            return
        path, headers = asked
        entry = len(self.log)
        self.log.append(Asked(headers.get("host", ""), path, headers, began, began))
        try:
            self._reply(connection, path)
        finally:
            ended = time.monotonic()
            self.log[entry] = Asked(headers.get("host", ""), path, headers, began, ended)
            with suppress(OSError):
                connection.close()

    def _reply(self, connection: socket.socket, path: str) -> None:
        if path in FILES:
            connection.sendall(NOT_FOUND)
        elif self.mounted == "page" and path == "/robots.txt":
            connection.sendall(LET_IN)
        elif self.mounted == "robots" and path == "/":
            connection.sendall(AT_HOME)
        else:
            self._behave(connection, path)

    def _behave(self, connection: socket.socket, path: str) -> None:
        send = self.behaviour.send
        if callable(send):
            send(Exchange(connection, path, self.host, self.silent))
        else:
            connection.sendall(send)


@dataclass(slots=True)
class Silent:
    """A listener that nobody may ever speak to."""

    listening: socket.socket
    connections: int = 0

    @property
    def place(self) -> str:
        address, port = self.listening.getsockname()[:2]
        return f"{address}:{port}"

    def answer(self, connection: socket.socket) -> None:
        """Take note: whoever counts here was let through."""


@dataclass(frozen=True, slots=True)
class HostileWeb:
    """All sites while they run."""

    sites: tuple[Site, ...]
    silent: tuple[Silent, ...]

    def of(self, name: str, mounted: str = "robots") -> Site:
        """The site of behaviour *name*."""
        (found,) = [one for one in self.sites if one.name == _label(name, mounted)]
        return found


@contextmanager
def hostile_web(table: Mapping[str, Behaviour], authority: Authority) -> Iterator[HostileWeb]:
    """Run a site for each behaviour of *table*, and listeners that must hear nothing."""
    silent = tuple(Silent(_listening(address)) for address in ("127.0.0.2", "127.1.2.3"))
    sites = tuple(
        _site(name, behaviour, mounted, silent[0].place, authority)
        for name, behaviour in table.items()
        for mounted in ("robots", "page")
        if mounted == "robots" or behaviour.page
    )
    over = threading.Event()
    accepting = threading.Thread(target=_accept, args=((*sites, *silent), over), daemon=True)
    accepting.start()
    try:
        yield HostileWeb(sites, silent)
    finally:
        over.set()
        accepting.join()
        for site in sites:
            site.listening.close()
        for quiet in silent:
            quiet.listening.close()


def _site(name: str, behaviour: Behaviour, mounted: str, silent: str, authority: Authority) -> Site:
    label = _label(name, mounted)
    tls = None
    if behaviour.certificate:
        tls = authority.context(f"{label}.test", behaviour.certificate)
    listening = _listening("127.0.0.1")
    port = listening.getsockname()[1]
    return Site(label, behaviour, mounted, listening, silent, tls, port)


def _label(name: str, mounted: str) -> str:
    return f"{name}-{mounted}"


def _listening(address: str) -> socket.socket:
    listening = socket.create_server((address, 0), backlog=_BACKLOG)
    listening.setblocking(False)
    return listening


def _accept(listeners: tuple[Site | Silent, ...], over: threading.Event) -> None:
    """Take all connections, each into a thread of its own."""
    with selectors.DefaultSelector() as selector:
        for listener in listeners:
            selector.register(listener.listening, selectors.EVENT_READ, listener)
        while not over.is_set():
            for key, _ in selector.select(0.1):
                one: Site | Silent = key.data
                try:
                    connection, _ = one.listening.accept()
                except OSError:
                    continue
                one.connections += 1
                threading.Thread(target=_serve, args=(one, connection), daemon=True).start()


def _serve(one: Site | Silent, connection: socket.socket) -> None:
    with suppress(OSError), connection:  # the crawler hung up: one of the things to see
        connection.settimeout(70)
        one.answer(connection)


def _head(connection: socket.socket) -> tuple[str, dict[str, str]] | None:
    """Read a request: its path, and its headers."""
    received = b""
    while b"\r\n\r\n" not in received:
        data = connection.recv(65536)
        if not data or data[:1] == b"\x16":  # gone, or TLS where none is spoken
            return None
        received += data
    first, *lines = received.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs}
