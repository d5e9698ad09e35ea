"""PLUS Data Mining in the XMP of files, in every form that writers give it."""

from __future__ import annotations

import struct
import zlib

import pytest

from crawler.pages import page_signals
from provenance.records import Signal, Value
from tests.crawler.media.signing import chunk, png
from tests.crawler.signals.files import RDF, served, xmp
from tests.crawler.signals.pages import page

VOCABULARY = "http://ns.useplus.org/ldf/vocab/"
PROHIBITED = f"{VOCABULARY}DMI-PROHIBITED"


def mining(value: str) -> str:
    return f"<plus:DataMining>{value}</plus:DataMining>"


def read(body: bytes, kind: str = "image/jpeg") -> list[tuple[str, str, str]]:
    return [(s.usage, str(s.value), s.finding) for s in page_signals(served(body, kind))]


def jpeg(*segments: bytes) -> bytes:
    app1 = b"".join(b"\xff\xe1" + struct.pack(">H", len(one) + 2) + one for one in segments)
    return b"\xff\xd8" + app1 + b"\xff\xda\x00\x02\xff\xd9"


DENIED = [("mine", "deny", ""), ("train", "deny", ""), ("search", "deny", "")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"plus:DataMining DMI-PROHIBITED",
        xmp(),
        xmp(attributes=f'xmlns:p="http://other.example/" p:DataMining="{PROHIBITED}"'),
        xmp(f'<plus:DataMining xmlns:plus="http://other.example/">{PROHIBITED}</plus:DataMining>'),
        xmp(f"<plus:dataMining>{PROHIBITED}</plus:dataMining>"),
        xmp(mining("")),
        # What an ingredient says of itself.
        xmp(
            '<m:Pantry xmlns:m="http://ns.adobe.com/xap/1.0/mm/"><rdf:Bag><rdf:li><rdf:Description>'
            f"{mining(PROHIBITED)}</rdf:Description></rdf:li></rdf:Bag></m:Pantry>"
        ),
        jpeg(b"Exif\x00\x00"),
        png(),
    ],
)
def test_a_file_without_the_property_says_nothing(body: bytes) -> None:
    assert read(body) == []


@pytest.mark.parametrize(
    "html",
    [
        "<!-- a comment --><html><body><svg><path></svg><p>x",
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><svg/><p>x</body>',
        "<!DOCTYPE html><html><body><p>A file that begins with %PDF- is a PDF document.",
        "<html><body><p>GIF89a, RIFF, WEBP, ftypavif, jumdc2pa",
    ],
)
def test_a_page_of_html_is_no_file_of_another_kind(html: str) -> None:
    assert page_signals(page(html)) == ()


def test_a_feed_in_rdf_is_no_packet() -> None:
    feed = f'<?xml version="1.0"?><rdf:RDF xmlns:rdf="{RDF}"><channel><broken></rdf:RDF>'

    assert read(feed.encode(), "application/rss+xml") == []


def test_a_page_that_shows_a_packet_does_not_carry_one() -> None:
    assert page_signals(page("<article>" + xmp(mining(PROHIBITED)).decode())) == ()


@pytest.mark.parametrize(
    "packet",
    [
        xmp(mining(PROHIBITED)),
        xmp(mining(f"\n  {PROHIBITED}\n")),
        xmp(attributes=f'plus:DataMining="{PROHIBITED}"'),
        xmp(f'<plus:DataMining rdf:resource="{PROHIBITED}"/>'),
        xmp(mining(f"<rdf:Alt><rdf:li xml:lang='x-default'>{PROHIBITED}</rdf:li></rdf:Alt>")),
        xmp(mining(f"<rdf:Bag><rdf:li>{PROHIBITED}</rdf:li></rdf:Bag>")),
        xmp(f'<plus:DataMining rdf:parseType="Resource"><rdf:value>{PROHIBITED}</rdf:value></plus:DataMining>'),
        xmp(mining(PROHIBITED)).replace(b"plus:", b"p:").replace(b"xmlns:plus", b"xmlns:p"),
        xmp(mining(PROHIBITED.replace("http:", "https:"))),
    ],
)  # fmt: skip
def test_attribute_and_element_forms_say_the_same(packet: bytes) -> None:
    assert read(packet) == DENIED


PACKET = xmp(mining(PROHIBITED))
COMPRESSED = b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(PACKET)
CONTAINERS = {
    "JPEG": jpeg(b"http://ns.adobe.com/xap/1.0/\x00" + PACKET),
    "JPEG, extended": jpeg(
        b"http://ns.adobe.com/xap/1.0/\x00" + xmp(),
        *(
            b"http://ns.adobe.com/xmp/extension/\x00" + b"A" * 32
            + struct.pack(">II", len(PACKET), start) + PACKET[start : start + 200]
            for start in reversed(range(0, len(PACKET), 200))
        ),
    ),
    "PNG": png(chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + PACKET)),
    "PNG, compressed": png(chunk(b"iTXt", COMPRESSED)),
    "WebP": b"RIFF" + struct.pack("<I", 12 + len(PACKET)) + b"WEBPXMP " + struct.pack("<I", len(PACKET)) + PACKET,
    "TIFF": b"II*\x00" + struct.pack("<I", 8) + b"\x00\x00" + PACKET,
    "GIF": b"GIF89a\x21\xff\x0bXMP DataXMP" + PACKET + b"\x01\xff",
    "AVIF": b"\x00\x00\x00\x20ftypavif" + b"mdat" + PACKET,
    "PDF": b"%PDF-1.7\n1 0 obj<</Type/Metadata>>stream\n" + PACKET + b"\nendstream endobj\n%%EOF",
    "SVG": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><metadata>'
    + PACKET.partition(b"?>")[2].rpartition(b"<?")[0] + b"</metadata></svg>",
    "SVG with its namespaces at the top": (
        f'<svg xmlns:rdf="{RDF}" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"><metadata><rdf:RDF>'
        f'<rdf:Description plus:DataMining="{PROHIBITED}"/></rdf:RDF></metadata></svg>'
    ).encode(),
    "a sidecar": PACKET,
    "a sidecar in UTF-16": PACKET.decode().encode("utf-16"),
    "a sidecar without a mark": PACKET.decode().removeprefix("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>").encode("utf-16-be"),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTAINERS)
def test_the_packet_is_found_in_every_container(name: str) -> None:
    assert read(CONTAINERS[name], "") == DENIED


@pytest.mark.parametrize(
    ("term", "label", "found"),
    [
        ("UNSPECIFIED", "Unspecified - no prohibition defined", {"train": "unspecified"}),
        ("ALLOWED", "Allowed", {"mine": "allow", "train": "allow", "search": "allow"}),
        ("PROHIBITED-AIMLTRAINING", "Prohibited for AI/ML training", {"train": "deny"}),
        ("PROHIBITED-GENAIMLTRAINING", "Prohibited for Generative AI/ML training", {"train-genai": "deny"}),
        ("PROHIBITED-EXCEPTSEARCHENGINEINDEXING", "Prohibited except for search engine indexing", {"mine": "deny", "train": "deny", "search": "allow"}),
        ("PROHIBITED", "Prohibited", {"mine": "deny", "train": "deny", "search": "deny"}),
    ],
)  # fmt: skip
def test_each_term_speaks_of_its_uses_and_its_label_says_the_same(
    term: str, label: str, found: dict[str, str]
) -> None:
    by_address = read(xmp(mining(f"{VOCABULARY}DMI-{term}")))
    by_name = read(xmp(mining(f"DMI-{term}")))
    by_label = read(xmp(mining(label)))

    assert by_address == [(usage, value, "") for usage, value in found.items()]
    assert by_name == [(usage, value, "term-without-vocabulary") for usage, value in found.items()]
    assert by_label == [(usage, value, "label-instead-of-term") for usage, value in found.items()]


@pytest.mark.parametrize(
    ("term", "terms", "offer"),
    [
        ("SEECONSTRAINT", "<plus:OtherConstraints><rdf:Alt><rdf:li>Ask us</rdf:li></rdf:Alt></plus:OtherConstraints>", "Ask us"),
        ("SEECONSTRAINT", "<plus:OtherConstraints>Ask us</plus:OtherConstraints>", "Ask us"),
        ("SEELINKEDRIGHTSEXPR", '<i:LinkedEncRightsExpr xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><rdf:Bag><rdf:li rdf:parseType="Resource"><i:LinkedRightsExpr>https://site.example/odrl</i:LinkedRightsExpr></rdf:li></rdf:Bag></i:LinkedEncRightsExpr>', "https://site.example/odrl"),
        ("SEEEMBEDDEDRIGHTSEXPR", "", ""),
    ],
)  # fmt: skip
def test_a_prohibition_that_refers_to_terms_is_conditional(
    term: str, terms: str, offer: str
) -> None:
    found = page_signals(served(xmp(mining(f"{PROHIBITED}-{term}") + terms), "image/jpeg"))

    assert {signal.value for signal in found} == {Value.CONDITIONAL}
    assert {signal.offer for signal in found} == {offer}
    assert {signal.finding for signal in found} == {"" if offer else "no-terms"}


def test_a_statement_is_kept_whole() -> None:
    (signal,) = page_signals(served(xmp(mining(f"{PROHIBITED}-AIMLTRAINING")), "image/jpeg"))

    assert signal == Signal(
        kind="plus-data-mining",
        scope="asset",
        usage="train",
        value=Value.DENY,
        specific=True,
        quote=f"plus:DataMining: {PROHIBITED}-AIMLTRAINING",
    )


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        (xmp(mining(f"{VOCABULARY}DMI-ALLOWED-NOT")), "unknown-value"),
        (xmp(mining("yes")), "unknown-value"),
        (xmp(mining("http://other.example/DMI-ALLOWED")), "unknown-value"),
        (xmp(mining(PROHIBITED)).replace(b"</rdf:Description>", b""), "xmp-broken"),
        (xmp(mining("x" * 3_000_000)), "xmp-too-large"),
        (jpeg(PACKET)[:200], "xmp-cut-off"),
        (png(chunk(b"iTXt", b"x" * 99))[:80], "xmp-cut-off"),
        (CONTAINERS["WebP"][:20], "xmp-cut-off"),
        (b"II*\x00" + struct.pack("<I", 9999), "xmp-cut-off"),
        (png(chunk(b"iTXt", COMPRESSED[:30] + b"\x00" * 30)), "xmp-cut-off"),
    ],
)
def test_what_cannot_be_read_allows_nothing(body: bytes, finding: str) -> None:
    assert read(body) == [("train", "unspecified", finding)]


def test_two_values_are_both_told() -> None:
    both = xmp(mining(PROHIBITED) + mining(f"{VOCABULARY}DMI-ALLOWED"))

    assert [value for _, value, _ in read(both)] == ["deny"] * 3 + ["allow"] * 3


@pytest.mark.parametrize(
    "rest", [b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>", b"<x:xmpmeta><a></x:xmpmeta>"]
)
def test_a_permission_is_not_kept_where_a_part_of_the_file_was_not_read(rest: bytes) -> None:
    allowed = read(jpeg(xmp(mining(f"{VOCABULARY}DMI-ALLOWED")), rest))

    assert {(value, finding[:4]) for _, value, finding in allowed} == {("unspecified", "xmp-")}
    assert read(jpeg(xmp(mining(PROHIBITED)), rest)) == DENIED
