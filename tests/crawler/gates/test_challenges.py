"""Challenge pages by vendor, and the same marks on pages that are none."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from provenance.records import Capture, Gate, Strength
from tests.crawler.signals.files import served
from tests.crawler.signals.pages import page

ARTICLE = "<article>" + "<p>Open text that anyone can read.</p>" * 20 + "</article>"
JSD = "<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>"
ORCHESTRATE = "<script src=/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1></script>"
WIDGETS = ("cf-turnstile", "h-captcha", "g-recaptcha", "frc-captcha")

OPEN = {
    "a CDN": page(ARTICLE, ("Server", "cloudflare"), ("CF-Ray", "1-NRT")),
    "a CDN before a short page": page("<p>Short.", ("Server", "cloudflare"), ("CF-Ray", "1-NRT")),
    "cloudflare's script that watches": page(ARTICLE + JSD),
    "the same on a short page": page("<p>Short." + JSD),
    "datadome's header and cookie": page(ARTICLE, ("X-DataDome", "protected"), ("Set-Cookie", "datadome=a")),
    "these on a short page": page("<p>Short.", ("X-DataDome", "protected"), ("Set-Cookie", "datadome=a")),
    "datadome's tag": page("<p>Short.<script src=https://js.datadome.co/tags.js></script>"),
    "human's cookies": page("<p>Short.", ("Set-Cookie", "_pxhd=a"), ("Set-Cookie", "pxcts=a")),
    "imperva's header, cookie and script": page(
        ARTICLE + "<script src=/_Incapsula_Resource?SWJIYLWA=1></script>", ("X-Iinfo", "1-2"), ("Set-Cookie", "incap_ses_1=a")),
    "akamai's cookie": page(ARTICLE, ("Set-Cookie", "_abck=1")),
    "sucuri's header": page("<p>Short.", ("X-Sucuri-ID", "1")),
    "a server's name": page("<p>Short.", ("Server", "ddos-guard")),
    "a captcha at a comment form": page(ARTICLE + "<form><div class=g-recaptcha></div></form>"),
    "a captcha at a short form": page("<h1>Contact</h1><form><input name=mail><textarea name=t></textarea><div class=h-captcha></div></form>"),
    "a captcha at a search": page("<form><input type=search name=q><div class=cf-turnstile></div></form>"),
    "an article about captchas": page("<h1>How Turnstile, hCaptcha and reCAPTCHA work</h1>" + ARTICLE),
    "a short text about captchas": page("<p>window.KPSDK, px-captcha, g-recaptcha and /.within.website/x/cmd/anubis/"),
    "a page about a god": page("<title>Anubis</title><p>An Egyptian god."),
    "words of a title": page("<title>Just a moment in time</title><p>A poem."),
    "a title of cloudflare's on an open page": page("<title>Just a moment...</title><p>A poem.", ("Server", "cloudflare")),
    "another value of the header": page("<p>Short.", ("cf-mitigated", "block")),
}  # fmt: skip
CHALLENGED = {
    "cloudflare, 403": (page("", ("cf-mitigated", "challenge"), status=403), "cloudflare"),
    "cloudflare, 200": (page(ARTICLE, ("CF-Mitigated", "Challenge")), "cloudflare"),
    "cloudflare's page": (page(ORCHESTRATE, status=503), "cloudflare"),
    "cloudflare's options": (page("<script>window._cf_chl_opt={}</script>", status=403), "cloudflare"),
    "cloudflare's title": (page("<title>Just a moment...</title>", ("Server", "cloudflare"), status=403), "cloudflare"),
    "aws, 202": (page(None, ("x-amzn-waf-action", "challenge"), status=202), "aws-waf"),
    "aws, 405": (page("<p>x", ("x-amzn-waf-action", "captcha"), status=405), "aws-waf"),
    "aws, a stub": (page("<script>window.gokuProps={}</script>"), "aws-waf"),
    "anubis, 200": (page("<script id=anubis_version></script><h1>Wait"), "anubis"),
    "anubis, 401": (page("<script id=anubis_challenge></script>", status=401), "anubis"),
    "anubis's script": (page("<link rel=x href=/.within.website/x/cmd/anubis/static/a.css>"), "anubis"),
    "anubis's cookie": (page("<p>Wait", ("Set-Cookie", "techaro.lol-anubis-cookie-verification=a")), "anubis"),
    "datadome": (page("<script src=https://ct.captcha-delivery.com/c.js></script>", status=403), "datadome"),
    "datadome's frame": (page("<iframe src=https://geo.captcha-delivery.com/captcha/></iframe>"), "datadome"),
    "datadome's header": (page(None, ("X-DataDome", "protected"), status=403), "datadome"),
    "datadome's cookie": (page(None, ("Set-Cookie", "datadome=a; Path=/"), status=403), "datadome"),
    "human": (page("<div id=px-captcha></div>", status=403), "human-perimeterx"),
    "human's cookie": (page("<p>x", ("Set-Cookie", "_px3=a"), status=429), "human-perimeterx"),
    "imperva's stub": (page("<script src=/_Incapsula_Resource?SWJIYLWA=1></script><body></body>"), "imperva"),
    "imperva's frame": (page("<iframe src=/_Incapsula_Resource?CWUDNSAI=9>Request unsuccessful.</iframe>", status=403), "imperva"),
    "kasada": (page("<script>window.KPSDK={}</script>", status=429), "kasada"),
    "kasada's header": (page("", ("x-kpsdk-ct", "a"), status=429), "kasada"),
    "akamai's page": (page("<script src=/_sec/cp_challenge/sec-4.js></script>"), "akamai"),
    "sucuri": (page("<p>Blocked", ("X-Sucuri-ID", "1"), status=403), "sucuri"),
    "ddos-guard": (page("<p>Checking", ("Server", "ddos-guard"), status=403), "ddos-guard"),
    "turnstile": (page("<title>Wait</title><div class='x cf-turnstile'></div>"), "turnstile"),
    "hcaptcha": (page("<form><div class=h-captcha></div><input type=submit></form>", status=403), "hcaptcha"),
    "recaptcha": (page("<form><textarea name=g-recaptcha-response></textarea><div class=g-recaptcha></div></form>", status=429), "recaptcha"),
    "friendly captcha": (page("<div class=frc-captcha></div>"), "friendly-captcha"),
}  # fmt: skip


@pytest.mark.parametrize("case", OPEN)
def test_this_is_no_challenge(case: str) -> None:
    assert page_signals(OPEN[case]) == ()


@pytest.mark.parametrize("case", CHALLENGED)
def test_this_is_a_challenge(case: str) -> None:
    capture, vendor = CHALLENGED[case]

    (signal,) = page_signals(capture)

    assert (signal.gate, signal.conditions) == (Gate.CHALLENGE, f"vendor={vendor}")


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_captcha_on_a_page_that_was_not_found_is_no_challenge(widget: str) -> None:
    (signal,) = page_signals(page(f"<p>Gone<div class={widget}></div>", status=404))

    assert (signal.gate, signal.finding) == (Gate.NONE, "gone")


@pytest.mark.parametrize(
    ("capture", "strength"),
    [
        (page("", ("cf-mitigated", "challenge"), status=403), Strength.VENDOR),
        (page("<div id=px-captcha></div>", status=403), Strength.HEURISTIC),
    ],
)
def test_what_a_vendor_documents_is_told_from_a_guess(capture: Capture, strength: Strength) -> None:
    (signal,) = page_signals(capture)

    assert signal.strength is strength


def test_a_picture_has_no_main_text_and_no_challenge() -> None:
    cookie = ("Set-Cookie", "techaro.lol-anubis-auth=a")

    assert page_signals(served(b"GIF89a", "image/gif", cookie)) == ()
