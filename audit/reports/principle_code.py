"""report.principle-code.md: a draft of what Japan's Principle-Code asks to publish or to explain.

The Principle-Code on generative AI, intellectual property and transparency (final version of 25
August 2026, filings from 26 October 2026) was read in summaries only (grade C), not in its own text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import evidence
from audit.drafts import Draft, Extent, Item, Section, draft_text
from audit.reports import PLAIN, Report
from audit.terms import Term
from provenance.many import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.reports import Asked
    from audit.summary import Summary

_TITLE = Term(
    "Draft: Principle-Code on generative AI (Japan), comply or explain",
    "草案:生成AIに関するプリンシプル・コード(コンプライ・オア・エクスプレイン)",
)
_SOURCE = Term(
    "source: Principle-Code, final version of 2026-08-25, by published summaries (grade C: its own text was not read); updated every year, at the draft stage",
    "出典:プリンシプル・コード(2026-08-25 確定)を紹介する資料(典拠 C:本文は未確認)。年次更新は案の段階の情報",
)


def _render(summary: Summary, asked: Asked = PLAIN) -> str:
    draft = Draft(
        _TITLE,
        _SOURCE,
        (
            Section(
                Term("Principle 1: what is published", "原則1:概要の開示"),
                tuple(_published(summary, asked)),
            ),
            Section(
                Term(
                    "Principle 2: inquiries by those who assert an infringement",
                    "原則2:権利侵害を主張する者からの照会への対応",
                ),
                tuple(_asserted()),
            ),
            Section(
                Term(
                    "Principle 3: inquiries by users about similar content",
                    "原則3:類似する生成物に関する利用者からの照会への対応",
                ),
                (Item(Term("answers to users", "利用者への回答"), Extent.PARTLY, (_TRACE,)),),
            ),
            Section(
                Term("Explanation where a principle is not taken up", "受け入れない原則の説明"),
                (Item(Term("reasons", "理由"), Extent.NOT),),
            ),
        ),
    )
    return draft_text(draft, summary, asked.language)


_TRACE = Term(
    "`provisor trace` states whether an address, host, creator or digest is in the dataset, and what was searched; not found is no proof of absence (N9)",
    "`provisor trace` がアドレス・ホスト・作者名・ダイジェストの有無と調査範囲を回答する。見つからないことは依拠のない証明ではない(N9)",
)
_RECEIPTS = Term(
    "lists handed in are kept with the time of receipt, and each has a receipt and a status (`provisor list`)",
    "提出されたリストは受領日時とともに保管し、受領証と状態を示す(`provisor list`)",
)


def _published(summary: Summary, asked: Asked) -> Iterator[Item]:
    yield Item(Term("overview of the model", "モデルの概要"), Extent.NOT)
    yield Item(
        Term("kinds of training data", "学習データの種類"),
        Extent.PARTLY,
        (Term(many(summary.rows, "row"), f"{summary.rows:,} 行"), *_kinds(asked),
         evidence.purpose(summary)),
    )  # fmt: skip
    yield Item(
        Term("crawling: agent and period", "クローリング:クローラーと期間"),
        Extent.PARTLY,
        (evidence.agent(summary), *evidence.acts(summary, *evidence.ACCESSING),
         evidence.collected(summary)),
    )  # fmt: skip
    yield Item(
        Term(
            "crawling: technical measures (robots.txt, ID and password)",
            "クローリング:技術的な措置(robots.txt、ID・パスワード)",
        ),
        Extent.EVIDENCED,
        (*evidence.answers(summary),
         *evidence.rule_rows(summary, "PRV-01", "PRV-02", "PRV-03", "PRV-11")),
    )  # fmt: skip
    yield Item(
        Term("measures for intellectual property: lists", "知的財産保護の措置:リスト"),
        evidence.of_lists(summary),
        (evidence.lists(summary), *evidence.rule_rows(summary, "PIR-01", "PIR-02", "PIR-03")),
    )
    yield Item(
        Term("measures for intellectual property: output", "知的財産保護の措置:生成・出力段階"),
        Extent.NOT,
    )


def _kinds(asked: Asked) -> Iterator[Term]:
    for one in asked.sources.modalities if asked.sources else ():
        name, count = evidence.modality(one.name), len(one.sources)
        yield Term(
            f"{name.en}: {many(one.rows, 'row')} of {many(count, 'domain name')}",
            f"{name.ja}:{one.rows:,} 行、ドメイン名 {count:,} 件",
        )


def _asserted() -> Iterator[Item]:
    yield Item(
        Term("whether works were used", "著作物の利用の有無の回答"), Extent.PARTLY, (_TRACE,)
    )
    yield Item(Term("receipt and status", "受領と状態の通知"), Extent.PARTLY, (_RECEIPTS,))
    yield Item(Term("contact and time of answers", "窓口と回答期間"), Extent.NOT)


REPORT = Report(
    "principle-code", "report.principle-code.md", _render, counts_sources=True, public=True
)
