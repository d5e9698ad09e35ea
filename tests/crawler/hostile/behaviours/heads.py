"""Header sections: too long, without end, and lines that are odd in themselves."""

from __future__ import annotations

from tests.crawler.hostile.behaviours import ALLOW, IN, Behaviour, Exchange, Page, Robots, answer

LIMIT = Robots("unreachable", "header-limit")
LIMITED = Page(200, "header-limit", truncated=True)
BEFORE = b"HTTP/1.1 200 OK\r\nX-Robots-Tag: noai\r\n"


def endless_head(exchange: Exchange) -> None:
    exchange.send(BEFORE)
    while True:
        exchange.send(b"X-More: %s\r\n" % (b"a" * 1000) * 50)


def endless_line(exchange: Exchange) -> None:
    exchange.send(BEFORE + b"X-Long: ")
    while True:
        exchange.send(b"a" * 65536)


def endless_folding(exchange: Exchange) -> None:
    exchange.send(BEFORE + b"X-Folded: a\r\n")
    while True:
        exchange.send(b" folded\r\n" * 1000)


def endless_status(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 ")
    while True:
        exchange.send(b"O" * 65536)


COOKIES = [f"Set-Cookie: c{i}={'x' * 50}; Path=/; Domain=test" for i in range(2000)]

TABLE = {
    "endless-head": Behaviour("header lines for ever", endless_head, LIMIT, LIMITED),
    "endless-line": Behaviour("one header line for ever", endless_line, LIMIT, LIMITED),
    "endless-folding": Behaviour("one folded line for ever", endless_folding, LIMIT, LIMITED),
    "endless-status": Behaviour(
        "a status line for ever", endless_status, LIMIT,
        Page(None, "header-limit", truncated=True),
    ),
    "line-10-mb": Behaviour(
        "a header line of 10 MB", BEFORE + b"X-Long: " + b"a" * 10_000_000 + b"\r\n\r\n" + ALLOW,
        LIMIT, LIMITED,
    ),
    "robots-tag-60-kb": Behaviour(
        "an X-Robots-Tag of 60 KB",
        BEFORE + b"X-Robots-Tag: noindex" + b", noindex" * 6700 + b"\r\n\r\n" + ALLOW, LIMIT, LIMITED,
    ),
    "cookie-flood": Behaviour("2,000 cookies", answer(ALLOW, 200, *COOKIES), IN, Page()),
    "cookie-10-mb": Behaviour(
        "a cookie of 10 MB", BEFORE + b"Set-Cookie: a=" + b"a" * 10_000_000 + b"\r\n\r\n", LIMIT, LIMITED
    ),
    "referrer-policy": Behaviour(
        "Referrer-Policy: sys.exit", answer(ALLOW, 200, "Referrer-Policy: sys.exit"), IN, Page()
    ),
    "no-colon": Behaviour("a header line without a colon", answer(ALLOW, 200, "odd"), IN, Page()),
    "nul-in-head": Behaviour(
        "NUL in an X-Robots-Tag", answer(ALLOW, 200, b"X-Robots-Tag: no\x00ai, noai"), IN, Page()
    ),
    "non-ascii-head": Behaviour(
        "Latin-1 and broken UTF-8 in an X-Robots-Tag",
        answer(ALLOW, 200, b"X-Robots-Tag: noai, caf\xe9 \xff\xfe"), IN, Page(),
    ),
    "duplicate-tags": Behaviour(
        "X-Robots-Tag three times",
        answer(ALLOW, 200, "X-Robots-Tag: noindex", "X-Robots-Tag: GPTBot: noai",
               "x-robots-tag: noai"), IN, Page(),
    ),
    "folded-tag": Behaviour(
        "an X-Robots-Tag over three lines",
        answer(ALLOW, 200, "X-Robots-Tag: noindex,\r\n noai,\r\n\tnoimageai"), IN, Page(),
    ),
    "refresh": Behaviour(
        "Refresh to a login",
        answer(ALLOW, 200, "Refresh: 0; url=/login?next=/"), IN, Page(gate="login"),
    ),
}  # fmt: skip
