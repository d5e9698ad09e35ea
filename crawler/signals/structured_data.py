"""Structured data: walls that a page declares, licences it names, and what is on sale.

schema.org in JSON-LD and microdata: `isAccessibleForFree` as Google documents it for paywalled
content, `license`, `acquireLicensePage`, `usageInfo`, `conditionsOfAccess`, `copyrightNotice`, and
the offers of a dataset; `article:content_tier` of Open Graph. A declared wall is a gate and
reserves nothing; that something is free to read permits nothing. An offer for a dataset shows that
it is sold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.json_ld import json_ld
from crawler.licences import licence_at
from crawler.microdata import microdata
from crawler.references import html_base, resolved
from crawler.schema_org import IMAGE, PAGE, PART, Thing, plain, things, truth
from crawler.signals import Page, Reader
from provenance.records import Gate, Signal, Strength, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_FREE = "isAccessibleForFree"
_TIERS = {"free": Gate.NONE, "metered": Gate.METERED, "locked": Gate.PAYWALL}
_TIER_NAMES = frozenset({"article:content_tier", "og:article:content_tier"})
_DATA = frozenset({"Dataset", "DataCatalog", "DataFeed", "CompleteDataFeed", "DataDownload"})
_NOTICES = ("usageInfo", "conditionsOfAccess", "copyrightNotice")
_AMOUNT = re.compile(r"[\d.,\s]*[1-9][\d.,\s]*")
_CURRENCY = re.compile(r"[A-Za-z]{3,5}")
_MAX_QUOTE = 300
_MOST = 20


def read(page: Page) -> Iterator[Signal]:
    """Yield what *page* declares of its walls, its licences and its offers."""
    if page.html is None:
        return
    written = json_ld(page)
    described = list(things((*written.values, *microdata(page))))
    base = html_base(page)
    yield from _walls(described)
    yield from _tiers(page)
    for thing in described[: _MOST * 5]:
        if thing.is_work:
            yield from _licences(thing, base)
            yield from _offers(thing)
    for finding in written.findings:
        yield _signal(finding=finding)


def _walls(described: list[Thing]) -> Iterator[Signal]:
    """Yield the wall around the page or a part of it; a part is the more exact statement."""
    stated = [(thing, value, truth(value)) for thing in described for value in thing.all(_FREE)]
    works = [one for one in stated if one[0].place == PAGE and one[0].is_work]
    parts = [one for one in stated if one[0].place == PART]
    closed = [one for one in works if one[2] is False]
    closed_parts = [one for one in parts if one[2] is False]
    contradiction = closed and any(one[2] for one in works)
    finding = "contradiction" if contradiction else ""
    quote = "; ".join(_quote(thing, value) for thing, value, _ in (*closed, *closed_parts)[:5])
    if closed_parts:
        selectors = [text for thing, *_ in closed_parts for text in thing.texts("cssSelector")]
        conditions = "; ".join(f"selector={text}" for text in dict.fromkeys(selectors[:_MOST]))
        yield _signal(
            "part", gate=Gate.PAYWALL, quote=quote, finding=finding, conditions=conditions
        )
    elif closed:
        yield _signal(gate=Gate.PAYWALL, quote=quote, finding=finding)
    for thing, value, free in stated[:_MOST]:
        if free is False and thing.place == PAGE and not thing.types:
            yield _signal(quote=_quote(thing, value), finding="no-type")
        elif free is None and (thing.is_work or thing.place == PART):
            yield _signal(quote=_quote(thing, value), finding="unknown-value")


def _quote(thing: Thing, value: object) -> str:
    name = next(iter(thing.types), "untyped")
    said = str(value).lower() if isinstance(value, bool) else plain(value)
    return f"{name} {_FREE}: {said}"


def _tiers(page: Page) -> Iterator[Signal]:
    for meta in page.elements("meta"):
        names = {meta.get(key, "").strip().lower() for key in ("property", "name")}
        if _TIER_NAMES.isdisjoint(names) or meta.get("content") is None:
            continue
        tier = meta.get("content", "").strip()
        gate = _TIERS.get(tier.lower())
        quote = f'<meta property="article:content_tier" content="{tier}">'
        if gate is None:
            yield _signal(quote=quote, finding="unknown-value")
        elif gate is not Gate.NONE:
            yield _signal(gate=gate, strength=Strength.CONVENTION, quote=quote)


def _licences(thing: Thing, base: str) -> Iterator[Signal]:
    """Yield the licence of a work or a picture, where to get one, and the notices beside it."""
    scope = IMAGE if "ImageObject" in thing.types else thing.place
    name = " ".join([thing.types[0], *thing.texts("contentUrl")[:1]])
    licences = [(text, _address(base, text)) for text in thing.texts("license")]
    shops = [resolved(base, text) for text in thing.texts("acquireLicensePage")]
    shop = next((one for one in shops if one), "")
    for text, address in licences[:_MOST]:
        known = licence_at(address) if address else None
        yield _signal(
            scope,
            usage="any",
            value=known.value if known else Value.UNSPECIFIED,
            offer=shop or address,
            quote=f"{name} license: {address or text}",
            conditions=known.conditions if known else "",
        )
    if shop and not licences:
        quote = f"{name} acquireLicensePage: {shop}"
        yield _signal(scope, usage="any", offer=shop, quote=quote)
    for notice in _NOTICES:
        for text in thing.texts(notice)[:1]:
            address = resolved(base, text) if notice == "usageInfo" else ""
            quote = f"{name} {notice}: {text}"
            yield _signal(
                scope, usage="any", offer=address, quote=quote, conditions=f"notice={notice}"
            )


def _address(base: str, text: str) -> str:
    """Return the address that *text* is; empty where it is words ("All rights reserved")."""
    return "" if " " in text else resolved(base, text)


def _offers(thing: Thing) -> Iterator[Signal]:
    """Yield each price at which a dataset is offered; what costs nothing is not for sale."""
    if _DATA.isdisjoint(thing.types):
        return
    name = " ".join([thing.types[0], *thing.texts("name")[:1]])
    for offer in thing.all("offers")[:_MOST]:
        for stated in (offer, *_specified(offer)):
            if not isinstance(stated, dict):
                continue
            amount = plain(stated.get("price", stated.get("lowPrice")))
            currency = plain(stated.get("priceCurrency"))
            if not _AMOUNT.fullmatch(amount):
                continue
            known = _CURRENCY.fullmatch(currency)
            yield _signal(
                thing.place,
                usage="any",
                value=Value.CONDITIONAL,
                offer=f"{currency.upper()} {amount}" if known else amount,
                quote=f"{name}: offer of {amount} {currency}",
                finding="" if known else "no-currency",
                conditions="per=purchase",
            )


def _specified(offer: object) -> list[object]:
    stated = offer.get("priceSpecification") if isinstance(offer, dict) else None
    return stated[:_MOST] if isinstance(stated, list) else [stated]


def _signal(
    scope: str = PAGE,
    *,
    usage: str = "crawl",
    value: Value = Value.UNSPECIFIED,
    gate: Gate = Gate.NONE,
    strength: Strength = Strength.NORMATIVE,
    offer: str = "",
    quote: str = "",
    finding: str = "",
    conditions: str = "",
) -> Signal:
    return Signal(
        kind="structured-data",
        scope=scope,
        usage=usage,
        value=value,
        gate=gate,
        strength=strength,
        offer=offer[:_MAX_QUOTE],
        quote=quote[:_MAX_QUOTE],
        finding=finding,
        conditions=conditions[:_MAX_QUOTE],
    )


def _canary() -> Page:
    from parsel import Selector

    script = '{"@type": "NewsArticle", "isAccessibleForFree": false}'
    html = f'<script type="application/ld+json">{script}</script>'
    return Page("https://canary.example/", html=Selector(html), body=html.encode())


READER = Reader("structured-data", read, canary=_canary())
