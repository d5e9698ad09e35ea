"""Redirects: too many, in a circle, to nowhere, and to where nobody may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.crawler.hostile.behaviours import ALLOW, IN, Behaviour, Exchange, Page, Robots, answer

if TYPE_CHECKING:
    from collections.abc import Callable

NOWHERE = Robots("unreadable", "status 302")
STAYED = Page(302)
TOO_MANY = Robots("unavailable", "more than five redirects", page=True)


def to(location: str | bytes, status: int = 302) -> bytes:
    octets = location.encode() if isinstance(location, str) else location
    return answer(b"", status, b"Location: " + octets)


def chain(length: int) -> Callable[[Exchange], None]:
    def send(exchange: Exchange) -> None:
        step = int(exchange.path.removeprefix("/hop/")) if "/hop/" in exchange.path else 0
        exchange.send(to(f"/hop/{step + 1}") if step < length else answer(ALLOW))

    return send


def circle(exchange: Exchange) -> None:
    exchange.send(to("/hop/b" if exchange.path == "/hop/a" else "/hop/a"))


def once(first: bytes) -> Callable[[Exchange], None]:
    """Redirect once; answer wherever that led."""

    def send(exchange: Exchange) -> None:
        asked = exchange.path in {"/", "/robots.txt"}
        exchange.send(first if asked else answer(ALLOW))

    return send


def itself(exchange: Exchange) -> None:
    exchange.send(to(exchange.path))


def private(spelling: str) -> Callable[[Exchange], None]:
    def send(exchange: Exchange) -> None:
        port = exchange.silent.rpartition(":")[2]
        exchange.send(to(f"http://{spelling}:{port}/private"))

    return send


def hops(count: int) -> tuple[str, ...]:
    return tuple(f"/hop/{step}" for step in range(1, count + 1))


# 127.0.0.2, where somebody listens, and addresses of every registry entry that is not public.
PRIVATE = {
    "dotted": "127.0.0.2",
    "short": "127.2",
    "number": "2130706434",
    "hex": "0x7f000002",
    "hex-parts": "0x7f.0.0.0x2",
    "octal": "0177.0.0.2",
    "circled": "①②⑦.⓪.⓪.②",
    "ideographic-dots": "127。0。0。2",
    "escaped": "%31%32%37.0.0.2",
    "with-user": "public.test@127.0.0.2",
    "ipv6-mapped": "[::ffff:127.0.0.2]",
    "ipv6-compatible": "[::127.0.0.2]",
    "nat64": "[64:ff9b::7f00:2]",
    "nat64-local": "[64:ff9b:1::7f00:2]",
    "6to4": "[2002:7f00:2::1]",
    "teredo": "[2001:0:808:808::80ff:fffd]",
    "unique-local": "[fd00::1]",
    "link-local-6": "[fe80::1]",
    "unspecified-6": "[::]",
    "unspecified": "0.0.0.0",  # noqa: S104 (never bound to)
    "zero": "0",
    "metadata": "169.254.169.254",
    "cgnat": "100.64.0.1",
    "ten": "10.0.0.1",
    "172-16": "172.16.0.1",
    "192-168": "192.168.0.1",
    "benchmark": "198.18.0.1",
    "broadcast": "255.255.255.255",
    "multicast": "224.0.0.1",
}
REFUSED = Robots("unreachable", "refused-address")

TABLE = {
    **{
        f"hops-{count}": Behaviour(
            f"{count} redirects", chain(count), IN, Page(), elsewhere=hops(count)
        )
        for count in range(1, 6)
    },
    "hops-6": Behaviour(
        "six redirects", chain(6), TOO_MANY, Page(302, "redirects"), elsewhere=hops(5)
    ),
    "hops-100": Behaviour(
        "a hundred redirects", chain(100), TOO_MANY, Page(302, "redirects"), elsewhere=hops(5)
    ),
    "circle": Behaviour(
        "two addresses that point at each other", circle, TOO_MANY, Page(302, "redirects"),
        elsewhere=("/hop/a", "/hop/b"),
    ),
    "itself": Behaviour("points at itself", itself, TOO_MANY, Page(302, "redirects")),
    **{
        f"private-{name}": Behaviour(
            f"points at {spelling}", private(spelling), REFUSED if spelling.isascii() else NOWHERE,
            STAYED,
        )
        for name, spelling in PRIVATE.items()
    },
    "to-file": Behaviour("points at a file", to("file:///etc/passwd"), NOWHERE, STAYED),
    "to-data": Behaviour("points at data:", to("data:text/plain,User-agent:*"), NOWHERE, STAYED),
    "to-ftp": Behaviour("points at ftp:", to("ftp://127.0.0.2/robots.txt"), NOWHERE, STAYED),
    "to-javascript": Behaviour("points at javascript:", to("javascript:alert(1)"), NOWHERE, STAYED),
    "to-gopher": Behaviour("points at gopher:", to("gopher://127.0.0.2:1/_x"), NOWHERE, STAYED),
    "to-bad-port": Behaviour("points at port 99999", to("http://a.test:99999/"), NOWHERE, STAYED),
    "to-bad-brackets": Behaviour("points at [::1", to("http://[::1/"), NOWHERE, STAYED),
    "to-long-name": Behaviour(
        "points at a name of 300 letters", to("http://" + "a." * 150 + "test/"), NOWHERE, STAYED
    ),
    "location-1-mb": Behaviour(
        "a Location of 1 MB", to("/" + "a" * 1_000_000), Robots("unreachable", "header-limit"),
        Page(302, "header-limit", truncated=True),
    ),
    "location-10-kb": Behaviour("a Location of 10 KB", to("/" + "a" * 10_000), NOWHERE, STAYED),
    "location-lf": Behaviour(
        "a LF in the Location: another header", once(to("/a\nX-Robots-Tag: noai")), Robots("parsed", page=True),
        Page(), elsewhere=("/a",),
    ),
    "location-cr": Behaviour(
        "a CR in the Location", once(to("/hop/1\rHost: a.test")), Robots("parsed", page=True), Page(),
        elsewhere=("/hop/1Host:%20a.test",),
    ),
    "location-nul": Behaviour(
        "a NUL in the Location", once(to("/a\0b")), NOWHERE, STAYED
    ),
    "location-latin-1": Behaviour(
        "Latin-1 in the Location", once(to(b"/caf\xe9")), IN, Page(), elsewhere=("/caf%C3%A9",)
    ),
    "location-empty": Behaviour("an empty Location", to(""), NOWHERE, STAYED),
    "location-none": Behaviour("no Location", answer(b"", 302), NOWHERE, STAYED),
    "location-twice": Behaviour(
        "two Locations", once(answer(b"", 302, "Location: /hop/9", "Location: http://127.0.0.2/")),
        IN, Page(), elsewhere=("/hop/9",),
    ),
    "status-300": Behaviour(
        "300 with a Location", to("/a", 300), Robots("unreadable", "status 300"), Page(300)
    ),
    "status-304": Behaviour(
        "304 unasked", b"HTTP/1.1 304 Not Modified\r\n\r\n", Robots("unreadable", "status 304"), Page(304)
    ),
}  # fmt: skip
