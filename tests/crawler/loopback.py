"""Hostile and friendly sites on this machine, and a crawl of them in a process of its own.

A site is a table of raw answers by path, so that it can break the protocol; it keeps a log of what
it was asked, which is the evidence of the tests.
"""

from __future__ import annotations

import json
import os
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import duckdb

from crawler.messages import body_of
from crawler.settings import PAGE_BYTES
from crawler.wellknown import WELL_KNOWN
from provenance.evidence import read_record
from provenance.records import Evidence
from tests.conftest import ROOT

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Behaviour = bytes | Callable[[socket.socket], None]

ALLOW = b"User-agent: *\nDisallow:\n"
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
CONTACT = "crawl@example.org"
FILES = frozenset(file.path for file in WELL_KNOWN)


def answer(body: bytes | str = b"", status: int = 200, *headers: str) -> bytes:
    """A whole HTTP/1.1 answer."""
    body = body.encode() if isinstance(body, str) else body
    lines = [
        f"HTTP/1.1 {status} Test",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, status: int = 302) -> bytes:
    return answer(b"", status, f"Location: {location}")


LET_IN = answer(ALLOW)
PAGE = answer("<p>text</p>", 200, "Content-Type: text/html")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as the site saw it."""

    path: str
    headers: dict[str, str]
    began: float
    answered: float
    """Just before its answer was handed over: whoever has the answer, has it later than this."""
    ended: float


@dataclass(slots=True)
class Site:
    """A site as it runs."""

    host: str
    log: list[Asked] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """What it was asked for beside the files in which a site speaks."""
        return [path for path in self.all_paths if path not in FILES]

    @property
    def all_paths(self) -> list[str]:
        return [asked.path for asked in self.log]

    @property
    def url(self) -> str:
        return f"http://{self.host}"


@contextmanager
def site(
    answers: Mapping[str, Behaviour] | None = None,
    *,
    robots: Behaviour = LET_IN,
    thinking_s: float = 0,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Site]:
    """Run a site: *robots* at /robots.txt, *answers* by path, a short page for any other.

    Each answer is given after *thinking_s* seconds.
    """
    table = {"/robots.txt": robots, **(answers or {})}

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            began = time.monotonic()
            connection: socket.socket = self.request
            if tls:
                try:
                    connection = tls.wrap_socket(connection, server_side=True)
                except (ssl.SSLError, OSError):
                    return
            asked = _head(connection)
            if asked is None:
                return
            path, headers = asked
            behaviour = table.get(path, PAGE)
            entry = len(running.log)
            running.log.append(Asked(path, headers, began, began, began))
            time.sleep(thinking_s)
            answered = time.monotonic()
            try:
                if callable(behaviour):
                    behaviour(connection)
                else:
                    connection.sendall(behaviour)
            except OSError:
                pass  # the crawler hung up: that is one of the things to see
            running.log[entry] = Asked(path, headers, began, answered, time.monotonic())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    server = Server(("127.0.0.1", 0), Handler)
    running = Site(f"127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()


def _head(connection: socket.socket) -> tuple[str, dict[str, str]] | None:
    connection.settimeout(10)
    received = b""
    try:
        while b"\r\n\r\n" not in received:
            data = connection.recv(65536)
            if not data:
                return None
            received += data
            if received[:1] == b"\x16":  # TLS, which this site does not speak
                return None
    except OSError:
        return None
    first, *lines = received.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs}


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl left behind."""

    code: int
    summary: dict[str, Any]
    stderr: str
    captures: list[dict[str, Any]]

    def of(self, host: Site | str, probe: str = "robots") -> dict[str, Any]:
        """The one capture of *host* by *probe*."""
        name = host if isinstance(host, str) else host.host
        (found,) = [c for c in self.captures if c["host"] == name and c["probe"] == probe]
        return found


def started(store: Path, *arguments: str, loopback: bool = True) -> subprocess.Popen[str]:
    """Start `provisor crawl` as a user would; a proxy in its environment leads nowhere."""
    environment = {
        **os.environ,
        "http_proxy": "http://127.0.0.1:1",
        "https_proxy": "http://127.0.0.1:1",
    }
    command = [
        sys.executable,
        str(ROOT / "cli.py"),
        "--debug",
        "crawl",
        "--json",
        "--store",
        str(store),
    ]
    command += ["--contact", CONTACT, *(["--allow-loopback"] if loopback else []), *arguments]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )


def ended(process: subprocess.Popen[str], store: Path) -> Crawled:
    """Wait for the crawl's end and read what it recorded."""
    stdout, stderr = process.communicate(timeout=60)
    captures = read(store) if store.exists() else []
    return Crawled(process.returncode, json.loads(stdout) if stdout else {}, stderr, captures)


def crawled(store: Path, *arguments: str, delay: float = 0, loopback: bool = True) -> Crawled:
    """Crawl *arguments* (hosts and options) to the end."""
    return ended(started(store, "--delay", str(delay), *arguments, loopback=loopback), store)


def read(store: Path) -> list[dict[str, Any]]:
    """All captures with their bodies, as dictionaries; those of the files sites speak in are left out."""
    with duckdb.connect(str(store), read_only=True) as connection:
        found = connection.execute(
            "SELECT capture.*, body.bytes AS body"
            " FROM capture LEFT JOIN body ON body_sha256 = sha256"
            " WHERE probe <> 'file' ORDER BY capture_id"
        )
        names = [column[0] for column in found.description or ()]
        captures = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        for capture in captures:
            if capture["body"] is None and capture["body_sha256"]:
                capture["body"] = _kept(connection, store, capture["capture_id"])
        return captures


def _kept(connection: duckdb.DuckDBPyConnection, store: Path, capture_id: int) -> bytes:
    """The body of a page, out of its evidence."""
    rows = connection.execute(
        "SELECT hop, kind, file, record_offset, record_length, evidence.sha256 FROM evidence"
        " WHERE capture_id = ? AND kind = 'response' ORDER BY hop",
        [capture_id],
    ).fetchall()
    return body_of(read_record(store, Evidence(*rows[-1]))[1], limit=PAGE_BYTES)
