"""report.html: what is read on the page, and what never stands in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from audit.reports.html import REPORT
from audit.rules import Rule, rules
from audit.samples import Sample
from audit.summary import (
    FOOTER,
    Finding,
    ReceivedList,
    RefusedAgent,
    RiskyHost,
    RobotsClass,
    Summary,
)
from audit.terms import NOBODY_MAY_CONCLUDE
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
        "pages_known": 0, "listed": 0, "unreadable_dates": 0,
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
    hosts=(
        RiskyHost("xn--r8jz45g.xn--zckzah:8080", "xn--r8jz45g.xn--zckzah", 1, "high", ("PRV-01",)),
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
)  # fmt: skip

EMPTY = replace(
    SUMMARY,
    rows=0,
    coverage=dict.fromkeys(SUMMARY.coverage, 0),
    knowledge=SUMMARY.knowledge | {"hosts": 0, "hosts_observed": 0, "robots_captures": 0,
                                   "first_capture": None, "last_capture": None},
    levels=dict.fromkeys(SUMMARY.levels, 0),
    classes=(), findings=(), agents=(), hosts=(), samples=(), overdue=(),
)  # fmt: skip

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

EXPECTED = """\
provisor 0.1.0 · audit made 2026-11-22 01:36 UTC
Audit of pages.parquet
Manifest 2,000 rows, 4 hosts parquet, 1,084 bytes
SHA-256 of the manifest d4d4d4d4d4d4…
Columns read address: url date: collected_at
Dataset demo, version 3
Purpose declared pretraining
Agent that collected CCBot
Holds copies of the contents not declared
Acts declared training: 2026-01-31T15:00:00Z to 2026-02-01T15:00:00Z dates without a zone: Asia/Tokyo
Rules 3 rules sources looked at 2026-11-21 next look due 2027-05-21
Agent list SHA-256 e0e0e0e0e0e0…
Public Suffix List 2026-10-22 SHA-256 020202020202…
Coverage Levels robots.txt Findings Agents Hosts Limits and versions
How much could be told 判断できた範囲
1,500 of 2,000 rows (75.0%) could not be told.
“Could not tell” is an answer of its own. It is neither permission nor refusal, it is treated as medium, and it says that a fact is missing, not that all is well.
robots.txt at collection
Known for 400 rows (20.0%); only possible for 100; could not tell for 1,500 (75.0%).
2 captures of 1 of 4 hosts, 2025-01-03 18:35 UTC to 2026-01-01 12:47 UTC. Their host had been observed before collection for 400 rows.
Gates on pages
The page, or a gate before it, was seen for 0 rows (0%); not looked at for 2,000 (100%).
0 captures of pages. A password, login, payment or declaration elsewhere would not be known; it makes no row unknown, and is listed as unobserved.
Lists received
could not tell
No list entry was at hand, so that no row is listed says nothing.
kestrel/comics names 0 rows: handed in by Kestrel Press (right_holder, right_holder_notice, accepted), received 2026-01-15 09:30 UTC
Could not be read: 1 address and 0 dates. What rests on them could not be told.
Past their review date, so their sources should be looked at again: PRV-02.
Rows by level リスク仕分け区分別の行数
A row has the highest level of its rules. A level sorts the work; it is no probability.
Level of all rows Rows Share
critical 重大 Stop. Set the row aside and do not open it. 0 0%
high 高 Leave the row out, or record the decision to keep it. 1 <0.1%
medium 中 Look at the row before it is used. 0 0%
unknown 不明 Could not tell: a fact is missing. Treated as medium. 1,500 75.0%
low 低 Take note. 499 24.9%
info 情報 Nothing recorded asks for action. 0 0%
What robots.txt said to AI-training agents robots.txt の内容と根拠
Rows by what the host’s robots.txt said for the row’s path at collection, and by its basis: how surely that is known. “Not refused” is what one file said, and no permission.
Basis 根拠 refused 拒否 possibly refused 拒否の可能性 not refused 拒否なし unknown 不明
observed at collection 収集時に観測 Last seen at most 24 hours before the end of collection. – – – –
bracketed 前後の観測から推定 Seen alike before and after collection, at most 90 days apart. 1 – 499 –
bracketed, far apart 前後の観測から推定(間隔が長い) Seen alike before and after, but more than 90 days apart: only possible. – – – –
changed in between 前後の観測の間に変化 Seen differently before and after: either is possible. – – – –
changed during collection 収集期間中に変化 Not the same throughout collection: only possible. – – – –
carried 直前の観測から推定 Last seen at most 36 hours before, and not seen again since. – – – –
carried, stale 古い観測から推定 Last seen more than 36 hours before, and not since: a refusal is only possible, and that none was seen counts as unknown. – – – –
after only 収集後のみ観測 First seen after collection, which proves nothing earlier. – – – –
never observed 観測なし No usable observation of the host. Silence is no permission. – – – 1,500
no collection date 収集日不明 The row has no date to hold an observation against. – – – –
Findings by rule 規則ごとの結果
A rule says which recorded facts meet a factor of the guidance. Where a state is only possible, the rule counts one level lower. Confidence stands beside the level. Rows are numbered from 0, as in the verdicts; capture and entry numbers are those of the store.
PRV-01 high 高
Collected by an agent that robots.txt refused
robots.txt が拒否したクローラーによる収集
1 row (<0.1%) 1 host 0 rows could not be told
What to do
Exclude the row
除外する
Source Overview, footnote 3
Grade A: the primary text was read
Looked at 2026-11-21; again by 2027-05-21
Nobody may conclude that a use does or does not fall within Article 30-4 (N1) that something is a work, or a database work (N2)
A row to look at
https://例え.テスト/道 host: xn--r8jz45g.xn--zckzah row 1,041 level high confidence bracketed robots.txt refused (bracketed) captures 7, 8 entries E1
PRV-02 low 低
Others were refused
他は拒否
499 rows (24.9%) 99 of them only possible 3 hosts 0 rows could not be told
What to do
Exclude the row
除外する
Source Overview, footnote 3
Grade A: the primary text was read
Looked at 2026-11-21; again by 2027-05-21 (overdue)
Nobody may conclude what someone intends; only what was declared (N6)
Rules that fired for no row, and could not be told for some
PIR-01 critical 重大 or high 高
Listed and known
リスト掲載
0 rows (0%) 0 hosts 1,500 rows could not be told
What to do
Exclude the row
除外する
Source Overview, footnote 3
Grade B: the primary text as quoted by a named secondary source
Looked at 2026-11-21; again by 2027-05-21
Nobody may conclude what a listed site is; only that someone listed it, on a day, with a status (N3)
Agents refused before collection 収集前の最後の観測で拒否されていたエージェント
By the last observation of the host before collection, out of 400 rows that have one. A refusal of a search or user agent says nothing about training.
Agent Operator Purpose Rows Share
CCBot Common Crawl dataset 300 75.0%
Hosts with the most rows at medium or above 「中」以上の行が多いホスト
Rows at level unknown are not counted here. A host stands in this table for its rows’ facts, and for nothing else.
Host Site Highest level Rules Rows
xn--r8jz45g.xn--zckzah:8080 (例え.テスト) xn--r8jz45g.xn--zckzah (例え.テスト) high 高 PRV-01 1
Limits and versions 判断の限界値と版
Fresh 24 hours: the caching bound of RFC 9309, section 2.4
Bracket 90 days: between two observations that agree
Carry 36 hours: how long an observation holds with none after it
The last two are our choice; no law and no guidance gives them.
Manifest SHA-256 d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4
Agent list SHA-256 e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0
Suffix list SHA-256 0202020202020202020202020202020202020202020202020202020202020202
Rules asked PIR-01, PRV-01, PRV-02
Facts as recorded, sorted by the factors of the guidance. This is not legal advice.
記録された事実を指針の考慮要素により整理したものです。本結果は法的評価ではありません。法的助言ではありません。
provisor 0.1.0; 3 rules as of 2026-11-21; unknown: 75.0% of rows; 0 lists.
"""


class _Page(HTMLParser):
    """The text that a reader sees, a block a line, and every tag with its attributes."""

    BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "tr", "dt", "ul", "ol", "dl", "table", "nav"})

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
        if not {"style", "title"} & set(self.inside):
            self.pieces.append(re.sub(r"\s+", " ", data))

    def _row(self) -> bool:
        return "ol" in self.inside[:-1]

    @property
    def text(self) -> str:
        lines = (re.sub(r" +", " ", line).strip() for line in "".join(self.pieces).split("\n"))
        joined = "\n".join(line for line in lines if line)
        return re.sub(r" ([,.;:)])", r"\1", re.sub(r"\( ", "(", joined)) + "\n"


def test_says_all_of_it_in_this_order() -> None:
    assert _Page(REPORT.render(SUMMARY)).text == EXPECTED


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
        hosts=(RiskyHost(hostile, hostile, 1, "high", ("PRV-01",)),),
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
    named = [(name, str(value)) for _, attributes in tags for name, value in attributes.items()]

    assert {tag for tag, _ in tags} & FETCHING == set()
    assert [
        name for name, _ in named if name in {"src", "srcset", "action"} or name[:2] == "on"
    ] == []
    assert [value for name, value in named if name == "href" and value[0] != "#"] == []
    assert [word for word in ("url(", "@import", "http:") if word in page] == []
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
    template = (ROOT / "audit" / "reports" / "report.html.jinja").read_text("utf-8")

    said = [page.text.replace(FOOTER["en"], ""), template, *NOBODY_MAY_CONCLUDE.values()]

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


def test_lists_that_were_looked_through_are_counted() -> None:
    consulted = replace(
        SUMMARY,
        knowledge=SUMMARY.knowledge | {"lists": 1, "entries": 1200},
        coverage=SUMMARY.coverage | {"listed": 40},
    )

    text = _Page(REPORT.render(consulted)).text

    assert "\n40 rows (2.0%) named by 1,200 entries of 1 list.\n" in text
    assert "No list entry was at hand" not in text


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
    template = (ROOT / "audit" / "reports" / "report.html.jinja").read_text("utf-8")
    colours = re.findall(r"--(\w+): #([0-9a-f]{3,6})\b", template)

    unknown = {value for name, value in colours if name == "unknown"}

    assert unknown == {"6d4fa8", "b79df0"}
    assert [value for _, value in colours if _is_green(value)] == []


def _is_green(colour: str) -> bool:
    red, green, blue = (int(part, 16) for part in re.findall("..", colour.ljust(6, colour[0])))
    return green > red + 24 and green > blue + 24
