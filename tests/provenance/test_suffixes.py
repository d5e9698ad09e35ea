"""Which site a host belongs to."""

from __future__ import annotations

import pytest

from provenance.suffixes import place, suffix_list


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.example.co.jp", "example.co.jp"),
        ("foo.blogspot.com", "foo.blogspot.com"),
        ("a.b.foo.blogspot.com", "foo.blogspot.com"),
        ("city.kawasaki.jp", "city.kawasaki.jp"),
        ("x.a.kawasaki.jp", "x.a.kawasaki.jp"),
        ("co.jp", "co.jp"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("shop.example", "shop.example"),
    ],
)
def test_names_the_registrable_domain_or_the_host_itself(host: str, site: str) -> None:
    assert place(host).site == site


@pytest.mark.parametrize(
    ("host", "is_suffix", "is_private"),
    [
        ("co.jp", True, False),
        ("a.kawasaki.jp", True, False),
        ("blogspot.com", True, True),
        ("foo.blogspot.com", False, True),
        ("example.com", False, False),
        ("kickass.oniine", False, False),
    ],
)
def test_tells_suffixes_and_platforms_apart(
    host: str, *, is_suffix: bool, is_private: bool
) -> None:
    found = place(host)

    assert (found.is_suffix, found.is_private) == (is_suffix, is_private)


def test_an_unknown_top_level_domain_has_no_suffix() -> None:
    assert place("kickass.oniine").suffix == ""


def test_the_list_is_the_pinned_one() -> None:
    assert suffix_list().version == "2026-10-22_08-36-41_UTC"
    assert len(suffix_list().sha256) == 64
