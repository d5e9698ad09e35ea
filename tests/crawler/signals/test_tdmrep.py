"""TDM reservations in headers and meta elements."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.pages import page_signals
from provenance.records import Probe, Signal, Value
from tests.crawler.signals.cases import capture
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


def in_file(entries: Any, kind: str = "application/json", status: int = 200) -> tuple[Signal, ...]:
    body = entries if isinstance(entries, bytes) else json.dumps(entries).encode()
    url = "https://site.example/.well-known/tdmrep.json"
    return page_signals(capture(url, body, probe=Probe.FILE, kind=kind, status=status))


def test_a_file_that_is_not_there_says_nothing() -> None:
    assert in_file([{"location": "/", "tdm-reservation": 1}], status=404) == ()
    assert in_file([]) == ()


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        ({"location": "/", "tdm-reservation": 1}, "not-an-array"),
        (b"", "not-an-array"),
        (b"[{]", "not-an-array"),
        (b"<!doctype html><p>app", "soft-404"),
        (b"[" * 100_000, "not-an-array"),
        (["/"], "location-missing"),
        ([{"tdm-reservation": 1}], "location-missing"),
        ([{"location": 1, "tdm-reservation": 1}], "location-missing"),
        ([{"location": "", "tdm-reservation": 1}], "location-missing"),
        ([{"location": "/"}], "invalid-value"),
        ([{"location": "/", "tdm-reservation": True}], "invalid-value"),
        ([{"location": "/", "tdm-reservation": 2}], "invalid-value"),
        ([{"location": "/", "tdm-reservation": [1]}], "invalid-value"),
        ([{"location": "/", "tdm-reservation": "yes"}], "invalid-value"),
    ],
)
def test_what_is_no_entry_says_nothing_and_is_told(body: Any, finding: str) -> None:
    (signal,) = in_file(body)

    assert (signal.value, signal.finding) == (Value.UNSPECIFIED, finding)


def test_each_entry_speaks_of_its_paths_and_keeps_its_place() -> None:
    signals = in_file(
        [
            {"location": "/open/#1", "tdm-reservation": 0, "tdm-policy": "https://a.example/p"},
            {"location": "/日/*.jpg$", "tdm-reservation": "1", "tdm-policy": "/p.json"},
        ]
    )

    assert signals == (
        Signal(
            kind="tdmrep", scope="site", usage="mine", value=Value.ALLOW, path="/open/%231",
            conditions="entry=1",
            quote='{"location": "/open/#1", "tdm-reservation": 0, "tdm-policy": "https://a.example/p"}',
        ),
        Signal(
            kind="tdmrep", scope="site", usage="mine", value=Value.CONDITIONAL,
            path="/%E6%97%A5/*.jpg$", conditions="entry=2", finding="string-value",
            offer="https://site.example/p.json",
            quote='{"location": "/日/*.jpg$", "tdm-reservation": "1", "tdm-policy": "/p.json"}',
        ),
    )  # fmt: skip


def test_half_a_character_is_not_kept() -> None:
    (signal,) = in_file(b'[{"location": "/\\ud800", "tdm-reservation": 1}]')

    assert (signal.path, signal.quote) == ("/?", '{"location": "/?", "tdm-reservation": 1}')


def test_a_policy_is_terms_and_no_reservation() -> None:
    policy = {
        "profile": "http://www.w3.org/ns/tdmrep",
        "uid": "https://site.example/policies/1",
        "assigner": {"vcard:hasEmail": "mailto:rights@site.example"},
        "permission": [{"action": "tdm:mine", "duty": [{"action": "obtainConsent"}]}],
    }
    url = "https://site.example/policies/1"

    (signal,) = page_signals(capture(url, json.dumps(policy).encode(), probe=Probe.FILE))

    assert (signal.usage, signal.value, signal.offer) == ("licence", Value.CONDITIONAL, url)
    assert signal.conditions == "duty=obtainConsent; contact=mailto:rights@site.example"
