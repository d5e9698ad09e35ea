"""Licence links of a page, and links that are none."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from provenance.records import Signal, Value
from tests.crawler.signals.pages import page

BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="{BY}">CC BY</a>',
        f'<a rel="licensed" href="{BY}">',
        f'<a rel="nofollow" href="{BY}">license',
        f'<form rel="license" action="{BY}"></form>',
        f'<!-- <a rel="license" href="{BY}"> -->',
        '<a rel="license">',
        '<link rel="license" type="application/rsl+xml" href="/r.xml">',
    ],
)
def test_this_is_no_licence_of_the_page(html: str) -> None:
    assert not any(one.kind == "license-link" for one in page_signals(page(html)))


@pytest.mark.parametrize(
    "value",
    [
        f"<{BY}>; rel=describedby",
        f'<{BY}>; title="rel=license"',
        f'<{BY}>; rel=license; anchor="/another"',
        '</r.xml>; rel=license; type="application/rsl+xml"',
    ],
)
def test_this_is_no_licence_of_the_answer(value: str) -> None:
    found = page_signals(page(None, ("Link", value)))

    assert not any(one.kind == "license-link" for one in found)


def test_a_licence_of_creative_commons_is_known_by_its_address() -> None:
    html = f'<a rel="nofollow LICENSE" href="{BY}">CC BY</a>'

    assert page_signals(page(html)) == (
        Signal(
            kind="license-link",
            scope="page",
            usage="any",
            value=Value.CONDITIONAL,
            offer=BY,
            quote=f'<a rel="license" href="{BY}">',
            conditions="license=CC-BY-4.0; duty=attribution",
        ),
    )


def test_a_header_speaks_of_the_file_it_comes_with() -> None:
    value = f"</a,b>; rel=next, <{BY}>; rel=license"
    (of_file,) = page_signals(page(None, ("Link", value), ("Content-Type", "image/png")))
    (of_page,) = page_signals(page("<p>", ("link", value)))

    assert (of_file.scope, of_page.scope) == ("asset", "page")


def test_another_licence_is_an_address_and_says_nothing_either_way() -> None:
    (signal,) = page_signals(page('<base href="/a/"><link rel="license" href="terms">'))

    assert (signal.value, signal.offer) == (Value.UNSPECIFIED, "https://site.example/a/terms")


@pytest.mark.parametrize("target", ["javascript:alert(1)", "https://[", "", "mailto:a@b.example"])
def test_an_address_that_leads_nowhere_is_a_finding(target: str) -> None:
    (signal,) = page_signals(page(f'<a rel="license" href="{target}">'))

    assert (signal.offer, signal.finding) == ("", "invalid-address")
