"""Terms: where a page says that its terms, its copyright notice and its privacy policy stand.

`copyright`, `terms-of-service` and `privacy-policy` of the IANA link relations (RFC 8288,
RFC 6903), in the Link header and in HTML. They are pointers for a human reader: what the terms
say is not judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.links import links
from crawler.references import html_base, resolved
from crawler.signals import Page, Reader
from provenance.records import Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

_RELATIONS = ("copyright", "terms-of-service", "privacy-policy")
_MAX_QUOTE = 300
_MOST = 20


def read(page: Page) -> Iterator[Signal]:
    """Yield the address of each page of terms, once for each relation."""
    pointers = dict.fromkeys((*_in_headers(page), *_in_html(page)))
    for address, relation, quote in list(pointers)[:_MOST]:
        if address:
            yield Signal(
                kind="terms",
                scope="page",
                usage="any",
                offer=address,
                quote=quote[:_MAX_QUOTE],
                conditions=f"rel={relation}",
            )


def _in_headers(page: Page) -> Iterator[tuple[str, str, str]]:
    for link in links(page.values("link")):
        for relation in _RELATIONS:
            if relation in link.relations and not link.elsewhere:
                quote = f'Link: <{link.target}>; rel="{relation}"'
                yield resolved(page.url, link.target), relation, quote


def _in_html(page: Page) -> Iterator[tuple[str, str, str]]:
    base = html_base(page)
    for one in page.elements("a", "area", "link"):
        stated, target = one.get("rel", "").lower().split(), one.get("href")
        for relation in _RELATIONS:
            if relation in stated and target is not None:
                quote = f'<{one.tag} rel="{relation}" href="{target.strip()}">'
                yield resolved(base, target.strip()), relation, quote


READER = Reader(
    "terms",
    read,
    canary=Page("https://canary.example/", headers=(("Link", '</terms>; rel="terms-of-service"'),)),
)
