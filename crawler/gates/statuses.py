"""Gates that an answer's status names: RFC 9110 15.5 and 15.6, RFC 6585 4, RFC 7725.

401 names its schemes, 402 its price, 429 and 503 when to come back, 451 who demanded it. The codes
of `crawler-error` (Cloudflare, AI Crawl Control) say more than the status they come with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.gates import SERVED, Found
from crawler.gates.prices import price
from crawler.links import links
from provenance.records import Gate, Probe, Strength

if TYPE_CHECKING:
    from crawler.signals import Page

_BY_STATUS = {
    401: Gate.AUTH,
    402: Gate.PAYMENT,
    403: Gate.FORBIDDEN,
    429: Gate.RATE_LIMIT,
    451: Gate.LEGAL,
} | dict.fromkeys(range(500, 600), Gate.SERVER_ERROR)
# The header that says more about a status, to be quoted.
_TOLD_BY = {
    401: "www-authenticate",
    402: "crawler-price",
    429: "retry-after",
    451: "link",
    503: "retry-after",
}
_BY_CRAWLER_ERROR = {
    "CrawlerForbidden": Gate.FORBIDDEN,
    "StrongAuthRequired": Gate.AUTH,
    "InvalidSignature": Gate.AUTH,
    "InvalidCrawlerPriceValue": Gate.PAYMENT,
    "ConflictingPriceHeaders": Gate.PAYMENT,
    "MissingCrawlerPrice": Gate.PAYMENT,
    "InvalidCrawlerExactPrice": Gate.PAYMENT,
    "InvalidCrawlerMaxPrice": Gate.PAYMENT,
    "PaymentFailed": Gate.PAYMENT,
    "InvalidContentPrice": Gate.PAYMENT,
}
_GONE = frozenset({404, 410})
_FOR_SALE = frozenset({"license", "l402", "lsat", "payment", "x402"})  # schemes that sell access
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*+"?', re.DOTALL)
# RFC 9110, 11.6.1: a scheme stands alone or before a blank; a parameter before `=`.
_SCHEME = re.compile(r"([A-Za-z0-9!#$%&'*+.^_`|~-]+)(?:\s+(?!=)|$)")
_MOST_SCHEMES = 10


def refusal(page: Page) -> Found | None:
    """Return the gate that the status of *page* names; None for a status that names none."""
    if page.status in SERVED:
        return None
    error = _crawler_error(page)
    gate = _BY_CRAWLER_ERROR.get(error, _BY_STATUS.get(page.status))
    if gate is None:
        return _gone(page)
    conditions = (f"crawler-error={error}",) if error in _BY_CRAWLER_ERROR else ()
    match gate:
        case Gate.PAYMENT:
            return _payment(page, conditions)
        case Gate.AUTH:
            return _authentication(page, conditions)
        case _:
            return Found(gate, _quote(page), conditions=(*conditions, *_circumstances(page, gate)))


def _crawler_error(page: Page) -> str:
    return next(iter(page.values("crawler-error")), "").partition(" ")[0]


def _gone(page: Page) -> Found | None:
    if page.status not in _GONE or page.probe is Probe.FILE:  # most sites have none of those files
        return None
    return Found(Gate.NONE, f"status {page.status}", finding="gone")


def _quote(page: Page) -> str:
    name = _TOLD_BY.get(page.status, "")
    told = page.values(name)
    said = f", {name}: {told[0]}" if told else ""
    error = page.values("crawler-error")
    return f"status {page.status}{said}" + (f", crawler-error: {error[0]}" if error else "")


def _payment(page: Page, conditions: tuple[str, ...]) -> Found:
    stated = price(page)
    schemes = _schemes(page)
    sold = [line for line in page.values("www-authenticate") if _sells(line)]
    offer = stated.offer if stated else next(iter(sold), "")
    return Found(
        Gate.PAYMENT,
        _quote(page),
        Strength.VENDOR if page.status != 402 else Strength.NORMATIVE,
        offer=offer,
        for_sale=True,
        conditions=(*conditions, *schemes, *(stated.conditions if stated else ())),
        finding=stated.finding if stated else "",
    )


def _authentication(page: Page, conditions: tuple[str, ...]) -> Found:
    told = page.values("www-authenticate")
    sold = next((line for line in told if _sells(line)), "")
    asked = page.status == 401
    return Found(
        Gate.AUTH,
        _quote(page),
        Strength.NORMATIVE if asked else Strength.VENDOR,
        offer=sold,
        for_sale=bool(sold),
        conditions=(*conditions, *_schemes(page)),
        # RFC 9110, 15.5.2: a 401 must say how to authenticate.
        finding="" if told or not asked else "no-www-authenticate",
    )


def _sells(line: str) -> bool:
    return any(scheme.lower() in _FOR_SALE for scheme in _named(line))


def _schemes(page: Page) -> tuple[str, ...]:
    named = [scheme for line in page.values("www-authenticate") for scheme in _named(line)]
    return tuple(f"scheme={scheme}" for scheme in list(dict.fromkeys(named))[:_MOST_SCHEMES])


def _named(line: str) -> list[str]:
    """Return the schemes of one field line: a comma separates both challenges and parameters."""
    parts = _QUOTED.sub('""', line[:4000]).split(",")
    found = (_SCHEME.match(part.strip()) for part in parts)
    return [one[1] for one in found if one]


def _circumstances(page: Page, gate: Gate) -> tuple[str, ...]:
    """Return who refuses, until when, or at whose demand, as far as the answer says."""
    match gate:
        case Gate.FORBIDDEN:
            akamai = any(value.startswith("AkamaiGHost") for value in page.values("server"))
            return ("vendor=akamai",) if akamai else ()
        case Gate.LEGAL:
            demanded = [one for one in links(page.values("link")) if "blocked-by" in one.relations]
            return tuple(f"blocked-by={one.target}"[:300] for one in demanded[:3])
        case _:
            later = page.values("retry-after")
            return (f"retry-after={later[0][:40]}",) if later else ()
