"""Access gates: what bars the way to a page, from its status, its headers and its main part.

RFC 9110 15.5 (401, 402, 403) and 15.6 (5xx), RFC 6585 4 (429), RFC 7725 (451), the price headers
of pay per crawl and the marks that challenge vendors document. A gate is a fact beside what is
reserved; only a price says that use is for sale. A gate is recorded and never passed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler.signals import Page, Reader
from provenance.records import Gate, Signal, Strength, Value

if TYPE_CHECKING:
    from collections.abc import Iterator


_SERVED = range(200, 300)
_REDIRECTED = frozenset({301, 302, 303, 307, 308})
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
_FOR_SALE = frozenset({"license", "l402"})  # schemes of WWW-Authenticate that sell access

_CHALLENGES = (
    ("cf-mitigated", frozenset({"challenge"}), "cloudflare"),
    ("x-amzn-waf-action", frozenset({"challenge", "captcha"}), "aws-waf"),
)
_CHALLENGE_MARKS = (
    ("//script[contains(@src, '/cdn-cgi/challenge-platform/')]/@src", "cloudflare"),
    ("//*[@id='px-captcha']/@id", "human-perimeterx"),
    ("//script[@id='anubis_challenge']/@id", "anubis"),
)

_LOGIN_WORDS = frozenset({"login", "signin", "sign-in", "sign_in", "log-in", "log_in", "logon"})
_ACCOUNT_WORDS = frozenset({"sso", "account", "accounts", "oauth", "oauth2", "auth", "idp"})
_RETURN_NAMES = re.compile(
    r"next|return\w*|redirect\w*|continue|goto|back|back_?url|dest(ination)?|url|service|from|target"
)
# The words of a demand, not of a menu: a link "ログイン" stands on open pages too.
_REGISTRATION = re.compile(
    r"会員登録が必要|会員限定|続きを読むには|登録すると続き|ログインして続き"
    r"|(subscribe|register|sign up|log in|sign in) to (continue|read)",
    re.IGNORECASE,
)
_MAIN_TEXT = 400
"""Characters of text outside of forms and menus from which on a page has content of its own."""
_ASIDE = " or ".join(f"ancestor::{tag}" for tag in ("header", "nav", "footer", "aside", "dialog"))
_MAX_QUOTE = 300


@dataclass(frozen=True, slots=True)
class _Found:
    """A gate, the words that show it, and who put it up."""

    gate: Gate
    quote: str
    offer: str = ""
    for_sale: bool = False
    vendor: str = ""
    strength: Strength = Strength.NORMATIVE
    finding: str = ""


def read(page: Page) -> Iterator[Signal]:
    """Yield the gate that *page* stands behind, if there is one."""
    for look in (_challenge, _by_status, _login_redirect, _instead_of_content, _receipt):
        found = look(page)
        if found:
            yield _signal(found)
            return


def _signal(found: _Found) -> Signal:
    return Signal(
        kind="access-gate",
        scope="page",
        usage="crawl",
        value=Value.CONDITIONAL if found.for_sale else Value.UNSPECIFIED,
        gate=found.gate,
        strength=found.strength,
        offer=found.offer,
        quote=found.quote[:_MAX_QUOTE],
        finding=found.finding or (f"vendor:{found.vendor}" if found.vendor else ""),
    )


def _challenge(page: Page) -> _Found | None:
    """Look for a challenge before the status: vendors answer it with any."""
    for name, values, vendor in _CHALLENGES:
        for value in page.values(name):
            if value.lower() in values:
                quote = f"{name}: {value}"
                return _Found(Gate.CHALLENGE, quote, vendor=vendor, strength=Strength.VENDOR)
    # On a page with content the same scripts only watch.
    if page.html is None or (page.status in _SERVED and _main_text_length(page) >= _MAIN_TEXT):
        return None
    for path, vendor in _CHALLENGE_MARKS:
        mark = page.html.xpath(path).get()
        if mark:
            return _Found(Gate.CHALLENGE, mark, vendor=vendor, strength=Strength.HEURISTIC)
    return None


def _by_status(page: Page) -> _Found | None:
    gate = _BY_STATUS.get(page.status)
    if gate is None:
        return None
    told = page.values(_TOLD_BY.get(page.status, ""))
    quote = f"status {page.status}" + (f", {_TOLD_BY[page.status]}: {told[0]}" if told else "")
    if gate is Gate.PAYMENT:
        return _Found(gate, quote, offer=_offer(page), for_sale=True)
    if gate is Gate.AUTH:
        sold = bool(told) and told[0].split(" ")[0].lower() in _FOR_SALE
        finding = "" if told else "no-www-authenticate"
        return _Found(gate, quote, offer=told[0] if sold else "", for_sale=sold, finding=finding)
    akamai = any(value.startswith("AkamaiGHost") for value in page.values("server"))
    return _Found(gate, quote, vendor="akamai" if gate is Gate.FORBIDDEN and akamai else "")


def _offer(page: Page) -> str:
    """Return the price as the headers state it: `USD 0.01`, or that of x402, undecoded."""
    prices = page.values("crawler-price") or [
        f"x402 {value}" for value in page.values("payment-required")
    ]
    return prices[0][:_MAX_QUOTE] if prices else ""


def _login_redirect(page: Page) -> _Found | None:
    places = page.values("location")
    if page.status not in _REDIRECTED or not places:
        return None
    try:
        asked, target = urlsplit(page.url), urlsplit(urljoin(page.url, places[0]))
        returns = any(_RETURN_NAMES.fullmatch(name.lower()) for name, _ in parse_qsl(target.query))
    except ValueError:  # no address at all, or too many parameters
        return None
    words = _words(target.hostname, target.path) - _words(asked.hostname, asked.path)
    if words & _LOGIN_WORDS or (returns and words & _ACCOUNT_WORDS):
        return _Found(Gate.LOGIN, f"location: {places[0]}", strength=Strength.HEURISTIC)
    return None


def _words(host: str | None, path: str) -> frozenset[str]:
    """Return the labels of *host* and the segments of *path*, without file endings."""
    segments = [segment.partition(".")[0] for segment in path.lower().split("/")]
    return frozenset([*(host or "").lower().split("."), *segments])


def _instead_of_content(page: Page) -> _Found | None:
    """Look for a password form, or words that ask to register, where the content should be."""
    if page.html is None or page.status not in _SERVED or _main_text_length(page) >= _MAIN_TEXT:
        return None
    fields = page.html.xpath(
        "//input[translate(@type, 'PASWORD', 'pasword')='password'][not(" + _ASIDE + ")]"
    )
    if fields:
        quote = "a password form instead of content"
        return _Found(Gate.LOGIN, quote, strength=Strength.HEURISTIC)
    demand = _REGISTRATION.search(_main_text(page))
    if demand:
        return _Found(Gate.REGISTRATION, demand[0], strength=Strength.HEURISTIC)
    return None


def _main_text_length(page: Page) -> int:
    """Return how much text there is; one Han or kana character says as much as two letters."""
    return sum(2 if character > "\u2e7f" else 1 for character in _main_text(page))


def _main_text(page: Page) -> str:
    if page.html is None:
        return ""
    texts = page.html.xpath(
        "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript"
        " or ancestor::form or " + _ASIDE + ")]"
    ).getall()
    return " ".join(" ".join(texts).split())


def _receipt(page: Page) -> _Found | None:
    """Look for the receipt of a fetch that was paid for: served, and for sale."""
    paid = page.values("crawler-charged")
    if page.status not in _SERVED or not paid:
        return None
    return _Found(Gate.NONE, f"crawler-charged: {paid[0]}", offer=paid[0], for_sale=True)


READER = Reader(
    "access-gate",
    read,
    canary=Page("https://canary.example/", status=401, headers=(("WWW-Authenticate", "Basic"),)),
)
