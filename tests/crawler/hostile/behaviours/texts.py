"""Bodies: encodings that hide rules, rules that cost time, and pages that cost time."""

from __future__ import annotations

import gzip

from tests.crawler.hostile.behaviours import ALLOW, DENY, IN, OUT, Behaviour, Page, Robots, answer

UNDECODABLE = Robots("unreadable", "undecodable")
MARKUP = Robots("unreadable", "html")
HTML = "Content-Type: text/html"
KIB = 1024


def text(
    what: str, body: bytes, robots: Robots, *headers: str, truncated: bool = False
) -> Behaviour:
    return Behaviour(what, answer(body, 200, *headers), robots, Page(truncated=truncated))


def page(what: str, body: bytes) -> Behaviour:
    """A page that costs time to read; packed, so that it costs little to send."""
    packed = answer(gzip.compress(body, 1), 200, HTML, "Content-Encoding: gzip")
    return Behaviour(what, packed, MARKUP, Page(truncated=len(body) > 2048 * KIB))


WILD = b"User-agent: *\nDisallow: /" + b"*a" * 125_000 + b"b\n"
RULES = b"".join(b"Disallow: /%d\n" % i for i in range(30_000))

TABLE = {
    "utf-16": text("UTF-16 with a mark", DENY.decode().encode("utf-16"), UNDECODABLE),
    "utf-16-unmarked": text("UTF-16 without a mark", DENY.decode().encode("utf-16-be"), UNDECODABLE),
    "utf-32": text("UTF-32", DENY.decode().encode("utf-32"), UNDECODABLE),
    "nul": text("a NUL", ALLOW + b"\0", UNDECODABLE),
    "bom": text("a byte order mark", b"\xef\xbb\xbf" + DENY, OUT),
    "gzip-unsaid": text("gzip that is not said to be", gzip.compress(DENY), UNDECODABLE),
    "cr-only": text("lines that end at CR", DENY.replace(b"\n", b"\r"), OUT),
    "latin-1": text("Latin-1", b"# caf\xe9\n" + DENY, OUT),
    "latin-1-path": text("a path in Latin-1", b"User-agent: *\nDisallow: /caf\xe9\n", IN),
    "u2028": text(
        "U+2028 before a rule that is none",
        "User-agent: *\nAllow: /\u2028Disallow: /\n".encode(), IN,
    ),
    "u0085": text("NEL, VT and FF for line ends", b"User-agent: *\nAllow: /x\xc2\x85\x0b\x0cDisallow: /\n", IN),
    "utf-7": text(
        "says charset utf-7 and means it", b"+ADw-meta name=robots content=noai+AD4-" + b"word " * 200,
        Robots("parsed", page=True), "Content-Type: text/html; charset=utf-7",
    ),
    "charset-nul": text("a charset with a NUL", ALLOW, IN, "Content-Type: text/plain; charset=a\0b"),
    "charset-zlib": text("says charset zlib", ALLOW, IN, "Content-Type: text/html; charset=zlib"),
    "html": text("HTML", b"<!doctype html><p>" + b"word " * 200, MARKUP, HTML),
    "html-after-bom": text("HTML behind a mark", b"\xef\xbb\xbf<html><p>" + b"word " * 200, MARKUP),
    "xml": text("XML", b"<?xml version='1.0'?><a/>", MARKUP),
    "entities": text(
        "XML entities", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">'
        b'<!ENTITY y "' + b"&x;" * 100 + b'">]><a>&y;</a>' + b"word " * 200, MARKUP, HTML,
    ),
    "empty": text("nothing", b"", IN),
    "over-limit": text(
        "600 KiB, the refusal first", DENY + b"#" * (600 * KIB), OUT
    ),
    "many-wildcards": text("125,000 wildcards in one rule", WILD, IN),
    "redos": text("a pattern that makes regular expressions run for ever",
                  b"User-agent: *\nDisallow: /" + b"*/" * 200 + b"*x\n", IN),
    "many-rules": text("30,000 rules", b"User-agent: *\n" + RULES, IN),
    "agents-times-rules": text(
        "2,000 agents times 2,000 rules", b"User-agent: a\n" * 2000 + b"Disallow: /x\n" * 2000,
        Robots("unreadable", "too complex"),
    ),
    "newlines": text("half a million empty lines", b"\n" * 500_000, IN),
    "attributes": page("80,000 attributes", b"<p " + b" ".join(b"a%d=b" % i for i in range(80_000)) + b">x"),
    "nested": page("2 million nested tags", b"<b>" * 2_000_000),
    "metas": page("500,000 metas", b"<meta name=robots content=noai>" * 500_000),
    "comments": page("comments that do not end", b"<!--" * 400_000),
}  # fmt: skip
