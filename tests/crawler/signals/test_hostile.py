"""Whatever comes, every reader answers in time and raises nothing."""

from __future__ import annotations

import struct
import time
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.pages import page_signals
from crawler.signals.c2pa_training_mining import statements
from provenance.records import Gate, Value
from tests.crawler.media.signing import chunk, png
from tests.crawler.signals.files import epub, served, xmp
from tests.crawler.signals.pages import page

MIB = 1024 * 1024
LD = b'<script type="application/ld+json">'


def attributes(count: int, form: bytes = b"a%d='1'") -> bytes:
    return b" ".join(form % i for i in range(count))


def bomb(member: bytes, method: int = ZIP_DEFLATED) -> bytes:
    """An EPUB whose package is *member*."""
    made = BytesIO()
    with ZipFile(made, "w", method) as archive:
        archive.writestr("mimetype", "application/epub+zip", compress_type=0)
        archive.writestr("META-INF/container.xml", "<c><rootfile full-path='a.opf'/></c>")
        archive.writestr("a.opf", member)
    return made.getvalue()


PAGES = {
    "attributes": b"<html><body " + attributes(80_000) + b">",
    "metas": b"<meta property=article:content_tier content=x>" * 500_000,
    "links": b"<a rel='license copyright terms-of-service' href=/x>" * 40_000,
    "links, all different": b"".join(b"<a rel='copyright license' href=/%d>" % i for i in range(60_000)),
    "levels of JSON": LD + b"[" * 100_000 + b"]" * 100_000 + b"</script>",
    "levels of objects": LD + b'{"@graph":' * 100_000 + b"1" + b"}" * 100_000 + b"</script>",
    "a digit": LD + b"9" * 500_000 + b"</script>",
    "scripts": LD * 60_000,
    "scripts that do not end": b"<script type=" * 160_000,
    "scripts with comments": (LD + b"/*</script>") * 40_000,
    "half comments": b"<!--" * 500_000,
    "comments in JSON": LD + b"/*" * 200_000 + b"</script>",
    "quotes in JSON": LD + b'"\\' * 200_000 + b"</script>",
    "slashes in JSON": LD + b"/" * 400_000 + b"</script>",
    "things": LD + b"[" + b'{"@type":"NewsArticle","isAccessibleForFree":false},' * 8_000 + b"0]</script>",
    "parts of parts": LD + b'{"hasPart":' * 900 + b"{}" + b"}" * 900 + b"</script>",
    "items": b"<div itemscope itemprop=hasPart itemtype=Article>" * 3_000,
    "items side by side": b"<i itemprop=license itemscope></i>" * 60_000,
    "properties": b"<div itemscope itemtype=Dataset>" + b"<p itemprop=offers>x" * 60_000,
    "password forms": b"<form><input type=password></form>" * 60_000,
    "walls": "続きを読む会員".encode() * 100_000,
    "digits before a wall": "残り".encode() * 300_000 + b"1" * 300_000,
}  # fmt: skip
FILES = {
    "XMP of 50 MB": xmp("<plus:DataMining>" + "x" * 50 * MIB + "</plus:DataMining>"),
    "attributes in XMP": xmp(attributes=attributes(80_000).decode()),
    "levels of XMP": b"<x:xmpmeta>" + b"<rdf:RDF>" * 200_000,
    "comments before no root": b"<!---->" * 200_000,
    "instructions before no root": b"<?a?>" * 200_000 + b"<b",
    "openings": b"\xff\xd8\xff" + b"<x:xmpmeta" * 200_000,
    "packets": b"\xff\xd8\xff" + xmp() * 8_000,
    "entities": b'<!DOCTYPE a [<!ENTITY a "' + b"y" * 1000 + b'"><!ENTITY b "' + b"&a;" * 500 + b'">]>'
    b"<x:xmpmeta>" + b"&b;" * 10_000 + b"</x:xmpmeta>",
    "a compressed packet": png(chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(b"<x:xmpmeta>" + b" " * 200 * MIB, 9))),
    "chunks": b"\x89PNG\r\n\x1a\n" + chunk(b"iTXt", b"") * 150_000,
    "segments": b"\xff\xd8" + b"\xff\xe1\x00\x02" * 500_000,
    "extended XMP": b"\xff\xd8" + b"".join(b"\xff\xe1" + struct.pack(">H", 80) + b"http://ns.adobe.com/xmp/extension/\x00" + b"g" * 36 + struct.pack(">I", i) + b"abc" for i in range(20_000)),
    "a zip bomb": bomb(b"<package>" + b" " * 300 * MIB),
    "a zip of LZMA": bomb(b"<package/>" + b" " * MIB, ZIP_LZMA),
    "a PDF of objects": b"%PDF-1.7\n" + b"".join(b"%d 0 obj<</A %d 0 R>>endobj\n" % (i, i + 1) for i in range(40_000)),
    "a PDF in a circle": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Metadata 1 0 R/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    "a PDF of arrays": b"%PDF-1.7\n1 0 obj" + b"[" * 500_000,
    "a box of credentials": b"\x00\x00\x00\x20ftypavif" + b"jumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71" * 50_000,
}  # fmt: skip
HEADERS = {
    "Link": ["," * 60_000, "<," * 30_000, "<" * 60_000, "<a>" * 20_000, "<a>;" * 20_000, '<a>; rel="' + '\\"' * 30_000, "<a>;rel=license," * 9_000, '"' * 60_000],
    "WWW-Authenticate": ["a " * 30_000, '"\\' * 30_000, "," * 60_000, "Basic," * 10_000],
    "Location": ["/" * 60_000, "?" + "a=b&" * 20_000, "https://[", "//" * 30_000, "%" * 60_000],
    "Refresh": ["9" * 60_000, "0;" + " " * 60_000, "0" + " ;" * 30_000],
    "PAYMENT-REQUIRED": ["A" * 60_000, "W1tb" * 15_000, "é"],
    "Set-Cookie": ["_px" * 20_000],
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_in_time(name: str) -> None:
    capture = served(PAGES[name][: 2 * MIB], "text/html; charset=utf-8")

    began = time.process_time()
    found = page_signals(capture)

    assert time.process_time() - began < 3
    assert len(found) <= 400


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_in_time_and_allows_nothing(name: str) -> None:
    capture = served(FILES[name], "image/jpeg")

    began = time.process_time()
    found = page_signals(capture)

    assert time.process_time() - began < 3
    assert {signal.value for signal in found} <= {Value.UNSPECIFIED}


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("status", [200, 302, 401, 402, 451])
def test_headers_are_read_in_time(name: str, status: int) -> None:
    began = time.process_time()

    for value in HEADERS[name]:
        found = page_signals(page("<p>x", (name, value), status=status))
        assert {signal.value for signal in found if signal.gate is Gate.NONE} <= {Value.UNSPECIFIED}

    assert time.process_time() - began < 3


NAMES = st.sampled_from([
    "link", "www-authenticate", "location", "refresh", "crawler-price", "payment-required",
    "crawler-error", "crawler-charged", "set-cookie", "server", "rating", "retry-after",
    "cf-mitigated", "x-datadome", "content-type",
])  # fmt: skip
WORDS = st.sampled_from([
    "<a rel=license href='", "'>", "<script type=application/ld+json>", "</script>", '{"@type":',
    '"NewsArticle"', '"Dataset"', '"isAccessibleForFree":', '"offers":', '"price":', '"hasPart":',
    "false", "[", "]", "{", "}", ",", "<!--", "-->", "<meta property=article:content_tier content=",
    "<meta http-equiv=refresh content='0;url=/login'>", "<input type=password>", "会員登録",
    "<div itemscope itemtype=Article>", "<p itemprop=license>", "<x:xmpmeta>", "</rdf:RDF>",
    "//[", "\ud7ff", "\x00", "&#0;", "<base href='//['>", "残り10文字",
])  # fmt: skip
BEGINNINGS = st.sampled_from([
    b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP", b"II*\x00", b"%PDF-1.7\n",
    b"PK\x03\x04", b"<svg>", b"<?xpacket", b"\xff\xfe<\x00", b"\x00\x00\x00\x20ftypavif",
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>",
])  # fmt: skip
BOUNDED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@BOUNDED
@given(
    st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=30),
    st.lists(st.tuples(NAMES, st.text(max_size=60)), max_size=5),
    st.sampled_from([200, 302, 401, 402, 403, 404, 429, 451, 503]),
)
def test_no_page_makes_a_reader_raise(
    words: list[str], headers: list[tuple[str, str]], status: int
) -> None:
    body = "".join(words).encode("utf-8", "replace")

    page_signals(served(body, "text/html", *headers, status=status))


@BOUNDED
@given(BEGINNINGS, st.binary(max_size=400), st.binary(max_size=40))
def test_no_file_makes_a_reader_raise(beginning: bytes, middle: bytes, end: bytes) -> None:
    for body in (beginning + middle, beginning + xmp() + middle, epub("<package/>")[:-40] + end):
        page_signals(served(body, "application/octet-stream"))


@pytest.mark.parametrize("whole", [epub("<package/>"), png(chunk(b"iTXt", xmp())), xmp()])
def test_no_file_cut_at_any_byte_makes_a_reader_raise(whole: bytes) -> None:
    for end in range(len(whole)):
        page_signals(served(whole[:end], ""))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from([
            "manifests", "active_manifest", "assertions", "label", "data", "entries",
            "c2pa.training-mining", "cawg.ai_training", "use", "validation_status", "code", "x",
        ]),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@BOUNDED
@given(st.dictionaries(st.sampled_from(["manifests", "assertions", "active_manifest"]), JSON))
def test_no_manifest_store_makes_a_reader_raise(store: dict[str, object]) -> None:
    assert all(signal.value is not Value.ALLOW for signal in statements(store))


ODD_NAME = "\x01\x02=x"


def test_an_attribute_whose_name_no_xml_allows_hides_nothing_beside_it() -> None:
    html = (
        f'<meta name="robots" content="noai" {ODD_NAME}>'
        f'<meta name="tdm-reservation" content="1" {ODD_NAME}>'
        f'<link rel="license" type="application/rsl+xml" href="/r.xml" {ODD_NAME}>'
        f'<a rel="license terms-of-service" href="/t" {ODD_NAME}>'
    )

    found = {signal.kind for signal in page_signals(page(html))}

    assert {"robots-meta", "tdmrep", "rsl", "license-link", "terms"} <= found
