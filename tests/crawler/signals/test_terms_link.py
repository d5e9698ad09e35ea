"""Pointers to terms: stored for a human reader, not judged."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from provenance.records import Signal
from tests.crawler.signals.pages import page


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/terms">Terms of service</a>',
        '<a rel="terms" href="/terms">',
        '<link rel="copyright">',
        '<link rel="copyright" href="javascript:void(0)">',
        '<meta name="copyright" content="/legal">',
    ],
)
def test_this_points_to_no_terms(html: str) -> None:
    assert page_signals(page(html)) == ()


def test_each_relation_is_a_pointer_of_its_own() -> None:
    html = '<link rel="copyright" href="/legal"><a rel="nofollow terms-of-service" href="/terms">'

    assert page_signals(page(html)) == (
        Signal(
            kind="terms",
            scope="page",
            usage="any",
            offer="https://site.example/legal",
            quote='<link rel="copyright" href="/legal">',
            conditions="rel=copyright",
        ),
        Signal(
            kind="terms",
            scope="page",
            usage="any",
            offer="https://site.example/terms",
            quote='<a rel="terms-of-service" href="/terms">',
            conditions="rel=terms-of-service",
        ),
    )


def test_a_header_points_as_well() -> None:
    (signal,) = page_signals(page(None, ("Link", "</p>; rel=privacy-policy")))

    assert (signal.offer, signal.conditions) == ("https://site.example/p", "rel=privacy-policy")
