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


ENTRY = '[{"location": "/", "tdm-reservation": %s, "tdm-reservation": %s, "tdm-policy": "%s"}]'


def of_file(text: str, kind: str = "application/json") -> list[tuple[Value, str, str]]:
    url = "https://site.example/.well-known/tdmrep.json"
    signals = page_signals(capture(url, text.encode(), probe=Probe.FILE, kind=kind))
    return [(one.value, one.offer, one.finding) for one in signals]


@pytest.mark.parametrize(
    ("one", "other", "value", "finding"),
    [
        ("1", "0", Value.DENY, ""),
        ("0", "1", Value.DENY, ""),
        ("0", "true", Value.UNSPECIFIED, "invalid-value"),
        ("0", "0", Value.ALLOW, ""),
    ],
)
def test_of_a_name_that_stands_twice_the_reservation_counts(
    one: str, other: str, value: Value, finding: str
) -> None:
    assert of_file(ENTRY % (one, other, "")) == [(value, "", finding)]


@pytest.mark.parametrize(
    "policy", ["javascript:alert(1)", "data:,x", "mailto:a@site.example", "http://["]
)
def test_what_is_no_web_address_is_no_way_to_a_licence(policy: str) -> None:
    assert of_file(ENTRY % (1, 1, policy)) == [(Value.DENY, "", "invalid-policy")]
    (signal,) = page_signals(page(None, (R, "1"), (P, policy)))
    assert (signal.value, signal.offer) == (Value.DENY, "")


def test_the_first_policy_that_is_an_address_counts() -> None:
    (signal,) = page_signals(page(None, (R, "1"), (P, ""), (P, "https://a.example/p")))

    assert (signal.value, signal.offer) == (Value.CONDITIONAL, "https://a.example/p")


@pytest.mark.parametrize(
    ("lines", "value", "finding"),
    [
        (["1, 1"], Value.DENY, ""),
        (["1, 0"], Value.DENY, "contradiction"),
        (["0", "1"], Value.DENY, "contradiction"),
        (["1,"], Value.DENY, "invalid-value"),
        (["0, 0"], Value.ALLOW, ""),
        (["1;q=0.5"], Value.UNSPECIFIED, "invalid-value"),
        (['"1"'], Value.UNSPECIFIED, "invalid-value"),
        (["\uff11"], Value.UNSPECIFIED, "invalid-value"),
        (["1"] * 10_000, Value.DENY, ""),
    ],
)
def test_field_lines_may_come_joined(lines: list[str], value: Value, finding: str) -> None:
    (signal,) = page_signals(page(None, *((R, line) for line in lines)))

    assert (signal.value, signal.finding) == (value, finding)


@pytest.mark.parametrize(
    "html",
    [
        f"<template>{meta(R, '0')}</template>",
        f"<template><div><template>{meta(R, '0')}</template></div></template>",
        f"<textarea>{meta(R, '0')}</textarea>",
        f"<title>{meta(R, '0')}</title>",
        f"<xmp>{meta(R, '0')}</xmp>",
        f"<iframe>{meta(R, '0')}</iframe>",
        "<![CDATA[<meta name='tdm-reservation' content='0'>]]>",
        f"<!--[if IE]>{meta(R, '0')}<![endif]-->",
        f"<!-- {meta(R, '0')}",
        f"<script>document.write('{meta(R, '0')}')</script>",
        f"<div data-x='{meta(R, '0')}'>",
        '<meta name="x" name="tdm-reservation" content="0">',
        '<meta name="tdm-reservation" content="0',
        "<meta name='tdm:reservation' content='0'>",
    ],
)
def test_what_is_no_element_of_the_page_permits_nothing(html: str) -> None:
    assert page_signals(page(html)) == ()


@pytest.mark.parametrize(
    "html",
    [
        "<META NAME='TDM-Reservation' CONTENT='&#49;'>",
        "<meta name=tdm-reservation content=1>",
        f"<p>{meta(R, '1')}",
        f"<![if !IE]>{meta(R, '1')}<![endif]>",
        f"<!-->{meta(R, '1')}",
        f'<template shadowrootmode="open">{meta(R, "1")}</template>',
        f"<template></template>{meta(R, '1')}",
    ],
)
def test_an_element_reserves_however_it_is_written(html: str) -> None:
    assert [one.value for one in page_signals(page(html))] == [Value.DENY]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('{"error": "not found"}', "soft-404"),
        ("Not found: tdmrep.json", "soft-404"),
        ('{"location": "/", "tdm-reservation": 1}', "not-an-array"),
        ('{"@context": "http://www.w3.org/ns/tdmrep#"}', "not-an-array"),
        ('[{"location": "/", "tdm-reservation": 1}', "not-an-array"),
        ('[{"location": "/", "tdm-reservation": 1},]', "not-an-array"),
    ],
)
def test_an_error_page_is_told_from_a_file_with_defects(text: str, finding: str) -> None:
    assert of_file(text) == [(Value.UNSPECIFIED, "", finding)]


def test_a_file_under_the_name_of_html_is_a_file() -> None:
    text = '[{"location": "/", "tdm-reservation": 1}]'

    assert of_file(text, "text/html; charset=utf-8") == [(Value.DENY, "", "")]
