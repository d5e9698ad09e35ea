"""A small web on this machine for the demo: sites that tell AI crawlers different things.

Each site is a host of its own: a name that is never in the DNS (RFC 2606) and a port of 127.0.0.1,
to which `crawl --allow-loopback` leads such names. No network and no rights are needed. Their texts
are invented.
"""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class _Reply:
    """What a site answers to one path."""

    body: str = ""
    status: int = 200
    media_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Script:
    """What a site is, and what it answers."""

    name: str
    title: str
    role: str
    robots: _Reply
    pages: dict[str, _Reply] = field(default_factory=dict)
    """By path; an article for every other."""
    every_page: _Reply | None = None
    robots_later: _Reply | None = None
    """The robots.txt after `DemoWeb.change`."""


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A site of the demo, as it runs."""

    name: str
    title: str
    role: str
    """What it is there to show."""
    base_url: str
    """Without a final slash, e.g. `http://open.example:40001`."""

    @property
    def host(self) -> str:
        """Its key in the store: `open.example:40001`."""
        return self.base_url.removeprefix("http://")


class DemoWeb:
    """The sites while they run."""

    def __init__(self, sites: tuple[DemoSite, ...], changed: threading.Event) -> None:
        self.sites = sites
        self._changed = changed

    def __getitem__(self, name: str) -> DemoSite:
        return next(site for site in self.sites if site.name == name)

    def change(self) -> None:
        """Let the site `changed` refuse AI crawlers from now on."""
        self._changed.set()


def _rules(*lines: str) -> _Reply:
    return _Reply("\n".join(lines) + "\n", media_type=TEXT)


_ALL_WELCOME = _rules("User-agent: *", "Disallow:")
_AI_REFUSED = _rules(
    "User-agent: GPTBot", "User-agent: CCBot", "User-agent: ClaudeBot", "Disallow: /", "",
    "User-agent: *", "Disallow:",
)  # fmt: skip
_LOGIN = _Reply(
    "<!doctype html><title>Members</title><body><h1>Members</h1><form method=post action=/login>"
    "<input name=user><input name=password type=password><button>Log in</button></form></body>"
)
_SITES = (
    _Script("open", "Harbour Weather Notes", "lets everybody in, silent on AI", _ALL_WELCOME),
    _Script("ai-refused", "The Lantern Review", "refuses AI crawlers by name", _AI_REFUSED),
    _Script(
        "closed",
        "Foundry Ledger",
        "refuses all crawlers, without naming AI",
        _rules("User-agent: *", "Disallow: /"),
    ),
    _Script(
        "by-path",
        "Two Rivers Gazette",
        "keeps its archive, and its photographs, from AI crawlers",
        _rules("User-agent: GPTBot", "User-agent: CCBot",
               "Disallow: /archive/", "Disallow: /*.jpg$", "Allow: /archive/free/"),
    ),
    _Script(
        "login",
        "Cedar Choir Archive",
        "sends readers to a login form",
        _ALL_WELCOME,
        pages={"/login": _LOGIN},
        every_page=_Reply(status=302, headers=(("Location", "/login?next=/members/"),)),
    ),
    _Script(
        "http-auth",
        "Observatory Logbooks",
        "asks for a password by HTTP",
        _ALL_WELCOME,
        every_page=_Reply(
            "Password needed.\n", 401, TEXT, (("WWW-Authenticate", 'Basic realm="logbooks"'),)
        ),
    ),
    _Script(
        "for-sale",
        "Market Letter Daily",
        "sells each fetch to crawlers",
        _ALL_WELCOME,
        every_page=_Reply("Payment required.\n", 402, TEXT, (("crawler-price", "USD 0.01"),)),
    ),
    _Script(
        "tdm-reserved",
        "Journal of Paper Folding",
        "reserves text and data mining, and offers licences",
        _ALL_WELCOME,
        every_page=_Reply(
            '<!doctype html><head><meta name="tdm-reservation" content="1">'
            '<meta name="tdm-policy" content="/licences.json"><title>Folding</title></head>'
            "<body><p>Twelve new folds for heavy paper.</p></body>"
        ),
    ),
    _Script(
        "noai",
        "Studio Kestrel",
        "says noai in a header",
        _ALL_WELCOME,
        every_page=_Reply(
            "<!doctype html><title>Kestrel</title><body><p>Ink drawings of birds.</p></body>",
            headers=(("X-Robots-Tag", "noai, noimageai"),),
        ),
    ),
    _Script(
        "robots-503",
        "Night Train Stories",
        "cannot serve its robots.txt",
        _Reply("Maintenance.\n", 503, TEXT),
    ),
    _Script(
        "robots-html",
        "Glass Garden",
        "answers robots.txt with its front page",
        _Reply("<!doctype html><title>Glass Garden</title><body><p>Welcome.</p></body>"),
    ),
    _Script(
        "changed",
        "Salt Road Journal",
        "lets AI crawlers in at first, and refuses them later",
        _ALL_WELCOME,
        robots_later=_AI_REFUSED,
    ),
    _Script(
        "pirate",
        "Free Comics Depot",
        "is named on a list that a right holder handed in",
        _ALL_WELCOME,
    ),
)  # fmt: skip
_UNREACHABLE = ("gone", "Old Mill Bulletin", "has nothing behind its address")
_ARTICLE = (
    "<!doctype html><html lang=en><title>{title}</title><body><h1>{title}</h1>"
    + "<p>This page was written for a demonstration and may be copied by anybody.</p>" * 8
    + "</body></html>"
)


@contextmanager
def demo_web() -> Iterator[DemoWeb]:
    """Run the sites of the demo until the block ends."""
    changed = threading.Event()
    with ExitStack() as running:
        sites = [
            DemoSite(
                script.name,
                script.title,
                script.role,
                f"http://{script.name}.example:{running.enter_context(_served(script, changed))}",
            )
            for script in _SITES
        ]
        port = running.enter_context(_taken_port())
        sites.append(DemoSite(*_UNREACHABLE, f"http://{_UNREACHABLE[0]}.example:{port}"))
        yield DemoWeb(tuple(sites), changed)


@contextmanager
def _served(script: _Script, changed: threading.Event) -> Iterator[int]:
    """Serve *script* and yield its port."""

    class Handler(BaseHTTPRequestHandler):
        """Answers by the script."""

        def do_GET(self) -> None:
            """Send the reply of the path."""
            reply = _reply(script, self.path, changed=changed.is_set())
            body = reply.body.encode()
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Type", reply.media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: the demo tells what happens."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _reply(script: _Script, path: str, *, changed: bool) -> _Reply:
    name = path.partition("?")[0]
    if name == "/robots.txt":
        return script.robots_later if changed and script.robots_later else script.robots
    article = _Reply(_ARTICLE.format(title=script.title))
    return script.pages.get(name) or script.every_page or article


@contextmanager
def _taken_port() -> Iterator[int]:
    """Yield a port at which nothing listens, and nothing else can begin to."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
