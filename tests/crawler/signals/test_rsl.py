"""Licences in RSL: where they are named, and what they say."""

from __future__ import annotations

import struct

import pytest

from crawler.pages import page_signals
from crawler.robots.reading import read_robots
from provenance.records import Probe, Signal, Value
from tests.crawler.signals.cases import capture
from tests.crawler.signals.files import epub, served, xmp
from tests.crawler.signals.pages import page

TYPE = "application/rsl+xml"


def document(inner: str, attributes: str = 'url="/"') -> tuple[Signal, ...]:
    text = f'<rsl xmlns="https://rslstandard.org/rsl"><content {attributes}>{inner}</content></rsl>'
    return page_signals(
        capture("https://site.example/l.xml", text.encode(), probe=Probe.FILE, kind=TYPE)
    )


def licence(inner: str, attributes: str = 'url="/"') -> dict[str, tuple[Value, str, str, str]]:
    signals = document(f"<license>{inner}</license>", attributes)
    return {one.usage: (one.value, one.offer, one.conditions, one.finding) for one in signals}


ALL = ("train", "ai-input", "ai-index", "search")
DENIED, ALLOWED = (Value.DENY, "", "", ""), (Value.ALLOW, "", "", "")


@pytest.mark.parametrize(
    "line", ["/license.xml", "CC-BY-4.0", "", "ftp://site.example/l.xml", "https://", "https://[/"]
)
def test_an_address_that_is_not_absolute_is_told_and_names_nothing(line: str) -> None:
    (signal,) = read_robots(f"License: {line}\nUser-agent: *\n".encode()).signals

    assert (signal.offer, signal.finding) == ("", "relative-license-url")


def test_robots_txt_names_a_licence_for_all_and_for_a_group() -> None:
    text = b"License: https://a.example/1\nUser-agent: X\nLicense: https://a.example/2\nAllow: /"

    signals = read_robots(text).signals

    assert [(one.scope, one.usage, one.value, one.offer) for one in signals] == [
        ("site", "licence", Value.UNSPECIFIED, "https://a.example/1"),
        ("agent:x", "licence", Value.UNSPECIFIED, "https://a.example/2"),
    ]


@pytest.mark.parametrize(
    "capture_",
    [
        page("<p>", ("Link", "<https://a.example/l>; rel=license")),
        page("<p>", ("Link", f'<https://a.example/l>; rel=next; type="{TYPE}"')),
        page("<link rel=license href=https://a.example/l>"),
        page(f"<a rel=license type={TYPE} href=https://a.example/l>x</a>"),
        page("<p>https://rslstandard.org/rsl"),
    ],
)
def test_another_link_names_no_licence_in_rsl(capture_: object) -> None:
    assert [one for one in page_signals(capture_) if one.kind == "rsl"] == []  # type: ignore[arg-type]


def test_a_header_and_a_link_element_name_a_licence() -> None:
    link = ("Link", f'</x>; rel=next, <https://a.example/1>; rel="license"; type="{TYPE}"')
    signals = page_signals(
        page(f'<link rel="license" type="{TYPE}" href="https://a.example/2">', link)
    )

    assert [(one.scope, one.offer) for one in signals] == [
        ("asset", "https://a.example/1"),
        ("page", "https://a.example/2"),
    ]


def test_a_page_may_hold_its_licence() -> None:
    text = (
        f'<script type="{TYPE}"><rsl xmlns="https://rslstandard.org/rsl"><content url="">'
        '<license><prohibits type="usage">ai-train</prohibits></license></content></rsl></script>'
    )

    (signal,) = page_signals(page(text))

    assert (signal.scope, signal.usage, signal.value) == ("page", "train", Value.DENY)


def test_uses_that_are_permitted_one_by_one_leave_the_others_unlicensed() -> None:
    assert licence('<permits type="usage">search ai-input</permits>') == {
        "train": DENIED, "ai-input": ALLOWED, "ai-index": DENIED, "search": ALLOWED,
    }  # fmt: skip


def test_what_only_prohibits_says_nothing_of_the_rest() -> None:
    assert licence('<prohibits type="usage">ai-train</prohibits>') == {"train": DENIED}
    assert set(licence('<prohibits type="usage">ai-all</prohibits>')) == {*ALL} - {"search"}


def test_a_licence_without_any_term_says_nothing() -> None:
    assert licence("") == {}


def test_tokens_that_nobody_knows_grant_nothing() -> None:
    said = licence('<permits type="usage">quote</permits>')

    assert said == {"any": (Value.UNSPECIFIED, "", "", "unknown-token")} | dict.fromkeys(
        ALL, DENIED
    )


def test_prohibition_beats_permission_and_the_contradiction_is_told() -> None:
    said = licence(
        '<permits type="usage">all</permits><prohibits type="usage">ai-train</prohibits>'
    )

    assert said["train"] == (Value.DENY, "", "", "contradiction")
    assert said["search"] == ALLOWED


@pytest.mark.parametrize(
    ("inner", "attributes", "offer", "conditions"),
    [
        ('<payment type="crawl"><amount currency="USD">0.015</amount></payment>', 'url="/"',
         "USD 0.015 per crawl", "payment=crawl"),
        ("<payment><custom>https://a.example/ask</custom></payment>", 'url="/"',
         "https://a.example/ask", "payment=custom"),
        ('<payment type="barter"/>', 'url="/"', "", "payment=barter"),
        ('<payment type="free"/>', 'url="/" server="https://s.example"', "https://s.example",
         "server=https://s.example"),
        ("", 'url="/" encrypted="true"', "", "encrypted=true"),
        ('<permits type="geo">EU JP</permits>', 'url="/"', "", "geo=EU, JP"),
        ('<prohibits type="user">commercial</prohibits>', 'url="/"', "", "user-not=commercial"),
        ('<reporting type="telemetry" profile="https://p.example"/>', 'url="/"', "",
         "reporting=telemetry"),
    ],
)  # fmt: skip
def test_what_a_permission_depends_on_makes_it_conditional(
    inner: str, attributes: str, offer: str, conditions: str
) -> None:
    said = licence(f'<permits type="usage">ai-train</permits>{inner}', attributes)

    assert said["train"][:3] == (Value.CONDITIONAL, offer, conditions)


@pytest.mark.parametrize("inner", ["", '<payment type="free"/>', "<payment/>"])
def test_without_payment_it_is_free(inner: str) -> None:
    assert licence(f'<permits type="usage">ai-train</permits>{inner}')["train"] == ALLOWED


def test_payment_alone_is_the_price_of_every_use() -> None:
    said = licence('<payment type="crawl"><standard>https://a.example/p</standard></payment>')

    assert said == dict.fromkeys(
        ALL, (Value.CONDITIONAL, "https://a.example/p", "payment=crawl", "")
    )


def test_a_list_with_commas_is_read_and_told() -> None:
    said = licence('<prohibits type="usage">ai-train,ai-input</prohibits>')

    assert set(said) == {"train", "ai-input", "any"}
    assert said["any"][3] == "comma-list"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("<rsl", "not-well-formed"),
        ("<rsl><content/></rsl>", "no-namespace"),
        ('<rsl xmlns="https://rslstandard.org/rsl"/>', "no-content"),
        ('<rsl xmlns="https://rslstandard.org/rsl"><content url="/"/></rsl>', "no-licence"),
        ('<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license/></content><meta/></rsl>',
         "unknown-element"),
        ('<!DOCTYPE rsl [<!ENTITY a "b">]><rsl xmlns="https://rslstandard.org/rsl"/>',
         "entity-rejected"),
        ("<licence xmlns='https://rslstandard.org/rsl'/>", "not-rsl"),
        ("<rsl xmlns='https://rslstandard.org/rsl'>" + "<a>" * 300, "not-well-formed"),
    ],
)  # fmt: skip
def test_a_defective_document_is_told_and_says_nothing(text: str, finding: str) -> None:
    answer = capture("https://site.example/l.xml", text.encode(), probe=Probe.FILE, kind=TYPE)

    assert {(one.value, one.finding) for one in page_signals(answer)} == {
        (Value.UNSPECIFIED, finding)
    }


def test_a_front_page_in_the_place_of_a_licence_is_told() -> None:
    answer = capture(
        "https://site.example/license.xml",
        b"<!doctype html><p>",
        probe=Probe.FILE,
        kind="text/html",
    )

    assert [one.finding for one in page_signals(answer)] == ["soft-404"]


@pytest.mark.parametrize(
    "inner",
    [
        '<prohibits type="Usage">ai-train</prohibits>',
        "<prohibits>ai-train</prohibits>",
        '<prohibits type="train">ai-train</prohibits>',
        '<prohibit type="usage">ai-train</prohibit>',
    ],
)
def test_terms_that_are_free_grant_nothing_where_some_were_not_understood(inner: str) -> None:
    found = licence(f'{inner}<payment type="free"/>')

    assert set(found) == {"any"}
    assert found["any"][3] in {"unknown-type", "unknown-element"}


@pytest.mark.parametrize("kind", ["geo", "user"])
def test_a_permission_for_nobody_is_no_permission_for_all(kind: str) -> None:
    found = licence(f'<permits type="usage">ai-train</permits><permits type="{kind}"></permits>')

    assert found["train"] == (Value.CONDITIONAL, "", f"{kind}=", "")


TERMS = (
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    '<prohibits type="usage">ai-train</prohibits></license></content></rsl>'
)


@pytest.mark.parametrize(
    "form",
    ["{}", '\n <?xml version="1.0" encoding="utf-8"?>{}', "<![CDATA[{}]]>", "<!--\n{}\n-->"],
)
def test_a_document_in_a_page_is_read_whatever_is_wrapped_around_it(form: str) -> None:
    signals = page_signals(page(f'<script type="{TYPE}">{form.format(TERMS)}</script>'))

    assert [(one.scope, one.usage, one.value) for one in signals] == [("page", "train", Value.DENY)]


@pytest.mark.parametrize(
    "html",
    [
        f'<!-- <script type="{TYPE}">{TERMS}</script> -->',
        f'<textarea><script type="{TYPE}">{TERMS}</script></textarea>',
        f'<template><script type="{TYPE}">{TERMS}</script></template>',
        f'<script type="application/xml">{TERMS}</script>',
        f"<div hidden>{TERMS}</div>",
        f'<script type="{TYPE}"><!-- {TERMS[:40]}',
    ],
)
def test_terms_in_another_place_state_nothing(html: str) -> None:
    assert {one.value for one in page_signals(page(html))} <= {Value.UNSPECIFIED}


FEED = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:rsl="https://rslstandard.org/rsl"><channel>'
    "<title>News</title><item><link>https://site.example/a/1</link>"
    '<rsl:content url="https://site.example/a/1"><rsl:license>'
    '<rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license></rsl:content></item>'
    '<item><rsl:content url="https://site.example/b"><rsl:license>'
    '<rsl:permits type="usage">ai-train</rsl:permits></rsl:license></rsl:content></item>'
    "</channel></rss>"
)


def of_feed(text: str, kind: str) -> list[tuple[str, str, Value, str]]:
    signals = page_signals(capture("https://site.example/feed", text.encode(), kind=kind))
    return [(one.path, one.usage, one.value, one.finding) for one in signals]


@pytest.mark.parametrize("kind", ["application/rss+xml; charset=utf-8", "text/xml"])
def test_a_feed_states_terms_for_its_items(kind: str) -> None:
    here, there = "https://site.example/a/1", "https://site.example/b"

    assert of_feed(FEED, kind) == [
        (here, "train", Value.DENY, ""),
        (there, "train", Value.ALLOW, ""),
        *((there, usage, Value.DENY, "") for usage in ("ai-input", "ai-index", "search")),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (FEED, "text/plain"),
        (FEED.replace("rslstandard.org/rsl", "rsl.example/"), "application/rss+xml"),
        (FEED.replace("rss", "opml"), "text/xml"),
    ],
)
def test_what_is_no_feed_states_no_terms(text: str, kind: str) -> None:
    assert of_feed(text, kind) == []


def test_a_feed_may_state_terms_for_all_of_it() -> None:
    terms = FEED[FEED.index("<rsl:content") : FEED.index("</item>")]
    feed = f'<feed xmlns:rsl="https://rslstandard.org/rsl">{terms}</feed>'

    assert of_feed(feed, "application/atom+xml") == [
        ("https://site.example/a/1", "train", Value.DENY, "")
    ]


def test_a_feed_that_ends_early_is_told() -> None:
    assert of_feed(FEED[:-20], "text/xml") == [("", "any", Value.UNSPECIFIED, "not-well-formed")]


PICTURE_TERMS = (
    '<rsl:rsl xmlns:rsl="https://rslstandard.org/rsl"><rsl:content url="https://agency.example/1.jpg">'
    '<rsl:license><rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license>'
    "</rsl:content></rsl:rsl>"
)
DENIED_INSIDE = [("rsl", "asset", "", "train", Value.DENY, "")]


def inside(
    body: bytes, kind: str, status: int = 200
) -> list[tuple[str, str, str, str, Value, str]]:
    return [
        (one.kind, one.scope, one.path, one.usage, one.value, one.finding)
        for one in page_signals(served(body, kind, status=status))
        if one.kind == "rsl"
    ]


def jpeg(packet: bytes) -> bytes:
    segment = b"http://ns.adobe.com/xap/1.0/\x00" + packet
    return (
        b"\xff\xd8\xff\xe1"
        + struct.pack(">H", len(segment) + 2)
        + segment
        + b"\xff\xda\x00\x02\xff\xd9"
    )


@pytest.mark.parametrize(
    "inner",
    [
        "",
        "<rsl>"
        + PICTURE_TERMS.partition(">")[2].replace("rsl:", "").replace("</rsl>", "")
        + "</rsl>",
        PICTURE_TERMS.replace("rslstandard.org/rsl", "rsl.example/"),
        # What an ingredient says of itself.
        (
            '<m:Pantry xmlns:m="http://ns.adobe.com/xap/1.0/mm/"><rdf:Bag><rdf:li><rdf:Description>'
            f"{PICTURE_TERMS}</rdf:Description></rdf:li></rdf:Bag></m:Pantry>"
        ),
    ],
)
def test_a_picture_without_terms_of_its_own_states_none(inner: str) -> None:
    assert inside(jpeg(xmp(inner)), "image/jpeg") == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (jpeg(xmp(PICTURE_TERMS)), "image/jpeg"),
        (xmp(PICTURE_TERMS), "application/rdf+xml"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><metadata>" + xmp(PICTURE_TERMS).partition(b"?>")[2]
         .partition(b"<?xpacket")[0] + b"</metadata></svg>", "image/svg+xml"),
        (epub(f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata>{PICTURE_TERMS}'
              "</metadata></package>"), "application/epub+zip"),
    ],
    ids=["jpeg", "sidecar", "svg", "epub"],
)  # fmt: skip
def test_a_file_states_its_terms_inside_wherever_it_lies(body: bytes, kind: str) -> None:
    assert inside(body, kind) == DENIED_INSIDE


def test_the_file_of_an_error_states_nothing() -> None:
    assert inside(jpeg(xmp(PICTURE_TERMS)), "image/jpeg", 404) == []


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        (
            "<rsl:content url='' {NS}><rsl:license><rsl:payment type='free'/></rsl:license></rsl:content>",
            [("train", Value.ALLOW, "no-wrapper")],
        ),
        ("<rsl:rsl {NS}/>", [("any", Value.UNSPECIFIED, "no-content")]),
        (
            (
                "<rsl:rsl {NS}>"
                "<rsl:content url='a'><rsl:license><rsl:payment type='free'/></rsl:license></rsl:content>"
                "<rsl:content url='b'><rsl:license><rsl:prohibits type='usage'>ai-train</rsl:prohibits>"
                "</rsl:license></rsl:content></rsl:rsl>"
            ),
            [("train", Value.UNSPECIFIED, "several-contents"), ("train", Value.DENY, "")],
        ),
    ],
    ids=["no wrapper", "no content", "several"],
)
def test_what_is_not_sure_to_be_the_files_own_grants_nothing(
    inner: str, found: list[tuple[str, Value, str]]
) -> None:
    body = jpeg(xmp(inner.replace("{NS}", 'xmlns:rsl="https://rslstandard.org/rsl"')))

    said = inside(body, "image/jpeg")

    assert [one[3:] for one in said if one[3] in {"train", "any"}] == found


def test_of_a_packet_that_ends_early_a_permission_is_not_kept() -> None:
    free = PICTURE_TERMS.replace("prohibits", "permits")
    whole = jpeg(xmp(free))
    more = whole[:-2] + b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'

    assert ("train", Value.ALLOW, "") in [one[3:] for one in inside(whole, "image/jpeg")]
    assert ("train", Value.UNSPECIFIED, "xmp-cut-off") in [
        one[3:] for one in inside(more, "image/jpeg")
    ]


def test_a_quote_shows_no_declarations_that_stand_around_it() -> None:
    (said,) = [one for one in page_signals(served(xmp(PICTURE_TERMS), "")) if one.kind == "rsl"]

    assert said.quote == (
        '<rsl:license><rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license>'
    )
