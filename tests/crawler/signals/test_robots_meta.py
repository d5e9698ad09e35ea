"""X-Robots-Tag and meta robots: what speaks of training, to whom, and what does not."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from provenance.records import Signal, Strength, Value
from tests.crawler.signals.pages import page


def header(*lines: str) -> list[tuple[str, str]]:
    signals = page_signals(page(None, *(("X-Robots-Tag", line) for line in lines)))
    return [(signal.scope, signal.usage) for signal in signals]


@pytest.mark.parametrize(
    "line",
    [
        "", ",", ":", "noindex, nofollow", "none", "all", "index,follow,max-snippet:-1",
        "max-image-preview:large", "unavailable_after: 25 Jun 2030 15:00:00 PST",
        "nosnippet, max-video-preview:-1", "noaichat", "no ai", "googlebot: noindex",
    ],
)  # fmt: skip
def test_a_search_directive_says_nothing_of_training(line: str) -> None:
    assert header(line) == []


@pytest.mark.parametrize(
    "html",
    [
        '<meta name="keywords" content="noai">',
        '<meta name="description" content="noai, noimageai">',
        '<meta property="robots" content="noai">',
        '<p>write &lt;meta name="robots" content="noai"&gt;',
        "<p data-nosnippet>x</p>",
    ],
)
def test_words_in_another_place_are_no_directive(html: str) -> None:
    assert page_signals(page(html)) == ()


@pytest.mark.parametrize(
    "line",
    [
        "noai", "NoAI", "noml", "max-image-preview:large, noai", "noindex,noai,nofollow",
        "unavailable_after: 25 Jun 2030 15:00:00 PST, noai", "unavailable_after:2030-06-25, noai",
    ],
)  # fmt: skip
def test_noai_speaks_for_the_file_it_comes_with(line: str) -> None:
    assert header(line) == [("asset", "train")]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["GPTBot: noai"], [("agent:gptbot", "train")]),
        (["googlebot: noindex, noai"], [("agent:googlebot", "train")]),
        (["googlebot: noindex, ccbot: noai"], [("agent:ccbot", "train")]),
        (["gptbot: noindex", "noai"], [("asset", "train")]),
        (["noarchive"], [("agent:amazonbot", "train"), ("agent:bingbot", "train")]),
        (["bingbot: noarchive"], [("agent:bingbot", "train")]),
        (["ccbot: noarchive"], []),
        (["*: noai"], [("asset", "train")]),
        (["googlebot: noindex, *: noai"], [("asset", "train")]),
        (["max-age: 5, noai"], [("asset", "train")]),
        (["unavailable_after: Wed, 25 Jun 2030 15:00:00 GMT, noai"], [("asset", "train")]),
        (["googlebot: noai", "ccbot: noindex"], [("agent:googlebot", "train")]),
    ],
)
def test_a_name_covers_the_directives_after_it_in_its_line(
    lines: list[str], found: list[tuple[str, str]]
) -> None:
    assert header(*lines) == found


def test_noimageai_speaks_of_the_images_of_a_page_and_of_an_image_itself() -> None:
    line = ("X-Robots-Tag", "noimageai")
    of_page = page_signals(page("<p>", line))
    of_image = page_signals(page(None, line, ("Content-Type", "image/jpeg")))

    assert [signal.usage for signal in (*of_page, *of_image)] == ["train-image", "train"]


def test_a_meta_element_speaks_for_the_page() -> None:
    assert page_signals(page('<meta name="Robots" content="noai, index">')) == (
        Signal(
            kind="robots-meta",
            scope="page",
            usage="train",
            value=Value.DENY,
            strength=Strength.CONVENTION,
            specific=True,
            quote='<meta name="Robots" content="noai, index">',
        ),
    )


@pytest.mark.parametrize(
    "line",
    [
        "noai noimageai",
        "noai; noindex",
        "noai;",
        "noindex noai",
        "noai|x",
        "x" * 1000 + ": noai",
        "Mozilla/5.0 (compatible; GPTBot): noai",
    ],
)
def test_a_missing_comma_is_told_and_reserves_nothing(line: str) -> None:
    html = f'<meta name="robots" content="{line}">'
    found = page_signals(page(html, ("X-Robots-Tag", line)))

    assert [(one.scope, one.value, one.finding) for one in found] == [
        ("asset", Value.UNSPECIFIED, "invalid-value"),
        ("page", Value.UNSPECIFIED, "invalid-value"),
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("GPTBot/1.0: noai", [("agent:gptbot", "train")]),
        ("gptbot : noindex, noai", [("agent:gptbot", "train")]),
        ("robots: noai", [("asset", "train")]),
        ("*: noai", [("asset", "train")]),
        ("noai\x00", [("asset", "train")]),
        ("noindex,\r\n noai", [("asset", "train")]),
        ("GPTBot, noindex: noai", [("agent:noindex", "train")]),
        ("no\u0430i", []),
        ("noai=1", []),
        ('"noai"', []),
        ("noai: all", []),
    ],
)
def test_whom_a_line_speaks_to(line: str, found: list[tuple[str, str]]) -> None:
    assert header(line) == found


@pytest.mark.parametrize(
    "html",
    [
        '<template><meta name="robots" content="noai"></template>',
        '<textarea><meta name="robots" content="noai"></textarea>',
        '<meta name="robots" value="noai">',
        '<meta name="robots" content="no&shy;ai">',
        '<meta name="GPTBot,CCBot" content="noai">',
        '<meta http-equiv="X-Robots-Tag" content="noai">',
    ],
)
def test_what_no_crawler_reads_is_no_directive(html: str) -> None:
    assert page_signals(page(html)) == ()
