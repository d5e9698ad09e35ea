"""Licence links: `rel=license` in the Link header and in HTML, with what Creative Commons asks.

RFC 8288 (relation types are compared without case, several stand in one `rel`), RFC 4946 and the
HTML standard, 4.6.7 for `license`. A link without the relation is a mention. A licence that is not
known by its address is recorded as an address and says nothing either way. RSL documents
(`application/rsl+xml`) are another protocol's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.licences import licence_at
from crawler.links import links
from crawler.references import html_base, resolved
from crawler.signals import Page, Reader
from provenance.records import Signal, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_RELATION = "license"
_OTHER_PROTOCOL = "application/rsl+xml"
_MAX_QUOTE = 300
_MOST = 50


def read(page: Page) -> Iterator[Signal]:
    """Yield each licence that *page* links to as its own."""
    for link in links(page.values("link")):
        if (
            _RELATION in link.relations
            and not link.elsewhere
            and link.media_type != _OTHER_PROTOCOL
        ):
            quote = f'Link: <{link.target}>; rel="license"'
            address = resolved(page.url, link.target)
            yield _signal(address, quote, scope="asset" if page.html is None else "page")
    base = html_base(page)
    for element, target in _in_html(page):
        quote = f'<{element} rel="license" href="{target}">'
        yield _signal(resolved(base, target), quote, scope="page")


def _in_html(page: Page) -> Iterator[tuple[str, str]]:
    """Yield name and address of each `a`, `area` or `link` that stands for a licence."""
    wanted = (
        (one.tag, target.strip())
        for one in page.elements("a", "area", "link")
        if (target := one.get("href")) is not None
        and _RELATION in one.get("rel", "").lower().split()
        and one.get("type", "").strip().lower() != _OTHER_PROTOCOL
    )
    yield from list(dict.fromkeys(wanted))[:_MOST]


def _signal(address: str, quote: str, *, scope: str) -> Signal:
    known = licence_at(address)
    return Signal(
        kind="license-link",
        scope=scope,
        usage="any",
        value=known.value if known else Value.UNSPECIFIED,
        offer=address,
        quote=quote[:_MAX_QUOTE],
        finding="" if address else "invalid-address",
        conditions=known.conditions if known else "",
    )


READER = Reader(
    "license-link",
    read,
    canary=Page(
        "https://canary.example/",
        headers=(("Link", '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'),),
    ),
)
