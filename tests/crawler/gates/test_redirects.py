"""Redirects into a gate, and redirects for other reasons."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from provenance.records import Gate
from tests.crawler.signals.pages import page


@pytest.mark.parametrize(
    "location",
    [
        "/", "/?returnUrl=/p/1", "https://site.example/", "https://www.site.example/p/1", "/p/1/",
        "https://m.site.example/p/1", "/ja/p/1", "/en-us/p/1?from=jp", "/p/1?utm_source=login",
        "https://new.example/p/1?redirect=old", "/archive/1?from=/p/1", "/how-to-login", "/logins",
        "/account", "/register", "/help/signing-in", "https://consent.site.example/?return=/p/1",
        "//cdn.site.example/p/1", "?page=2", "#login", "", "https://[", "/average-check",
        "https://site.example:8443/p/1", "/p/1?next=/login",
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [301, 302])
def test_this_redirect_is_no_gate(location: str, status: int) -> None:
    assert page_signals(page(None, ("Location", location), status=status)) == ()


@pytest.mark.parametrize(
    ("location", "gate"),
    [
        ("/login?next=/p/1", Gate.LOGIN),
        ("https://login.site.example/", Gate.LOGIN),
        ("/users/sign_in", Gate.LOGIN),
        ("/wp-login.php?redirect_to=%2Fp%2F1", Gate.LOGIN),
        ("https://accounts.site.example/?continue=https://site.example/p/1", Gate.LOGIN),
        ("https://id.site.example/authorize?client_id=1&redirect_uri=x", Gate.LOGIN),
        ("/saml?RelayState=%2Fp%2F1", Gate.LOGIN),
        ("/account?x=/p/1", Gate.LOGIN),
        ("/register?return=/p/1", Gate.REGISTRATION),
        ("/subscribe?returnUrl=/p/1", Gate.REGISTRATION),
        ("/age-check?return=/p/1", Gate.AGE),
        ("https://www.site.example/age_check/=/?rurl=x", Gate.AGE),
        ("/agegate/login", Gate.AGE),
    ],
)
def test_this_redirect_leads_into_a_gate(location: str, gate: Gate) -> None:
    (signal,) = page_signals(page(None, ("Location", location), status=302))

    assert (signal.gate, signal.quote) == (gate, f"location: {location}")


def test_a_login_page_that_moves_is_asked_for_as_such() -> None:
    moved = ("Location", "https://site.example/login/")

    assert page_signals(page(None, moved, status=301, url="http://site.example/login")) == ()


@pytest.mark.parametrize(
    "value", ["0; url=/login", "0;URL='/login?next=/p/1'", "3, /login", '5; url="/login"']
)
def test_a_refresh_at_once_is_a_redirect(value: str) -> None:
    (by_header,) = page_signals(page("<p>x", ("Refresh", value)))
    (by_element,) = page_signals(
        page(f"<meta http-equiv=Refresh content='{value.replace(chr(39), '')}'>")
    )

    assert [by_header.gate, by_element.gate] == [Gate.LOGIN, Gate.LOGIN]


@pytest.mark.parametrize(
    "value", ["1800; url=/login", "5", "0; url=/", "x; url=/login", "; url=/login", ""]
)
def test_this_refresh_is_no_gate(value: str) -> None:
    assert page_signals(page("<p>x", ("Refresh", value))) == ()
    assert page_signals(page(f'<meta http-equiv="refresh" content="{value}">')) == ()
