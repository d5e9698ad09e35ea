"""What bars the way, and what only looks like it."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from provenance.records import Capture, Gate, Signal, Strength, Value
from tests.crawler.signals.pages import page

ARTICLE = "<article>" + "<p>Open text that anyone can read.</p>" * 20 + "</article>"
LOGIN_FORM = "<form action=/session><input name=u><input type=Password name=p></form>"

OPEN = {
    "our own proxy": page(None, status=407),
    "the home page": page(None, ("Location", "/"), status=302),
    "the secure site": page(None, ("Location", "https://site.example/p/1"), status=301),
    "a language": page(None, ("Location", "/ja/p/1"), status=302),
    "a blog about blogging": page(None, ("Location", "/blog/in"), status=302),
    "an account page, for nobody to come back": page(None, ("Location", "/account"), status=302),
    "a parameter that names a login": page(None, ("Location", "/p/2?next=/login"), status=302),
    "a login page under its proper address": page(
        None,
        ("Location", "https://site.example/login/"),
        status=301,
        url="http://site.example/login",
    ),
    "a redirect that is no address": page(None, ("Location", "https://[/login"), status=302),
    "a login form beside an article": page(f"<header>{LOGIN_FORM}</header>{ARTICLE}"),
    "a login form below an article": page(ARTICLE + LOGIN_FORM),
    "a login form in the menu of a short page": page(f"<nav>{LOGIN_FORM}</nav><p>A photograph."),
    "a menu that offers to log in": page("<p>短い案内。</p><a href=/login>ログイン</a> 会員登録"),
    "an article on registration walls": page(f"<h1>会員登録が必要なサイト</h1>{ARTICLE}"),
    "a page behind a CDN": page(ARTICLE, ("Server", "cloudflare"), ("CF-Ray", "1-NRT")),
    "a script that watches": page(
        ARTICLE + "<script src=/cdn-cgi/challenge-platform/h/b/scripts/jsd/main.js></script>"
    ),
    "a search form": page("<form><input type=search></form>"),
    "nothing at all": page(""),
    "an image": page(None, ("Content-Type", "image/png")),
}
GATED = {
    "401": (page(None, ("WWW-Authenticate", "Basic realm=x"), status=401), Gate.AUTH),
    "402": (page(None, status=402), Gate.PAYMENT),
    "403": (page("<p>no", status=403), Gate.FORBIDDEN),
    "429": (page(None, ("Retry-After", "60"), status=429), Gate.RATE_LIMIT),
    "451": (page(None, status=451), Gate.LEGAL),
    "500": (page("<p>sorry", status=500), Gate.SERVER_ERROR),
    "503": (page(None, ("Retry-After", "60"), status=503), Gate.SERVER_ERROR),
    "a challenge at 503": (page("", ("cf-mitigated", "challenge"), status=503), Gate.CHALLENGE),
    "a login path": (page(None, ("Location", "/login"), status=302), Gate.LOGIN),
    "a login file": (page(None, ("Location", "/user/login.php?x=1"), status=303), Gate.LOGIN),
    "a login host": (page(None, ("Location", "https://sso.x.jp/?back=/"), status=302), Gate.LOGIN),
    "oauth": (page(None, ("Location", "/oauth/authorize?redirect_uri=x"), status=307), Gate.LOGIN),
    "a password form": (page(f"<h1>Members</h1>{LOGIN_FORM}"), Gate.LOGIN),
    "words that ask to register": (page("<p>続きを読むには会員登録を。"), Gate.REGISTRATION),
    "the same in English": (page("<p>Register to continue reading."), Gate.REGISTRATION),
    "a challenge at 429": (page("", ("cf-mitigated", "challenge"), status=429), Gate.CHALLENGE),
    "a challenge page": (page("<script id=anubis_challenge></script><p>Wait"), Gate.CHALLENGE),
}  # fmt: skip


@pytest.mark.parametrize("case", OPEN)
def test_this_is_no_gate(case: str) -> None:
    assert page_signals(OPEN[case]) == ()


@pytest.mark.parametrize("case", GATED)
def test_this_is_a_gate(case: str) -> None:
    capture, gate = GATED[case]

    assert [signal.gate for signal in page_signals(capture)] == [gate]


def test_a_gate_reserves_nothing_and_keeps_the_words_that_show_it() -> None:
    (signal,) = page_signals(page(None, ("WWW-Authenticate", 'Digest realm="x"'), status=401))

    assert signal == Signal(
        kind="access-gate",
        scope="page",
        usage="crawl",
        value=Value.UNSPECIFIED,
        gate=Gate.AUTH,
        strength=Strength.NORMATIVE,
        quote='status 401, www-authenticate: Digest realm="x"',
        conditions="scheme=Digest",
    )


@pytest.mark.parametrize(
    ("capture", "offer"),
    [
        (page(None, ("Crawler-Price", "USD 0.01"), status=402), "USD 0.01"),
        (page(None, ("PAYMENT-REQUIRED", "eyJ9"), status=402), "x402 eyJ9"),
        (page(None, status=402), ""),
        (page(None, ("WWW-Authenticate", 'License error="x"'), status=401), 'License error="x"'),
    ],
)
def test_a_price_makes_the_use_conditional(capture: Capture, offer: str) -> None:
    (signal,) = page_signals(capture)

    assert (signal.value, signal.offer) == (Value.CONDITIONAL, offer)


def test_a_401_that_does_not_say_how_to_log_in_is_a_finding() -> None:
    (signal,) = page_signals(page(None, status=401))

    assert signal.finding == "no-www-authenticate"
