"""TDM reservations in headers and meta elements."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from provenance.records import Signal, Value
from tests.crawler.signals.pages import page


def meta(name: str, content: str) -> str:
    return f'<head><meta name="{name}" content="{content}"></head>'


R, P = "tdm-reservation", "tdm-policy"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>",
        f"<!-- {meta(R, '1')} -->",
        f"<p>write &lt;meta name={R} content=1&gt;",
        meta("tdm", "1"),
        '<meta property="tdm-reservation" content="1">',
    ],
)
def test_a_page_that_does_not_say_so_reserves_nothing(html: str) -> None:
    assert page_signals(page(html)) == ()


@pytest.mark.parametrize("value", ["", "yes", "true", "2", "1.0", "01", "-1"])
def test_any_other_value_is_as_if_nothing_were_said_and_a_finding(value: str) -> None:
    (signal,) = page_signals(page(meta(R, value)))

    assert (signal.value, signal.finding) == (Value.UNSPECIFIED, "invalid-value")


def test_a_policy_alone_reserves_nothing() -> None:
    (signal,) = page_signals(page(None, (P, "https://site.example/p.json")))

    assert (signal.value, signal.offer) == (Value.UNSPECIFIED, "https://site.example/p.json")
    assert signal.finding == "policy-without-reservation"


def test_a_reservation_with_a_policy_is_an_offer() -> None:
    (signal,) = page_signals(page(meta(R, " 1 ") + meta(P, "/p.json")))

    assert signal == Signal(
        kind="tdmrep",
        scope="page",
        usage="mine",
        value=Value.CONDITIONAL,
        offer="https://site.example/p.json",
        quote=f"{meta(R, '1')}; {meta(P, '/p.json')}".replace("<head>", "").replace("</head>", ""),
    )


@pytest.mark.parametrize(
    ("header", "html", "value", "finding"),
    [
        ("1", "0", Value.ALLOW, "contradiction"),
        ("0", "1", Value.DENY, "contradiction"),
        ("1", "yes", Value.DENY, "invalid-value"),
        ("1", "1", Value.DENY, ""),
    ],
)
def test_html_comes_before_the_header(header: str, html: str, value: Value, finding: str) -> None:
    (signal,) = page_signals(page(meta(R, html), (R, header)))

    assert (signal.value, signal.finding) == (value, finding)


def test_of_two_headers_that_differ_the_reservation_holds() -> None:
    (signal,) = page_signals(page(None, (R, "0"), (R, "1")))

    assert (signal.value, signal.scope, signal.finding) == (Value.DENY, "asset", "contradiction")
