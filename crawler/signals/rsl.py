"""RSL: the address of a machine-readable licence, or the licence itself.

RSL 1.0, section 4: robots.txt names it in `License: ADDRESS` (for its group, or for all groups
that name none), an answer in `Link: <ADDRESS>; rel="license"; type="application/rsl+xml"`, a page
in such a link element, or holds it in a script element; a feed holds it for its items (4.2).
Addresses must be absolute. What the licence says is read in `crawler/rsl.py`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.links import links
from crawler.rsl import licence_signals
from crawler.rsl_elements import NAMESPACE
from crawler.signals import Page, Reader
from crawler.wellknown import NAMES_A_LICENCE, file_text
from provenance.records import Probe, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.robots.lines import Line


_KIND = "rsl"
_MEDIA_TYPE = "application/rsl+xml"
_MARK = NAMESPACE.encode()
_ROOTS = (b"<rsl", b"<?xml", b"<!DOCTYPE rsl")
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_OF_FEEDS = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml",
    "text/xml",
})  # fmt: skip
_BEGINNING = 1024
_LONGEST_ADDRESS = 2000
_MOST_SCRIPTS = 20
_MAX_QUOTE = 300


def read(page: Page) -> Iterator[Signal]:
    """Yield the licences that an answer names or holds."""
    for link in links(page.values("link")):
        if "license" in link.relations and _is_rsl(link.media_type) and not link.elsewhere:
            yield _named(link.target, scope="asset", quote=f"Link: <{link.target}>; rel=license")
    yield from _in_html(page)
    # A refusal may carry the licence that would lift it (4.10).
    served = page.status in {*range(200, 300), 401, 402}
    if served and (page.probe is Probe.FILE or _is_rsl(page.media_type)):
        yield from _document(page)
    elif served and page.media_type in _OF_FEEDS and _MARK in page.body:
        text, finding = file_text(page, markup=True)
        if finding:
            yield Signal(_KIND, "page", "any", finding=finding)
        elif _FEED.search(text[:_BEGINNING]):
            yield from licence_signals(text, scope="page")


def read_line(line: Line, scope: str) -> Iterator[Signal]:
    """Yield the licence that a line of robots.txt names."""
    yield _named(line.value, scope=scope, quote=f"line {line.number}: License: {line.value}")


def _in_html(page: Page) -> Iterator[Signal]:
    for link in page.elements("link"):
        rel, kind, href = link.get("rel", ""), link.get("type", ""), link.get("href")
        if href is not None and "license" in rel.lower().split() and _is_rsl(kind):
            quote = f'<link rel="license" type="{_MEDIA_TYPE}" href="{href}">'
            yield _named(href, scope="page", quote=quote)
    scripts = (one for one in page.elements("script") if _is_rsl(one.get("type", "")))
    for script in islice(scripts, _MOST_SCRIPTS):
        yield from licence_signals("".join(script.xpath("text()")), scope="page")


def _document(page: Page) -> Iterator[Signal]:
    """Yield what a document of its own says, if it is one, or calls itself one."""
    begins = page.body[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    is_xml = begins.startswith(_ROOTS)
    if not page.body or not (_is_rsl(page.media_type) or (is_xml and _mentions_rsl(page))):
        if _was_asked_as_licence(page):
            yield Signal(_KIND, "site", "any", finding="soft-404")
        return
    text, finding = file_text(page, markup=True)
    if finding:
        yield Signal(_KIND, "site", "any", finding=finding)
        return
    yield from licence_signals(text, scope="site")


def _mentions_rsl(page: Page) -> bool:
    return _MARK in page.body or b"<rsl" in page.body[:_BEGINNING]


def _was_asked_as_licence(page: Page) -> bool:
    """Whether a licence was asked for and served, and something else came."""
    try:
        path = urlsplit(page.asked or page.url).path.lower()
    except ValueError:
        return False
    served = page.probe is Probe.FILE and page.status in range(200, 300)
    return served and path.endswith((".rsl", "license.xml", "licence.xml", "rsl.xml"))


def _named(address: str, *, scope: str, quote: str) -> Signal:
    absolute = _is_absolute(address)
    return Signal(
        kind=_KIND,
        scope=scope,
        usage=NAMES_A_LICENCE,
        offer=address if absolute else "",
        quote=quote[:_MAX_QUOTE],
        finding="" if absolute else "relative-license-url",
    )


def _is_absolute(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and len(address) <= _LONGEST_ADDRESS
        )
    except ValueError:
        return False


def _is_rsl(media_type: str) -> bool:
    return media_type.partition(";")[0].strip().lower() == _MEDIA_TYPE


READER = Reader(
    _KIND,
    read,
    canary=Page(
        "https://canary.example/",
        headers=(("Link", f'<https://canary.example/l.xml>; rel="license"; type="{_MEDIA_TYPE}"'),),
    ),
    robots_field="license",
    read_line=read_line,
)
