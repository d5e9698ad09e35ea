"""The terms of a report, in English and Japanese, and what each of them means (docs/rules.md).

Facts, factors, sources and how surely they are known: none of these words is a conclusion of law.
"""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """One term of the report."""

    en: str
    ja: str
    meaning: str = ""
    meaning_ja: str = ""


def word(terms: dict[str, Term], name: str, lang: str, **values: object) -> str:
    """Return the term *name* in *lang* with its values."""
    text: str = getattr(terms[name], lang)
    return text.format(**values) if values else text


def in_english(text: str) -> Term:
    """Return a term of a document that is written in English, whoever reads it."""
    return Term(text, text)


LEVEL_TERMS = {
    "critical": Term(
        "critical",
        "重大",
        "Stop. Set the row aside and do not open it.",
        "中止する。行を隔離し、開かない。",
    ),
    "high": Term(
        "high",
        "高",
        "Leave the row out, or record the decision to keep it.",
        "行を除外する。残す場合は決定を記録する。",
    ),
    "medium": Term("medium", "中", "Look at the row before it is used.", "利用前に行を確認する。"),
    "unknown": Term(
        "unknown",
        "不明",
        "Could not tell: a fact is missing. Treated as medium.",
        "判断できない(事実が欠けている)。「中」と同じに扱う。",
    ),
    "low": Term("low", "低", "Take note.", "留意する。"),
    "info": Term(
        "info", "情報", "Nothing recorded asks for action.", "対応を要する事実の記録はない。"
    ),
}

ANSWERS = {
    "refused": Term("refused", "拒否"),
    "possibly_refused": Term("possibly refused", "拒否の可能性"),
    "not_refused": Term("not refused", "拒否なし"),
    "unknown": Term("unknown", "不明"),
}
"""What robots.txt said to AI-training agents."""

BASES = {
    "contemporaneous": Term(
        "observed at collection",
        "収集時に観測",
        "Last seen at most {fresh} before the end of collection.",
        "収集終了前 {fresh}以内に最後に観測。",
    ),
    "bracketed": Term(
        "bracketed",
        "前後の観測から推定",
        "Seen alike before and after collection, at most {bracket} apart.",
        "収集の前後で同じ内容を観測、間隔は {bracket}以内。",
    ),
    "bracketed_wide": Term(
        "bracketed, far apart",
        "前後の観測から推定(間隔が長い)",
        "Seen alike before and after, but more than {bracket} apart: only possible.",
        "収集の前後で同じ内容を観測したが、間隔が {bracket}を超える(可能性のみ)。",
    ),
    "changed_between": Term(
        "changed in between",
        "前後の観測の間に変化",
        "Seen differently before and after: either is possible.",
        "収集の前後で異なる内容を観測(どちらもありうる)。",
    ),
    "inside_window": Term(
        "changed during collection",
        "収集期間中に変化",
        "Not the same throughout collection: only possible.",
        "収集期間中に一定でない(可能性のみ)。",
    ),
    "carried": Term(
        "carried",
        "直前の観測から推定",
        "Last seen at most {carry} before, and not seen again since.",
        "収集前 {carry}以内に最後に観測、その後の観測なし。",
    ),
    "carried_stale": Term(
        "carried, stale",
        "古い観測から推定",
        "Last seen more than {carry} before, and not since: a refusal is only possible, "
        "and that none was seen counts as unknown.",
        "収集の {carry}より前に最後に観測、その後の観測なし。拒否は可能性のみ、拒否なしは不明とする。",
    ),
    "after_only": Term(
        "after only",
        "収集後のみ観測",
        "First seen after collection, which proves nothing earlier.",
        "収集後に初めて観測。以前の状態は証明されない。",
    ),
    "never_observed": Term(
        "never observed",
        "観測なし",
        "No usable observation of the host. Silence is no permission.",
        "ホストの有効な観測がない。沈黙は許諾ではない。",
    ),
    "no_collection_date": Term(
        "no collection date",
        "収集日不明",
        "The row has no date to hold an observation against.",
        "観測と対照すべき日付が行にない。",
    ),
}
"""How surely a state is known at collection: Table A, with its limits left open."""

GRADES = {
    "A": Term("the primary text was read", "一次資料を確認"),
    "B": Term("the primary text as quoted by a named secondary source", "名称の明らかな二次資料による一次資料の引用"),
    "C": Term("a summary by a secondary source", "二次資料による要約"),
    "D": Term("not verified", "未確認"),
    "X": Term("a design rule of this tool, drawn from the sources it names", "本ツールの設計上の規則(挙げた資料に基づく)"),
}  # fmt: skip
"""How near to its source a rule was written."""

NOBODY_MAY_CONCLUDE = {
    "N1": Term("that a use does or does not fall within Article 30-4", "ある利用が第30条の4に当たる、または当たらないこと"),
    "N2": Term("that something is a work, or a database work", "あるものが著作物である、またはデータベースの著作物であること"),
    "N3": Term("what a listed site is; only that someone listed it, on a day, with a status", "掲載されたサイトが何であるか(誰が、いつ、どの状態で掲載したかのみ)"),
    "N4": Term("that silence is permission: no signal and no listing allow nothing", "沈黙が許諾であること(意思表示や掲載がないことは何も許さない)"),
    "N5": Term("that a later signal proves an earlier state", "後の表示が以前の状態を証明すること"),
    "N6": Term("what someone intends; only what was declared", "誰かの意図(宣言されたことのみ)"),
    "N7": Term("who the author or right holder is", "著作者または権利者が誰であるか"),
    "N8": Term("that a matching digest confirms what a file shows, or says anything about a person", "ダイジェストの一致が内容を確認すること、または人物について何かを示すこと"),
    "N9": Term("that what is not found in the data was not relied on", "データに見つからないことが依拠のないことを意味すること"),
    "N10": Term("that the result under one country's rules holds under another's", "ある国の規則による結果が他国でも妥当すること"),
    "N11": Term("that a checklist filled in is a duty fulfilled", "チェックリストを満たすことが義務を果たすこと"),
    "N12": Term("that a level is a probability of liability or an amount of damages", "区分が責任の確率や損害額であること"),
}  # fmt: skip

AGENT_PURPOSES = {
    "training": Term("training", "学習"),
    "dataset": Term("dataset", "データセット"),
    "search": Term("search", "検索"),
    "user-fetch": Term("user fetch", "利用者による取得"),
    "uncategorised": Term("not known", "不明"),
    "declared": Term("declared agent", "宣言されたクローラー"),
}
"""What an agent fetches for; `declared` is the collecting agent where we do not know it."""

ACTS = {
    "crawl": Term("crawl", "クロール"),
    "download": Term("download", "ダウンロード"),
    "api": Term("collection by an interface", "APIによる収集"),
    "copy": Term("copy from a corpus host", "コーパスの複製"),
    "transform": Term("transformation", "加工"),
    "retention": Term("retention", "保存"),
    "training": Term("training", "学習"),
    "release": Term("release", "公開"),
}
"""What is declared to have been done, by its kind."""

NOT_FULFILLED = Term(
    "Draft, filled in from what was measured. It says what is recorded, no more; that a field is filled in does not say that a duty is fulfilled (N11). Whoever publishes it checks every line and adds what only they know. “Evidenced” says that facts of the item are recorded, whichever way they point.",
    "測定結果による草案。記録された事実のみを示す。項目が埋まっていることは、義務が果たされたことを意味しない(N11)。公表する者が各行を確認し、自らのみが知る事項を補うこと。「証拠あり」は、内容の如何を問わず、その項目に関する事実が記録されていることを示す。",
)
