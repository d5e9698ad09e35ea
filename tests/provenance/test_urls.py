"""One spelling for every address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.urls import Address, NotAnAddress, address, canonical_path

UNREADABLE = "the host name cannot be read"
NO_WEB_ADDRESS = "not an http or https address"
NAME_OF_253 = "a." * 126 + "c"


@pytest.mark.parametrize(
    ("url", "code", "why"),
    [
        ("ftp://example.com/x", "E_SCHEME", NO_WEB_ADDRESS),
        ("example.com/x", "E_SCHEME", NO_WEB_ADDRESS),
        ("//example.com/x", "E_SCHEME", NO_WEB_ADDRESS),
        ("Xhttps://example.com/", "E_SCHEME", NO_WEB_ADDRESS),
        ("\u2028https://example.com/", "E_SCHEME", NO_WEB_ADDRESS),
        ("", "E_SCHEME", NO_WEB_ADDRESS),
        ("https://", "E_HOST_INVALID", UNREADABLE),
        ("https://a..b.com/", "E_HOST_INVALID", "label '' is not a host name's"),
        ("https://example.com../", "E_HOST_INVALID", "label '' is not a host name's"),
        ("https://a!b.com/", "E_HOST_INVALID", "label 'a!b' is not a host name's"),
        ("https://exam ple.com/", "E_HOST_INVALID", UNREADABLE),
        ("https://xn--a.com/", "E_IDNA", "label 'xn--a' does not decode"),
        ("https://XN--a b.com/", "E_IDNA", UNREADABLE),
        ("https://example.com:65536/", "E_PORT_INVALID", "port 65536 does not exist"),
        ("http:\\\\user:1@example.com:65536?q", "E_PORT_INVALID", "port 65536 does not exist"),
        ("https://example.com:655350", "E_PORT_INVALID", "port 655350 does not exist"),
        ("https://example.com:00000065536?", "E_PORT_INVALID", "port 00000065536 does not exist"),
        (
            "https://example.com:9876543210123#",
            "E_PORT_INVALID",
            "port 987654321012 does not exist",
        ),
        ("https://exam\u200bple.com/", "E_CTRL_CHAR", "character U+200B at 12"),
        ("https://example.com/\x00", "E_CTRL_CHAR", "character U+0000 at 20"),
        ("https://example.com/\u202egpj", "E_CTRL_CHAR", "character U+202E at 20"),
        (f"https://{'a' * 64}.com/", "E_LABEL_TOO_LONG", "a label has 64 octets, at most 63"),
        (f"https://{NAME_OF_253}c/", "E_HOST_TOO_LONG", "the name has 254 octets, at most 253"),
    ],
)
def test_refuses_what_is_no_web_address(url: str, code: str, why: str) -> None:
    with pytest.raises(NotAnAddress) as refused:
        address(url)

    assert (refused.value.code, str(refused.value)) == (code, why)


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
        ("https://[2001:DB8::1]:8080", "https://[2001:db8::1]:8080/"),
        ("http://example.com:65535/", "http://example.com:65535/"),
        ("http://example.com:000/", "http://example.com:0/"),
        (f"https://{'a' * 63}.com", f"https://{'a' * 63}.com/"),
        (f"https://{NAME_OF_253}./", f"https://{NAME_OF_253}/"),
    ],
)
def test_spells_one_address_in_one_way(url: str, spelt: str) -> None:
    assert address(url).url == spelt


def test_what_nobody_sees_is_taken_as_a_browser_takes_it_where_something_was_fetched() -> None:
    assert address("https://exam\u200bple.com/", hidden=True).url == "https://example.com/"


def test_a_path_is_never_empty() -> None:
    assert canonical_path("") == "/"
    assert canonical_path("/%7e%2f") == "/~%2F"


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
