"""report.html: what is read on the page, and what never stands in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from audit.declaration import ActKind
from audit.reports import Asked
from audit.reports.html import REPORT
from audit.rules import Rule, rules
from audit.samples import Sample
from audit.summary import (
    FOOTER,
    Finding,
    Period,
    ReceivedList,
    RefusedAgent,
    RiskySite,
    RobotsClass,
    Summary,
)
from audit.terms import ACTS, NOBODY_MAY_CONCLUDE
from tests.conftest import ROOT

CONCLUSIONS = re.compile(
    r"\b(?:il)?legal(?:ly)?\b|\binfring\w*|\b(?:non-?)?complian\w*|\bviolat\w*|\bclean\w*|\bsafe\w*",
    re.I,
)

RULE = Rule(
    id="PRV-01",
    title="Collected by an agent that robots.txt refused",
    title_ja="robots.txt が拒否したクローラーによる収集",
    statement="",
    basis="Overview, footnote 3",
    grade="A",
    law_as_of=date(2026, 11, 21),
    review_by=date(2027, 5, 21),
    level="high",
    rests_on="robots_self",
    advice="Exclude the row",
    advice_ja="除外する",
    must_not="N1 N2",
    expression="robots_self",
)
LOW = replace(
    RULE, id="PRV-02", title="Others were refused", title_ja="他は拒否", level="low", must_not="N6"
)
EITHER = replace(
    RULE,
    id="PIR-01",
    title="Listed and known",
    title_ja="リスト掲載",
    statement="",
    grade="B",
    level="CASE WHEN purpose = 'finetune_reproduce' THEN 'critical' ELSE 'high' END",
    must_not="N3",
)

SUMMARY = Summary(
    made_at=datetime(2026, 11, 22, 1, 36, 26, tzinfo=UTC),
    version="0.1.0",
    manifest={
        "file": "pages.parquet", "sha256": "d4" * 32, "bytes": 1084, "form": "parquet",
        "url_column": "url", "date_column": "collected_at",
    },
    declaration={
        "name": "demo", "version": "3", "purpose": "pretraining", "agent": "CCBot", "copies": None,
        "timezone": "Asia/Tokyo",
        "acts": [
            {"kind": "training", "from": "2026-01-31T15:00:00Z", "to": "2026-02-01T15:00:00Z"},
        ],
    },
    rules=(EITHER, RULE, LOW),
    overdue=("PRV-02",),
    limits={"fresh": 24, "bracket": 2160, "carry": 36},
    inputs={
        "agents_sha256": "e0" * 32, "suffix_list": "2026-10-22", "suffix_list_sha256": "02" * 32,
    },
    knowledge={
        "hosts": 4, "hosts_observed": 1, "robots_captures": 2, "page_captures": 0,
        "first_capture": datetime.fromisoformat("2025-01-03T18:35:56"),
        "last_capture": datetime.fromisoformat("2026-01-01T12:47:25"),
        "lists": 0, "entries": 0,
    },
    coverage={
        "row_count": 2000, "unreadable_urls": 1, "robots_known": 400, "robots_possible": 100, "observed_before": 400,
        "pages_known": 0, "listed": 0, "unreadable_dates": 0, "odd_urls": 0,
    },
    rows=2000,
    levels={"critical": 0, "high": 1, "medium": 0, "unknown": 1500, "low": 499, "info": 0},
    classes=(
        RobotsClass("unknown", "never_observed", 1500),
        RobotsClass("not_refused", "bracketed", 499),
        RobotsClass("refused", "bracketed", 1),
    ),
    findings=(
        Finding(EITHER, 0, 0, 1500, 0, {}), Finding(LOW, 499, 99, 0, 3, {"low": 499}),
        Finding(RULE, 1, 0, 0, 1, {"high": 1}),
    ),
    agents=(RefusedAgent("CCBot", "Common Crawl", "dataset", 300),),
    sites=(
        RiskySite(
            "xn--r8jz45g.xn--zckzah", "xn--r8jz45g.xn--zckzah:8080", 1, 1, "high", ("PRV-01",)
        ),
    ),
    lists=(
        ReceivedList(
            "kestrel/comics", "Kestrel Press", "right_holder", "right_holder_notice", "accepted",
            datetime(2026, 1, 15, 9, 30), 0,  # noqa: DTZ001
        ),
    ),
    samples=(
        Sample(
            "PRV-01", 1041, "https://例え.テスト/道",
            "high", "bracketed", "refused", "bracketed", (7, 8), ("E1",),
        ),
    ),
    periods=(
        Period("2025-01", 1, 0, 0), Period("2025-02", 1, 0, 0), Period("2025-03", 1, 1, 1990),
    ),
)  # fmt: skip

EMPTY = replace(
    SUMMARY,
    rows=0,
    coverage=dict.fromkeys(SUMMARY.coverage, 0),
    knowledge=SUMMARY.knowledge | {"hosts": 0, "hosts_observed": 0, "robots_captures": 0,
                                   "first_capture": None, "last_capture": None},
    levels=dict.fromkeys(SUMMARY.levels, 0),
    classes=(), findings=(), agents=(), sites=(), samples=(), overdue=(), periods=(),
)  # fmt: skip

EXPECTED = Path(__file__).parent / "expected"
FETCHING = frozenset({"script", "link", "img", "iframe", "object", "embed", "form", "base"})
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

HOSTILE = (
    "<script>alert(1)</script>",
    'https://a.example/"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "https://a.example/\u202egnp.exe\u200b",
    "https://a.example/\ud800\x1b]0;title\x07",
    "{{ 7 * 7 }}{% raw %}",
    "https://a.example/" + "long" * 100,
)


class _Page(HTMLParser):
    """The text that a reader sees, a block a line, and every tag with its attributes."""

    BLOCKS = frozenset(
        {"p", "h1", "h2", "h3", "h4", "tr", "dt", "ul", "ol", "dl", "table", "nav", "figure"}
    )

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside.append(tag)
        within = "dd" in self.inside and tag in {"ul"}
        self.pieces.append("\n" if tag in self.BLOCKS and not within and not self._row() else " ")

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            continue
        self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not {"style", "title", "svg"} & set(self.inside):
            self.pieces.append(re.sub(r"\s+", " ", data))

    def _row(self) -> bool:
        return "ol" in self.inside[:-1]

    @property
    def text(self) -> str:
        lines = (re.sub(r" +", " ", line).strip() for line in "".join(self.pieces).split("\n"))
        joined = "\n".join(line for line in lines if line)
        return re.sub(r" ([,.;:)])", r"\1", re.sub(r"\( ", "(", joined)) + "\n"


EARLIER = replace(
    SUMMARY,
    made_at=datetime(2026, 8, 1, tzinfo=UTC),
    rows=1900,
    levels=SUMMARY.levels | {"high": 4, "unknown": 1397},
    rules=SUMMARY.rules[:2],
    findings=(Finding(RULE, 4, 0, 3, 2, {"high": 4}),),
    inputs=SUMMARY.inputs | {"agents_sha256": "e1" * 32},
)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_says_all_of_it_in_this_order(language: str) -> None:
    page = REPORT.render(SUMMARY, Asked(language, EARLIER))

    assert _Page(page).text == (EXPECTED / f"page.{language}.txt").read_text("utf-8")


def test_a_page_in_japanese_is_in_japanese_but_for_names_sources_and_the_english_footer() -> None:
    page = _Page(REPORT.render(SUMMARY, Asked("ja", EARLIER)))

    assert dict(page.tags)["html"] == {"lang": "ja"}
    english = [
        line
        for line in page.text.splitlines()
        if re.search("[a-z]{3,} [a-z]{2,} [a-z]{2,}", line) and "Overview, footnote" not in line
    ]
    assert english == [FOOTER["en"]]


def test_without_an_earlier_audit_nothing_is_said_to_have_changed() -> None:
    page = _Page(REPORT.render(SUMMARY))

    assert "changes" not in {attributes.get("id") for _, attributes in page.tags}
    assert "What changed" not in page.text


def test_every_chart_is_named_and_told_in_words() -> None:
    page = REPORT.render(SUMMARY, Asked("en", EARLIER))
    places = {attributes["id"] for _, attributes in _Page(page).tags if "id" in attributes}
    charts = [found for tag, found in _Page(page).tags if tag == "svg" and "role" in found]

    assert len(charts) == 2 * len(("levels", "changes", "basis", "refusing", "collected", "sites"))
    for chart in charts:
        assert {chart["aria-labelledby"], chart["aria-describedby"]} <= places
    assert '<desc id="chart-levels-wide-chart-told">critical: 0; high: 1; medium: 0;' in page


def test_what_could_not_be_told_is_hatched_in_charts() -> None:
    page = REPORT.render(SUMMARY)

    assert 'fill="url(#hatched)"' in page
    assert 'fill="var(--unknown)"' in page.partition("</pattern>")[0]
    assert 'fill="var(--unknown)"' not in page.partition("</pattern>")[2]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_others_wrote_is_text_and_nothing_else(hostile: str) -> None:
    (sample,) = SUMMARY.samples
    attacked = replace(
        SUMMARY,
        manifest=SUMMARY.manifest
        | {"file": hostile, "url_column": hostile, "date_column": hostile},
        declaration=SUMMARY.declaration | {"name": hostile, "version": hostile, "agent": hostile},
        samples=(replace(sample, url=hostile, entries=(hostile,)),),
        agents=(RefusedAgent(hostile, hostile, "declared", 3),),
        sites=(RiskySite(hostile, f"{hostile}:1", 1, 1, "high", ("PRV-01",)),),
    )

    page = REPORT.render(attacked)

    page.encode("utf-8")
    assert re.search("[\x00-\x09\x0b-\x1f\u200b\u202e\x7f-\x9f]", page) is None
    assert _shape(_Page(page)) == _shape(_Page(REPORT.render(SUMMARY)))


def _shape(page: _Page) -> list[tuple[str, frozenset[str]]]:
    """Tags and their attributes' names; a host beside a Unicode URL may come and go."""
    return [
        (tag, frozenset(attributes))
        for tag, attributes in page.tags
        if attributes.get("class") != "soft"
    ]


@pytest.mark.parametrize("summary", [SUMMARY, EMPTY], ids=["rows", "empty"])
def test_asks_the_network_for_nothing_and_runs_nothing(summary: Summary) -> None:
    page = REPORT.render(summary)
    tags = _Page(page).tags
    plain = page.replace("url(#hatched)", "")  # a pattern on the page itself
    named = [(name, str(value)) for _, attributes in tags for name, value in attributes.items()]

    assert {tag for tag, _ in tags} & FETCHING == set()
    assert [
        name for name, _ in named if name in {"src", "srcset", "action"} or name[:2] == "on"
    ] == []
    assert [value for name, value in named if name == "href" and value[0] != "#"] == []
    assert [word for word in ("url(", "@import", "http:") if word in plain] == []
    assert ("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}) in tags


def test_every_link_leads_to_a_place_on_the_page() -> None:
    tags = _Page(REPORT.render(SUMMARY)).tags

    places = [attributes["id"] for _, attributes in tags if "id" in attributes]
    links = {str(attributes["href"])[1:] for tag, attributes in tags if tag == "a"}

    assert len(places) == len(set(places))
    assert links - set(places) == set()


def test_draws_no_conclusion() -> None:
    everything = tuple(Finding(rule, 1, 0, 1, 1, {"high": 1}) for rule in rules())
    page = _Page(REPORT.render(replace(SUMMARY, rules=rules(), findings=everything)))
    ours = [file.read_text("utf-8") for file in (ROOT / "audit" / "page").glob("*.j*")]
    assert ours

    said = [
        page.text.replace(FOOTER["en"], ""),
        *ours,
        *(one.en for one in NOBODY_MAY_CONCLUDE.values()),
    ]

    assert [found[0] for text in said for found in CONCLUSIONS.finditer(text)] == []


def test_no_rows_are_no_finding() -> None:
    text = _Page(REPORT.render(EMPTY)).text

    assert "\nNothing was judged. The manifest has 0 rows, and that is no finding.\n" in text
    assert "%" not in text
    assert FOOTER["en"] in text
    assert FOOTER["ja"] in text


def test_few_are_not_none_and_nearly_all_are_not_all() -> None:
    levels = dict.fromkeys(SUMMARY.levels, 0) | {"high": 1, "unknown": 99_999}
    text = _Page(REPORT.render(replace(SUMMARY, rows=100_000, levels=levels))).text

    assert "99,999 of 100,000 rows (>99.9%) could not be told." in text
    assert "record the decision to keep it. 1 <0.1%\n" in text


def test_findings_come_by_the_level_that_they_have_and_not_by_one_they_could_have() -> None:
    lowered = Finding(EITHER, 900, 900, 0, 1, {"medium": 900})
    high = Finding(RULE, 1, 0, 0, 1, {"high": 1})

    page = REPORT.render(replace(SUMMARY, findings=(lowered, high)))

    assert page.index('<article class="finding" id="PRV-01"') < page.index(
        '<article class="finding" id="PIR-01"'
    )


def test_lists_that_were_looked_through_are_counted() -> None:
    consulted = replace(
        SUMMARY,
        knowledge=SUMMARY.knowledge | {"lists": 1, "entries": 1200},
        coverage=SUMMARY.coverage | {"listed": 40},
    )

    text = _Page(REPORT.render(consulted)).text

    assert "\n40 rows (2.0%) named by 1,200 entries of 1 list.\n" in text
    assert "No list entry was at hand" not in text


@pytest.mark.parametrize("kind", ActKind)
def test_every_kind_of_act_that_can_be_declared_is_told(kind: str) -> None:
    acts = [{"kind": kind, "from": "2026-01-31T15:00:00Z", "to": "2026-02-01T15:00:00Z"}]

    told = replace(SUMMARY, declaration=SUMMARY.declaration | {"acts": acts})

    assert f"{ACTS[kind].en}: 2026-01-31 15:00 UTC to" in _Page(REPORT.render(told)).text


def test_shows_the_first_twenty_agents_and_three_samples() -> None:
    (sample,) = SUMMARY.samples
    many = replace(
        SUMMARY,
        agents=tuple(RefusedAgent(f"bot{n}", "", "uncategorised", 30 - n) for n in range(21)),
        samples=tuple(replace(sample, row=n) for n in range(5)),
    )

    text = _Page(REPORT.render(many)).text

    assert "; the first 20 of 21 agents." in text
    assert "\nbot19 – not known 11 2.8%\n" in text
    assert "bot20" not in text
    assert "row 2 " in text
    assert "row 3 " not in text


def test_could_not_tell_is_never_green() -> None:
    template = (ROOT / "audit" / "page" / "style.css").read_text("utf-8")
    colours = re.findall(r"--(\w+): #([0-9a-f]{3,6})\b", template)

    unknown = {value for name, value in colours if name == "unknown"}

    assert unknown == {"6d4fa8", "b79df0"}
    assert [value for _, value in colours if _is_green(value)] == []


def _is_green(colour: str) -> bool:
    red, green, blue = (int(part, 16) for part in re.findall("..", colour.ljust(6, colour[0])))
    return green > red + 24 and green > blue + 24
