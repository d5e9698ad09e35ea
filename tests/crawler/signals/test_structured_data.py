"""Walls, licences and prices in structured data, and what only looks like them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crawler.pages import PARSED_BYTES, page_signals
from provenance.records import Gate, Signal, Strength, Value
from tests.crawler.signals.files import served
from tests.crawler.signals.pages import page

if TYPE_CHECKING:
    from pathlib import Path

CLOSED = {"@type": "NewsArticle", "isAccessibleForFree": False}
FREE = {"@type": "NewsArticle", "isAccessibleForFree": True}
PART = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}


def ld(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


def item(type_: str, inner: str) -> str:
    return f'<div itemscope itemtype="https://schema.org/{type_}">{inner}</div>'


def gates(html: str) -> list[tuple[str, Gate]]:
    return [(signal.scope, signal.gate) for signal in page_signals(page(html))]


@pytest.mark.parametrize(
    "html",
    [
        ld(FREE),
        ld({"@type": "Event", "isAccessibleForFree": False}),
        ld({"@type": ["Museum", "TouristAttraction"], "isAccessibleForFree": False}),
        ld({"@type": "SoftwareApplication", "isAccessibleForFree": False}),
        ld([{"@type": "Event", "isAccessibleForFree": False}, FREE]),
        ld({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": CLOSED}]}),
        ld({**FREE, "mentions": CLOSED, "citation": [CLOSED], "isBasedOn": CLOSED}),
        ld({**FREE, "publisher": {"@type": "Organization", "isAccessibleForFree": False}}),
        ld({"@context": "https://other.example/", **CLOSED}),
        ld({"@type": "NewsArticle", "isaccessibleforfree": False}),
        ld("") + ld("null") + ld("7"),
        f"<!-- {ld(CLOSED)} -->",
        f"<!--><!-- {ld(CLOSED)} -->",
        '<script>{"@type":"NewsArticle","isAccessibleForFree":false}</script>',
        f"<pre>{json.dumps(CLOSED)}</pre>",
        item("Event", '<meta itemprop="isAccessibleForFree" content="False">'),
        item("NewsArticle", '<meta itemprop="isAccessibleForFree" content="True">'),
        '<meta property="article:content_tier" content="free">',
        '<meta property="article:tier" content="locked">',
        '<p>article:content_tier locked, "isAccessibleForFree": false',
    ],
)
def test_this_declares_no_wall(html: str) -> None:
    assert page_signals(page(html)) == ()


@pytest.mark.parametrize(
    "value",
    [
        False, "False", "false", "FALSE", " false ", "http://schema.org/False",
        "https://schema.org/False", "schema:False", {"@id": "https://schema.org/False"},
        {"@value": False}, {"@value": "false"}, ["False"], 0, "0",
    ],
)  # fmt: skip
def test_every_spelling_of_no_is_a_wall(value: Any) -> None:
    html = ld({"@type": "NewsArticle", "isAccessibleForFree": value})

    assert gates(html) == [("page", Gate.PAYWALL)]


@pytest.mark.parametrize(
    "html",
    [
        ld([{"@type": "WebSite"}, CLOSED]),
        ld({"@graph": [{"@type": "WebSite"}, CLOSED]}),
        ld({"@type": "WebPage", "mainEntity": CLOSED}),
        ld({"@context": ["https://schema.org", {"x": "y"}], **CLOSED}),
        ld({"@type": "https://schema.org/ReportageNewsArticle", "isAccessibleForFree": False}),
        ld(f"<!-- {json.dumps(CLOSED)} -->"),
        ld(f"//<![CDATA[\n{json.dumps(CLOSED)}\n//]]>"),
        ld('{"@type": "NewsArticle", // "quoted"\n "url": "https://x.example/*", /* no */ "isAccessibleForFree": false};'),
        ld('{"@type": "NewsArticle", "headline": "two\nlines", "isAccessibleForFree": false}'),
        ld(CLOSED).replace("application/ld+json", "Application/LD+JSON; charset=utf-8"),
        ld({**CLOSED, "hasPart": {**PART, "isAccessibleForFree": True}}),
        item("NewsArticle", '<meta itemprop="isAccessibleForFree" content="False">'),
        item("NewsArticle", '<link itemprop="isAccessibleForFree" href="https://schema.org/False">'),
        item("NewsArticle", '<p><span itemprop="isAccessibleForFree">False</span>'),
        '<meta property="article:content_tier" content="locked">',
        '<meta name="og:article:content_tier" content="Locked">',
    ],
)  # fmt: skip
def test_this_declares_a_wall_around_the_page(html: str) -> None:
    assert gates(html) == [("page", Gate.PAYWALL)]


@pytest.mark.parametrize(
    "html",
    [
        ld({**CLOSED, "hasPart": PART}),
        ld({**CLOSED, "hasPart": [{**PART, "isAccessibleForFree": True}, PART]}),
        ld({**FREE, "hasPart": PART}),
        ld({"@graph": [{**CLOSED, "hasPart": {"@id": "#part"}}, {**PART, "@id": "#part"}]}),
        item(
            "NewsArticle",
            '<meta itemprop=isAccessibleForFree content=false><i itemprop=hasPart itemscope itemtype='
            'http://schema.org/WebPageElement><meta itemprop=isAccessibleForFree content=false>'
            '<meta itemprop=cssSelector content=.paywall></i>',
        ),
    ],
)  # fmt: skip
def test_a_wall_around_a_part_names_the_part(html: str) -> None:
    (signal,) = page_signals(page(html))

    assert (signal.scope, signal.gate, signal.conditions) == (
        "part",
        Gate.PAYWALL,
        "selector=.paywall",
    )


def test_a_declared_wall_reserves_nothing() -> None:
    assert page_signals(page(ld(CLOSED))) == (
        Signal(
            kind="structured-data",
            scope="page",
            usage="crawl",
            value=Value.UNSPECIFIED,
            gate=Gate.PAYWALL,
            quote="NewsArticle isAccessibleForFree: false",
        ),
    )


def test_a_metered_page_is_told_from_a_locked_one() -> None:
    (signal,) = page_signals(page('<meta property="article:content_tier" content="metered">'))

    assert (signal.gate, signal.strength) == (Gate.METERED, Strength.CONVENTION)


@pytest.mark.parametrize(
    ("html", "finding"),
    [
        (ld('{"@type": "NewsArticle", "isAccessibleForFree": false'), "broken-json-ld"),
        (ld("[" * 100_000), "broken-json-ld"),
        (ld(CLOSED).removesuffix("}</script>"), "json-ld-cut-off"),
        (ld('"' + "x" * 600_000 + '"'), "json-ld-too-large"),
        (ld({"@type": "NewsArticle", "isAccessibleForFree": "for some"}), "unknown-value"),
        (ld({"isAccessibleForFree": False}), "no-type"),
        ('<meta property="article:content_tier" content="gold">', "unknown-value"),
    ],
)
def test_what_cannot_be_told_is_a_finding_and_no_wall(html: str, finding: str) -> None:
    (signal,) = page_signals(page(html))

    assert (signal.gate, signal.value, signal.finding) == (Gate.NONE, Value.UNSPECIFIED, finding)


def test_two_statements_on_one_page_contradict_each_other() -> None:
    (signal,) = page_signals(page(ld([CLOSED, FREE])))

    assert (signal.gate, signal.finding) == (Gate.PAYWALL, "contradiction")


def test_scripts_are_read_to_the_end_of_a_long_page() -> None:
    late = "<p>" + "x" * PARSED_BYTES + ld(CLOSED)

    assert gates(late) == [("page", Gate.PAYWALL)]


def test_scripts_are_read_in_the_encoding_of_the_page() -> None:
    html = "<meta charset=shift_jis>" + ld(
        '{"name": "表示", "@type": "NewsArticle", "isAccessibleForFree": false}'
    )

    found = page_signals(served(html.encode("shift_jis"), "text/html"))

    assert [signal.gate for signal in found] == [Gate.PAYWALL]


def test_a_priced_dataset_is_on_sale() -> None:
    data = {
        "@type": "Dataset",
        "name": "Prices",
        "offers": {"@type": "Offer", "price": "500.00", "priceCurrency": "JPY"},
    }

    assert page_signals(page(ld(data))) == (
        Signal(
            kind="structured-data",
            scope="page",
            usage="any",
            value=Value.CONDITIONAL,
            offer="JPY 500.00",
            quote="Dataset Prices: offer of 500.00 JPY",
            conditions="per=purchase",
        ),
    )


@pytest.mark.parametrize(
    ("offers", "found"),
    [
        ({"@type": "Offer", "price": 0, "priceCurrency": "USD"}, []),
        ({"@type": "Offer", "price": "0.00"}, []),
        ({"@type": "Offer", "price": "on request"}, []),
        ("https://site.example/buy", []),
        ([{"lowPrice": 10, "priceCurrency": "usd"}, {"price": "1,200", "priceCurrency": "EUR"}], ["USD 10", "EUR 1,200"]),
        ({"priceSpecification": [{"price": 3, "priceCurrency": "GBP"}]}, ["GBP 3"]),
        ({"price": 7}, ["7"]),
    ],
)  # fmt: skip
def test_only_a_price_is_an_offer(offers: Any, found: list[str]) -> None:
    signals = page_signals(page(ld({"@type": ["Dataset"], "offers": offers})))

    assert [signal.offer for signal in signals] == found


def test_a_product_on_a_page_does_not_put_the_page_on_sale() -> None:
    offer = {"@type": "Offer", "price": 5, "priceCurrency": "USD"}

    assert page_signals(page(ld({"@type": "Product", "offers": offer}))) == ()


def test_a_picture_names_its_licence_and_where_to_get_one() -> None:
    picture = {
        "@type": "ImageObject",
        "contentUrl": "https://site.example/a.jpg",
        "license": "https://creativecommons.org/licenses/by-nc/4.0/",
        "acquireLicensePage": "/buy",
        "copyrightNotice": "(c) Somebody",
    }

    found = page_signals(page(ld({"@type": "NewsArticle", "image": [picture]})))

    assert [(s.scope, s.value, s.offer, s.conditions, s.quote) for s in found] == [
        (
            "asset",
            "conditional",
            "https://site.example/buy",
            "license=CC-BY-NC-4.0; duty=attribution; user=non-commercial",
            f"ImageObject https://site.example/a.jpg license: {picture['license']}",
        ),
        (
            "asset",
            "unspecified",
            "",
            "notice=copyrightNotice",
            "ImageObject https://site.example/a.jpg copyrightNotice: (c) Somebody",
        ),
    ]


def test_terms_and_conditions_of_access_are_pointers() -> None:
    work = {"@type": "WebPage", "usageInfo": "/terms", "conditionsOfAccess": "Members only"}

    found = page_signals(page(ld(work)))

    assert [(s.value, s.offer, s.quote) for s in found] == [
        ("unspecified", "https://site.example/terms", "WebPage usageInfo: /terms"),
        ("unspecified", "", "WebPage conditionsOfAccess: Members only"),
    ]


def rebuilt(row: dict[str, Any]) -> str:
    """The least page that states the facts of a row of the real pages."""
    metas = "".join(
        f'<meta {"property" if ":" in name else "name"}="{name}" content="{content}">'
        for name, content in row["meta"]
    )
    works = [
        {"@type": type_, "isAccessibleForFree": free}
        for type_, free in row["is_accessible_for_free"]
    ]
    parts = [work for work in works if work["@type"] == "WebPageElement"]
    return metas + "".join(ld({**work, "hasPart": parts}) for work in works if work not in parts)


def facts(row: dict[str, Any]) -> set[str]:
    """What the readers should find of a row, by the words of the row itself."""
    metas = [(name, content.lower()) for name, content in row["meta"]]
    tiers = {content for name, content in metas if name.endswith("content_tier")}
    free = {(type_, str(value).lower()) for type_, value in row["is_accessible_for_free"]}
    closed = {type_ for type_, value in free if value.endswith("false")}
    found = {"metered"} & tiers
    if "locked" in tiers:
        found.add("page paywall")
    if closed:
        found.add("part paywall" if "WebPageElement" in closed else "page paywall")
    if any(name == "tdm-reservation" and content == "1" for name, content in metas):
        policy = any(name == "tdm-policy" for name, _ in metas)
        found.add("mine conditional" if policy else "mine deny")
    if any(name == "robots" and "noai" in content for name, content in metas):
        found |= {"train deny", "train-image deny"}
    return found


def test_all_110_real_pages_are_read_with_the_facts_stated(shared_data: Path) -> None:
    lines = (shared_data / "04-page-signals" / "page_signals.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    wrong, counts = {}, dict[str, int]()
    for row in rows:
        if row.get("html_missing"):
            continue
        signals = page_signals(page(rebuilt(row), url=row["url"]))
        told = {
            f"{s.scope} {s.gate}" if s.gate is Gate.PAYWALL else str(s.gate)
            for s in signals
            if s.gate is not Gate.NONE
        } | {
            f"{s.usage} {s.value}"
            for s in signals
            if s.value is not Value.UNSPECIFIED and not s.scope.startswith("agent:")
        }
        for fact in told:
            counts[fact] = counts.get(fact, 0) + 1
        if told != facts(row) or any(signal.finding for signal in signals):
            wrong[row["url"]] = (told, facts(row))

    assert wrong == {}
    assert len(rows) == 110
    assert counts == {
        "page paywall": 2,
        "part paywall": 9,
        "metered": 4,
        "mine conditional": 1,
        "mine deny": 1,
        "train deny": 2,
        "train-image deny": 2,
    }
