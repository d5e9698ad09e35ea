"""report.jco-checklist.md: the JCO checklist for developers, item by item, as far as evidence goes.

Checklist and Guidance on AI and Copyright (Agency for Cultural Affairs, Japan, 31 July 2024). The
slides were not read: items are by secondary sources (grade B, C) or drawn from the overview of the
General Understanding (grade A for its content, D as an item). No wording is theirs, no number either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import evidence
from audit.drafts import Draft, Extent, Item, Section, draft_text
from audit.reports import PLAIN, Report
from audit.terms import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.reports import Asked
    from audit.summary import Summary

_TITLE = Term(
    "JCO checklist on AI and copyright, for AI developers: what is evidenced",
    "AIと著作権に関するチェックリスト(AI開発者):証拠の範囲",
)
_SOURCE = Term(
    "source: Checklist and Guidance on AI and Copyright (Agency for Cultural Affairs, 2024-07-31), by secondary sources; the slides were not read. Grades stand after each item; a checklist filled in is no duty fulfilled (N11)",
    "出典:AIと著作権に関するチェックリスト&ガイダンス(文化庁、2024-07-31)を紹介する資料(スライド本文は未確認)。各項目の末尾に典拠の区分を示す。チェックリストを満たすことは義務を果たすことを意味しない(N11)",
)


def _render(summary: Summary, asked: Asked = PLAIN) -> str:
    before = Term("Preparing data and training", "データの準備・学習")
    during = Term("During development", "開発段階")
    after = Term("After development", "開発後")
    draft = Draft(
        _TITLE,
        _SOURCE,
        (
            Section(before, (*_training(summary), *_sources(summary))),
            Section(during, tuple(_during())),
            Section(after, tuple(_after())),
        ),
    )
    return draft_text(draft, summary, asked.language)


def _training(summary: Summary) -> Iterator[Item]:
    """Yield what is asked of the purpose, and of what could be bought for it."""
    yield Item(
        Term("training and the output of existing expression (B)", "学習の目的と既存の表現の出力(B)"),
        Extent.PARTLY,
        (
            evidence.purpose(summary),
            *evidence.rule_rows(summary, "ENJ-01", "ENJ-05"),
            Term("intent is not concluded (N6)", "意図については結論しない(N6)"),
        ),
    )  # fmt: skip
    yield Item(
        Term("paid databases for analysis (B)", "有償の情報解析用データベース(B)"),
        Extent.PARTLY if evidence.asked(summary, "LIC-01") else Extent.NOT,
        (
            *evidence.rule_rows(summary, *evidence.asked(summary, "LIC-01")),
            Term(
                "whether something is a database work is not concluded (N2)",
                "データベースの著作物であるかは結論しない(N2)",
            ),
        ),
    )  # fmt: skip
    yield Item(
        Term("paid interfaces and copied pages (B)", "有償APIとページの複製(B)"),
        Extent.PARTLY,
        tuple(evidence.rule_rows(summary, *evidence.asked(summary, "LIC-02"), "PRV-03")),
    )


def _sources(summary: Summary) -> Iterator[Item]:
    """Yield what is asked of where the data were collected, and of who objected."""
    yield Item(
        Term("technical measures: robots.txt, ID and password (B)", "技術的な措置:robots.txt、ID・パスワード(B)"),
        Extent.EVIDENCED,
        (
            *evidence.answers(summary),
            *evidence.rule_rows(summary, "PRV-01", "PRV-02", "PRV-03", "PRV-09", "PRV-11"),
        ),
    )  # fmt: skip
    yield Item(
        Term("sources listed as pirate sites, and when that was known (C; A in the overview)", "海賊版サイトとしてリスト掲載された収集元と認識の時期(C、概要では A)"),
        evidence.of_lists(summary),
        (evidence.lists(summary), *evidence.rule_rows(summary, "PIR-01", "PIR-02", "PIR-03")),
    )  # fmt: skip
    yield Item(
        Term("information of right holders, and what was left out (A)", "権利者からの情報と除外(A)"),
        evidence.of_lists(summary),
        (
            evidence.lists(summary),
            *evidence.rule_rows(summary, "PIR-05", "PIR-07"),
            Term("what was left out: the removal record of `provisor clean`", "除外した行:`provisor clean` の除去記録"),
        ),
    )  # fmt: skip
    yield Item(
        Term("contracts and other rights (B)", "契約その他の権利(B)"),
        Extent.PARTLY,
        tuple(evidence.rule_rows(summary, "PRV-07")),
    )


def _during() -> Iterator[Item]:
    yield Item(
        Term("measures against similar output (A; D as an item)", "類似する生成物の出力を防ぐ措置(A、項目としては D)"),
        Extent.NOT,
    )  # fmt: skip
    yield Item(
        Term("collection policy told, records kept (D)", "収集方針の情報提供と記録の保管(D)"),
        Extent.PARTLY,
        (
            Term(
                "the store holds every observation with its time and octets; `provisor verify` shows that none was changed",
                "すべての観測を時刻・オクテットとともに保管し、変更のないことを `provisor verify` で示す",
            ),
        ),
    )


def _after() -> Iterator[Item]:
    yield Item(
        Term("claims, and removal from the dataset (A; D as an item)", "請求への対応とデータセットからの除去(A、項目としては D)"),
        Extent.PARTLY,
        (
            Term(
                "`provisor trace` answers, `provisor clean` removes and records it, `--suppress` keeps it out",
                "`provisor trace` で回答し、`provisor clean` で除去・記録し、`--suppress` で再混入を防ぐ",
            ),
        ),
    )  # fmt: skip
    yield Item(Term("training again (D)", "再学習の判断(D)"), Extent.NOT)
    yield Item(
        Term("what right holders can do: robots.txt, ID and password, data on sale (B)", "権利者側の措置:robots.txt、ID・パスワード、データの販売(B)"),
        Extent.PARTLY,
        (
            Term(
                "`provisor inspect` shows what a site tells AI crawlers",
                "`provisor inspect` がサイトの AI クローラーへの表示を示す",
            ),
        ),
    )  # fmt: skip


REPORT = Report("jco-checklist", "report.jco-checklist.md", _render, public=True)
