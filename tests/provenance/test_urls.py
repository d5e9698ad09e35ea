"""One spelling for every address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.urls import Address, NotAnAddress, address


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.com/x", "E_SCHEME"),
        ("example.com/x", "E_SCHEME"),
        ("//example.com/x", "E_SCHEME"),
        ("", "E_SCHEME"),
        ("https://", "E_HOST_INVALID"),
        ("https://a..b.com/", "E_HOST_INVALID"),
        ("https://example.com../", "E_HOST_INVALID"),
        ("https://exam ple.com/", "E_HOST_INVALID"),
        ("https://xn--a.com/", "E_IDNA"),
        ("https://example.com:99999/", "E_PORT_INVALID"),
        ("http:\\\\user:1@example.com:65536?q", "E_PORT_INVALID"),
        ("https://exam\u200bple.com/", "E_CTRL_CHAR"),
        ("https://example.com/\x00", "E_CTRL_CHAR"),
        ("https://example.com/\u202egpj", "E_CTRL_CHAR"),
        (f"https://{'a' * 64}.example.com/", "E_LABEL_TOO_LONG"),
        (f"https://{'a.' * 127}com/", "E_HOST_TOO_LONG"),
    ],
)
def test_refuses_what_is_no_web_address(url: str, code: str) -> None:
    with pytest.raises(NotAnAddress) as refused:
        address(url)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("url", "spelt"),
    [
        ("HTTP://EXAMPLE.com:80", "http://example.com/"),
        ("https://example.com.:443/a", "https://example.com/a"),
        ("https://例え.jp/漫画", "https://xn--r8jz45g.jp/%E6%BC%AB%E7%94%BB"),
        ("https://ｅｘａｍｐｌｅ．ｃｏｍ/", "https://example.com/"),
        ("https://ex%61mple.com/%7euser/%2f%41", "https://example.com/~user/%2FA"),
        ("https://example.com/%%37E", "https://example.com/%%37E"),
        ("https://example.com/100%", "https://example.com/100%"),
        ("https://example.com/a/../b/./c", "https://example.com/b/c"),
        ("https://example.com//a//b?x=1&y=&x=2#frag", "https://example.com//a//b?x=1&y=&x=2"),
        ("https://example.com?q", "https://example.com/?q"),
        ("https://example.com/read?", "https://example.com/read"),
        ("https://user:pw@example.com/x", "https://example.com/x"),
        ("http://good.com\\@evil.com/", "http://good.com/@evil.com/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://user:99999@example.com/", "http://example.com/"),
        (
            "https://example.com/web/http://other.example:99999/",
            "https://example.com/web/http://other.example:99999/",
        ),
        ("https://celsinho_v8.blogger.com.br/", "https://celsinho_v8.blogger.com.br/"),
        ("\u3000https://example.com/\u00a0", "https://example.com/"),
    ],
)
def test_spells_one_address_in_one_way(url: str, spelt: str) -> None:
    assert address(url).url == spelt


def test_a_port_is_part_of_the_authority_unless_it_is_the_schemes_own() -> None:
    assert address("http://example.com:443/") == Address(
        "http", "example.com", "443", "/", is_ip=False
    )
    assert address("http://example.com:443/").authority == "example.com:443"
    assert address("https://example.com:443/").authority == "example.com"


@given(st.text("%2357aeE4/", max_size=14).map(lambda text: f"https://example.com/{text}"))
def test_stray_percents_and_escapes_are_spelt_once(text: str) -> None:
    assert address(address(text).url) == address(text)


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda text: f"https://example.com/{text}"))
def test_spelling_twice_changes_nothing_and_nothing_else_is_raised(text: str) -> None:
    try:
        spelt = address(text)
    except NotAnAddress:
        return

    assert address(spelt.url) == spelt
