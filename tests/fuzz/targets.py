"""What is fuzzed: a function of octets each, which raises where something is not as it must be."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blocklists.check import read
from crawler.pages import page_signals
from crawler.robots.outcome import classify
from crawler.robots.reading import TooComplex, read_robots
from provenance.errors import ProvisorError
from provenance.records import Capture, Probe
from provenance.strict_json import NotStrictJson, parse_object
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_FOLDER = Path(tempfile.gettempdir())


def _capture(probe: Probe, body: bytes, *headers: tuple[str, str]) -> Capture:
    return Capture(
        url="https://site.example/", host="site.example", path="/", probe=probe, captured_at=NOW,
        method="crawl", status=200, body=body, headers=headers,
    )  # fmt: skip


def robots(octets: bytes) -> None:
    """Any octets are a robots.txt, or are told as none."""
    with suppress(TooComplex):
        assert read_robots(octets) == read_robots(octets)
    classify(_capture(Probe.ROBOTS, octets))


def headers(octets: bytes) -> None:
    """Any header value is read or passed over."""
    value = octets.decode("latin-1").replace("\r", "").replace("\n", "")
    for name in ("X-Robots-Tag", "Content-Usage", "tdm-reservation", "Link", "Refresh"):
        page_signals(_capture(Probe.PAGE, b"", ("Content-Type", "text/html"), (name, value)))


def html(octets: bytes) -> None:
    """Any page is read or passed over."""
    page_signals(_capture(Probe.PAGE, octets, ("Content-Type", "text/html")))


def urls(octets: bytes) -> None:
    """What is an address is spelt once, and its spelling is its own."""
    try:
        spelt = address(octets.decode("utf-8", "surrogateescape"), hidden=True).url
    except NotAnAddress:
        return
    assert address(spelt, hidden=True).url == spelt


def json(octets: bytes) -> None:
    """What is JSON has one meaning."""
    with suppress(NotStrictJson):
        parse_object(octets)


def lists(octets: bytes) -> None:
    """Any file is a list, or refused."""
    with tempfile.NamedTemporaryFile(suffix=".txt", dir=_FOLDER) as file:
        file.write(octets)
        file.flush()
        with suppress(ProvisorError):
            for _ in read(Path(file.name), now=NOW):
                pass


TARGETS: dict[str, tuple[Callable[[bytes], None], tuple[bytes, ...]]] = {
    "robots": (robots, (b"User-agent: GPTBot\nDisallow: /a*$\nContent-Usage: train-ai=n\n", b"\xef\xbb\xbf# x\r")),
    "headers": (headers, (b"noai, noimageai", b"train-ai=n;exp=/a", b"1", b'</l>; rel="license"', b"0; url=/login")),
    "html": (html, (b'<meta name="robots" content="noai"><script type="application/ld+json">{"@type":"X"}</script>',)),
    "urls": (urls, (b"http://good.com\\@evil.com/", b"https://xn--.example:443/%7Eb?#", b"HTTP://0x7f.1/../a")),
    "json": (json, (b'{"url": "x", "n": [1e400, "\\ud800"]}',)),
    "lists": (lists, (b"a.example\n||b.example^\n", b"0.0.0.0 a.example\n", b"value,scope\na.example,domain\n")),
}  # fmt: skip
