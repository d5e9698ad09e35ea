from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.lookthrough import MOST, Inner, inner, layers
from provenance.urls import NotAnAddress, address


@pytest.mark.parametrize(
    "url",
    [
        "https://site.example/web/2020/https://other.example/",
        "https://web.archive.org/",
        "https://web.archive.org/about/",
        "https://web.archive.org.evil.example/web/2020/https://site.example/",
        "https://archive.org/details/book",
        "https://archive.org/download/2020/https-notes.txt",
        "https://archive.ph/",
        "https://archive.ph/faq/more/of/it",
        "https://www.google.com/search?q=cache:site.example",
        "https://www.google.com/amp/",
        "https://www.google.evil.example/amp/s/site.example/",
        "https://notcdn.ampproject.org/c/s/site.example/",
        "https://cdn.ampproject.org/v0.js",
        "https://translate.google.com/",
        "https://translate.google.com/translate?sl=ja&tl=en",
        "https://translate.goog/",
        "https://a.b.translate.goog/",
        "https://webcache.googleusercontent.com/search?q=site.example",
        "https://wayback.archive-it.org/all/",
        "https://warp.da.ndl.go.jp/contents/",
    ],
)
def test_an_address_that_shows_no_copy_shows_itself(url: str) -> None:
    assert inner(url) is None
    assert layers(url) == ()


@pytest.mark.parametrize(
    ("url", "kind", "inside"),
    [
        ("https://web.archive.org/web/20200102030405/https://site.example/a?b=c",
         "archive", "https://site.example/a?b=c"),
        ("http://web.archive.org/web/2020id_/http://SITE.example:80/", "archive", "http://site.example/"),
        ("https://web.archive.org/web/2020im_/https:/site.example/a.png",
         "archive", "https://site.example/a.png"),
        ("https://web.archive.org/web/2*/site.example/a", "archive", "http://site.example/a"),
        ("https://web.archive.org/web/https://site.example/", "archive", "https://site.example/"),
        ("https://web.archive.org/save/https://site.example/", "archive", "https://site.example/"),
        ("https://archive.org/web/20200102030405/http://site.example/", "archive", "http://site.example/"),
        ("https://arquivo.pt/wayback/20200102030405/http://site.example/", "archive", "http://site.example/"),
        ("https://webarchive.nationalarchives.gov.uk/ukgwa/20200102030405/http://site.example/",
         "archive", "http://site.example/"),
        ("https://www.webarchive.org.uk/wayback/archive/20200102030405mp_/http://site.example/",
         "archive", "http://site.example/"),
        ("https://wayback.archive-it.org/1234/20200102030405/https://site.example/",
         "archive", "https://site.example/"),
        ("https://warp.da.ndl.go.jp/info:ndljp/pid/12345/www.site.example/a/",
         "archive", "http://www.site.example/a/"),
        ("https://archive.today/2020.01.02-030405/https://site.example/a",
         "archive", "https://site.example/a"),
        ("https://archive.ph/20200102030405/http://site.example/", "archive", "http://site.example/"),
        ("https://archive.is/newest/https://site.example/", "archive", "https://site.example/"),
        ("https://archive.li/o/AbC12/https://site.example/", "archive", "https://site.example/"),
        ("https://archive.vn/https://site.example/", "archive", "https://site.example/"),
        ("https://webcache.googleusercontent.com/search?q=cache:abcdefgh_-12:https://site.example/a+word&hl=en",
         "cache", "https://site.example/a"),
        ("https://webcache.googleusercontent.com/search?q=cache:site.example/a", "cache", "http://site.example/a"),
        ("https://site-example.cdn.ampproject.org/c/s/site.example/a?amp_js_v=0.1&b=c&usqp=x",
         "amp", "https://site.example/a?b=c"),
        ("https://site-example.cdn.ampproject.org/v/s/site.example/a", "amp", "https://site.example/a"),
        ("https://site-example.cdn.ampproject.org/ii/w820/s/site.example/a.png", "amp", "https://site.example/a.png"),
        ("https://site-example.cdn.ampproject.org/i/site.example/a.png", "amp", "http://site.example/a.png"),
        ("https://cdn.ampproject.org/c/s/site.example/a", "amp", "https://site.example/a"),
        ("https://site-example.bing-amp.com/c/s/site.example/a", "amp", "https://site.example/a"),
        ("https://www.google.co.jp/amp/s/site.example/a", "amp", "https://site.example/a"),
        ("https://my--site-example.translate.goog/a?b=c&_x_tr_sl=ja&_x_tr_tl=en",
         "translate", "https://my-site.example/a?b=c"),
        ("https://site-example.translate.goog/?_x_tr_sch=http", "translate", "http://site.example/"),
        ("https://0-r8jz45g-jp.translate.goog/?_x_tr_enc=0", "translate", "https://xn--r8jz45g.jp/"),
        ("https://1-www--site-example.translate.goog/?_x_tr_enc=1", "translate", "https://www-site.example/"),
        ("https://translate.google.com/translate?sl=ja&u=https%3A%2F%2Fsite.example%2Fa%3Fb",
         "translate", "https://site.example/a?b"),
    ],
)  # fmt: skip
def test_tells_what_an_address_shows_a_copy_of(url: str, kind: str, inside: str) -> None:
    assert inner(url) == Inner(kind, inside)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://archive.ph/AbC12", "archive"),
        ("https://archive.today/wip/AbC12", "archive"),
        ("https://web.archive.org/web/2020/mailto:a@b.example", "archive"),
        ("https://web.archive.org/web/2020/https://a..b/", "archive"),
        ("https://webcache.googleusercontent.com/search?q=cache:", "cache"),
    ],
)
def test_a_copy_of_what_is_not_said_is_told_apart_from_no_copy(url: str, kind: str) -> None:
    assert inner(url) == Inner(kind, "")
    assert layers(url) == (Inner(kind, ""),)


def test_looks_through_a_copy_of_a_copy() -> None:
    amp = "https://site-example.cdn.ampproject.org/c/s/site.example/a"

    assert layers(f"https://web.archive.org/web/2020/{amp}") == (
        Inner("archive", amp),
        Inner("amp", "https://site.example/a"),
    )


def test_nesting_has_an_end() -> None:
    url = "https://web.archive.org/web/2020/" * 9 + "https://site.example/"

    assert len(layers(url)) == MOST


def test_what_cannot_be_read_is_not_looked_through() -> None:
    with pytest.raises(NotAnAddress):
        layers("https://a..b/")


HOSTS = st.sampled_from(
    ["web.archive.org", "archive.ph", "x.cdn.ampproject.org", "www.google.com", "a-b.translate.goog",
     "webcache.googleusercontent.com", "wayback.archive-it.org", "translate.google.com",
     "warp.da.ndl.go.jp"]
)  # fmt: skip
PATHS = st.lists(
    st.sampled_from(["/", "web", "2020", "https://", "c", "s", "amp", "a.example", "?q=cache:", "%",
                     "&u=", "-", "_x_tr_enc=0", "@", ":", "#", "[", "\u3042", "\0"])
).map("".join)  # fmt: skip


@given(host=HOSTS, path=PATHS)
def test_any_address_is_looked_through_or_refused(host: str, path: str) -> None:
    try:
        found = layers(f"https://{host}/{path}")
    except NotAnAddress:
        return

    for one in found:
        assert not one.url or address(one.url).url == one.url
