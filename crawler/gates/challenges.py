"""Challenges: pages that want proof of a browser or a human instead of showing content.

The marks are those that vendors document or that their pages carry (docs/signals.md). A vendor's
header or script on a page with content is no gate: the vendor only watches there. A challenge is
recorded and never solved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.gates import SERVED, Found
from crawler.gates.content import ENOUGH, length
from provenance.records import Gate, Strength

if TYPE_CHECKING:
    from crawler.signals import Page

# Headers that say "challenge" themselves, whatever the status.
_DECLARED = (
    ("cf-mitigated", frozenset({"challenge"}), "cloudflare"),
    ("x-amzn-waf-action", frozenset({"challenge", "captcha"}), "aws-waf"),
)
# Beginnings of header names and of cookies that mean a challenge only where the way is refused.
_REFUSING = frozenset({403, 405, 429, 503})
_ON_REFUSAL = (
    ("x-datadome", "datadome"),
    ("x-dd-b", "datadome"),
    ("x-px-", "human-perimeterx"),
    ("x-kpsdk-", "kasada"),
)
_COOKIES_ON_REFUSAL = (
    ("datadome=", "datadome"),
    ("_px", "human-perimeterx"),
    ("pxcts=", "human-perimeterx"),
)
# The same for two whose refusals may also be pages with an explanation.
_ON_BARE_REFUSAL = (("x-sucuri-id", "", "sucuri"), ("server", "ddos-guard", "ddos-guard"))
# A cookie that only the challenge sets, whatever its status.
_COOKIES_WITHOUT_CONTENT = (("techaro.lol-anubis", "anubis"),)

# `jsd` is the script that watches on every page.
_CLOUDFLARE = (
    "//script[contains(@src, '/cdn-cgi/challenge-platform/')]"
    "[not(contains(@src, '/scripts/jsd/'))]/@src"
)
_CLOUDFLARE_TITLE = "Just a moment"
# What a challenge page is built of.
_PARTS = (
    (_CLOUDFLARE, "cloudflare"),
    ("//script[contains(text(), '_cf_chl_opt')]/text()", "cloudflare"),
    ("//script[@id='anubis_challenge' or @id='anubis_version']/@id", "anubis"),
    ("//*[contains(@src | @href, '/.within.website/x/cmd/anubis/')]/@*", "anubis"),
    ("//*[contains(@src, 'captcha-delivery.com/')]/@src", "datadome"),
    ("//*[@id='px-captcha']/@id", "human-perimeterx"),
    ("//iframe[contains(@src, '_Incapsula_Resource')]/@src", "imperva"),
    ("//script[contains(text(), 'window.KPSDK')]/text()", "kasada"),
    ("//script[contains(text(), 'gokuProps')]/text()", "aws-waf"),
    ("//script[contains(@src, '/_sec/cp_challenge/')]/@src", "akamai"),
    ("//script[contains(text(), 'sucuri_cloudproxy')]/text()", "sucuri"),
    ("//*[contains(@src, '/.well-known/ddos-guard/')]/@src", "ddos-guard"),
)
# A script that stands on open pages too: on a stub there is nothing else.
_STUB_PARTS = (
    ("//script[contains(@src, '_Incapsula_Resource')]/@src", "imperva"),
    ("//script[contains(@src, 'awswaf.com/')]/@src", "aws-waf"),
)
_STUB = 60
# Widgets that also stand in ordinary forms: on an interstitial there is nothing to fill in.
_WIDGETS = (
    ("cf-turnstile", "turnstile"),
    ("h-captcha", "hcaptcha"),
    ("g-recaptcha", "recaptcha"),
    ("frc-captcha", "friendly-captcha"),
)
_TO_FILL_IN = (
    "//textarea[not(contains(@name, 'captcha') or contains(@name, 'turnstile'))] | //select"
    " | //input[not(@type) or not(contains("
    "' hidden submit button image reset checkbox ', concat(' ', @type, ' ')))]"
)


def challenge(page: Page, text: str) -> Found | None:
    """Return the challenge that *page*, whose main text is *text*, is; None for any other page."""
    return (
        _declared(page)
        or _in_page(page, text)
        or _on_refusal(page, text)
        or _without_content(page, text)
    )


def _declared(page: Page) -> Found | None:
    for name, meant, vendor in _DECLARED:
        for value in page.values(name):
            if value.lower() in meant:
                return _by(vendor, f"{name}: {value}", Strength.VENDOR)
    return None


def _on_refusal(page: Page, text: str) -> Found | None:
    if page.status not in _REFUSING:
        return None
    for name, value in page.headers:
        header = name.lower()
        for beginning, vendor in _ON_REFUSAL:
            if header.startswith(beginning):
                return _by(vendor, f"{header}: {value}")
        for beginning, vendor in _COOKIES_ON_REFUSAL:
            if header == "set-cookie" and value.startswith(beginning):
                return _by(vendor, f"{header}: {value.partition('=')[0]}")
        for wanted, start, vendor in _ON_BARE_REFUSAL:
            if header == wanted and value.lower().startswith(start) and length(text) < ENOUGH:
                return _by(vendor, f"{header}: {value}")
    return None


def _without_content(page: Page, text: str) -> Found | None:
    if length(text) >= ENOUGH or (page.html is None and page.body):
        return None
    for value in page.values("set-cookie"):
        for beginning, vendor in _COOKIES_WITHOUT_CONTENT:
            if value.startswith(beginning):
                return _by(vendor, f"set-cookie: {value.partition('=')[0]}")
    title = page.html.xpath("normalize-space(//title)").get("") if page.html is not None else ""
    waits = title.startswith(_CLOUDFLARE_TITLE) and page.status not in SERVED
    cloudflare = any(value.lower() == "cloudflare" for value in page.values("server"))
    return _by("cloudflare", f"title: {title}") if waits and cloudflare else None


def _in_page(page: Page, text: str) -> Found | None:
    if page.html is None or (page.status in SERVED and length(text) >= ENOUGH):
        return None
    parts = _PARTS + (_STUB_PARTS if length(text) < _STUB else ())
    for path, vendor in parts:
        mark = page.html.xpath(path).get()
        if mark:
            return _by(vendor, " ".join(mark.split()))
    if page.status not in SERVED and page.status not in _REFUSING:
        return None
    for name, vendor in _WIDGETS:
        shown = f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]/@class"
        mark = page.html.xpath(shown).get()
        if mark and length(text) < ENOUGH and not page.html.xpath(_TO_FILL_IN):
            return _by(vendor, mark)
    return None


def _by(vendor: str, quote: str, strength: Strength = Strength.HEURISTIC) -> Found:
    return Found(Gate.CHALLENGE, quote, strength, conditions=(f"vendor={vendor}",))
