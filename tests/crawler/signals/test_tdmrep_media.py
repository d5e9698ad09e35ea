"""TDM reservations inside EPUB and PDF."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest

from crawler.media import pdf
from crawler.pages import page_signals
from provenance.records import Signal, Value
from tests.crawler.signals.files import epub, served, xmp

PREFIX = 'prefix="tdm: http://www.w3.org/ns/tdmrep#"'
OPF = "http://www.idpf.org/2007/opf"


def book(inner: str, attributes: str = f'version="3.0" {PREFIX}') -> bytes:
    return epub(f'<package xmlns="{OPF}" {attributes}><metadata>{inner}</metadata></package>')


def prop(name: str, value: str, more: str = "") -> str:
    return f'<meta property="tdm:{name}"{more}>{value}</meta>'


def named(name: str, value: str) -> str:
    return f'<meta name="tdm:{name}" content="{value}"/>'


def tdm(name: str, value: str) -> str:
    return f"<tdm:{name}>{value}</tdm:{name}>"


def document(packet: bytes, **saving: Any) -> bytes:
    """A PDF document whose metadata is *packet*."""
    made, target = pikepdf.new(), BytesIO()
    made.Root.Metadata = made.make_stream(packet, Type=pikepdf.Name.Metadata)
    made.save(target, **saving)
    return target.getvalue()


def packed(packet: bytes) -> bytes:
    """The same with compressed metadata, written by hand: pikepdf never compresses them."""
    stream = zlib.compress(packet)
    objects = (
        b"<</Type/Catalog/Metadata 2 0 R/Pages 3 0 R>>",
        b"<</Type/Metadata/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(stream), stream),
        b"<</Type/Pages/Kids[]/Count 0>>",
    )
    made, places = b"%PDF-1.7\n", [b"0000000000 65535 f \n"]
    for number, content in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(made))
        made += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"xref\n0 4\n" + b"".join(places)
    end = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + table + end


def read(body: bytes) -> list[tuple[str, str, str]]:
    found = page_signals(served(body, "application/octet-stream"))
    return [(str(s.value), s.offer, s.finding) for s in found if s.kind == "tdmrep-media"]


@pytest.mark.parametrize(
    "body",
    [
        book(""),
        book(prop("other", "1")),
        book('<meta property="dcterms:reservation">1</meta>'),
        book(prop("reservation", "1", ' refines="#chapter"')),
        book(prop("reservation", "1"), 'version="3.0" prefix="tdm: http://other.example/"'),
        b"PK\x03\x04 another archive",
        b"<html><body><package>",
        document(xmp()),
        document(xmp('<o:reservation xmlns:o="http://other.example/">1</o:reservation>')),
        b"%PDF-1.7\n%%EOF",
    ],
)
def test_a_file_that_does_not_say_so_reserves_nothing(body: bytes) -> None:
    assert read(body) == []


@pytest.mark.parametrize(
    ("inner", "value"),
    [
        (prop("reservation", "1"), "deny"),
        (prop("reservation", " 0 "), "allow"),
        (named("reservation", "1"), "deny"),
        (named("reservation", "0"), "allow"),
        (prop("reservation", "1") + named("reservation", "1"), "deny"),
    ],
)
def test_both_forms_of_epub_are_read(inner: str, value: str) -> None:
    assert read(book(inner)) == [(value, "", "")]


def test_the_prefix_is_what_the_package_declares() -> None:
    inner = '<meta property="t:reservation">1</meta>'

    assert read(book(inner, 'prefix="t: http://www.w3.org/ns/tdmrep#"')) == [("deny", "", "")]
    assert read(book(prop("reservation", "1"), 'version="3.0"')) == [
        ("deny", "", "prefix-not-declared")
    ]


def test_a_policy_is_an_offer_and_is_not_processed_with_0() -> None:
    policy = "https://site.example/p.json"

    assert read(book(prop("reservation", "1") + prop("policy", policy))) == [
        ("conditional", policy, "")
    ]
    assert read(book(prop("reservation", "0") + prop("policy", policy))) == [("allow", "", "")]
    assert read(book(prop("policy", policy))) == [("unspecified", "", "policy-without-reservation")]


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        (prop("reservation", "yes"), ("unspecified", "", "invalid-value")),
        (prop("reservation", ""), ("unspecified", "", "invalid-value")),
        (prop("reservation", "1") + named("reservation", "0"), ("deny", "", "contradiction")),
    ],
)
def test_oddness_permits_nothing(inner: str, found: tuple[str, str, str]) -> None:
    assert read(book(inner)) == [found]


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        (book(prop("reservation", "0"))[:-60], "epub-broken"),
        (epub("<package><metadata>"), "epub-broken"),
        (epub("<package/>", "<container/>"), "epub-broken"),
        (epub("<package/>", '<c><rootfile full-path="../../etc/passwd"/></c>'), "epub-broken"),
        (epub("<package>" + " " * 3_000_000 + "</package>"), "epub-too-large"),
    ],
)  # fmt: skip
def test_a_book_that_cannot_be_read_is_said_to_be_unread(body: bytes, finding: str) -> None:
    assert read(body) == [("unspecified", "", finding)]


def test_an_encrypted_book_is_said_to_be_unread() -> None:
    made = bytearray(book(prop("reservation", "0")))
    with ZipFile(BytesIO(bytes(made))) as archive:
        at = archive.getinfo("OPS/book.opf").header_offset
    made[at + 6] |= 1  # the bit that says so, here and in the directory
    directory = made.rfind(b"PK\x01\x02")
    made[directory + 8] |= 1

    assert read(bytes(made)) == [("unspecified", "", "epub-broken")]


PDFS: dict[str, dict[str, Any]] = {
    "plain": {"compress_streams": False},
    "in object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "encrypted, open to all": {"encryption": pikepdf.Encryption(owner="x", user="")},
}


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_is_read_wherever_its_metadata_stand(name: str) -> None:
    packet = xmp(tdm("reservation", "1") + tdm("policy", "https://site.example/p.json"))

    found = [("conditional", "https://site.example/p.json", "")]
    assert read(document(packet, **PDFS[name])) == found
    assert read(packed(packet)) == found


def test_attributes_count_as_elements_do() -> None:
    assert read(document(xmp(attributes='tdm:reservation="0"'))) == [("allow", "", "")]


def test_the_namespace_of_epub_in_a_pdf_is_understood_and_told() -> None:
    packet = xmp(tdm("reservation", "1")).replace(b"ns/tdmrep/", b"ns/tdmrep#")

    assert read(document(packet)) == [("deny", "", "wrong-namespace")]


def test_a_packet_that_unpacks_beyond_measure_is_said_to_be_unread() -> None:
    bomb = b"<x:xmpmeta>" + b" " * 100_000_000

    assert read(packed(bomb)) == [("unspecified", "", "xmp-too-large")]


def test_the_packet_of_a_picture_in_a_pdf_is_not_that_of_the_document() -> None:
    made, target = pikepdf.new(), BytesIO()
    made.Root.Metadata = made.make_stream(xmp(tdm("reservation", "0")))
    made.Root.Picture = made.make_stream(
        b"x", Metadata=made.make_stream(xmp(tdm("reservation", "1")))
    )
    made.save(target, compress_streams=False)

    assert read(target.getvalue()) == [("allow", "", "")]


def test_a_pdf_for_which_a_password_is_asked_is_said_to_be_unread() -> None:
    locked = document(xmp(), encryption=pikepdf.Encryption(owner="x", user="y"))

    assert read(locked) == [("unspecified", "", "xmp-not-read")]


def test_without_pikepdf_a_packet_in_the_bytes_is_read_and_a_hidden_one_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "_pikepdf", lambda: None)
    packet = xmp(tdm("reservation", "1"))

    assert read(document(packet + b" ", compress_streams=False)) == [("deny", "", "")]
    assert read(packed(packet) + b"\n") == [("unspecified", "", "xmp-not-read")]


def test_a_statement_is_kept_whole() -> None:
    (signal,) = page_signals(served(book(prop("reservation", "1")), "application/epub+zip"))

    assert signal == Signal(
        kind="tdmrep-media",
        scope="asset",
        usage="mine",
        value=Value.DENY,
        quote='meta "tdm:reservation": 1',
    )
