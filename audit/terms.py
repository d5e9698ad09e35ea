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
    "A": "the primary text was read",
    "B": "the primary text as quoted by a named secondary source",
    "C": "a summary by a secondary source",
    "D": "not verified",
    "X": "a design rule of this tool, drawn from the sources it names",
}
"""How near to its source a rule was written."""

NOBODY_MAY_CONCLUDE = {
    "N1": "that a use does or does not fall within Article 30-4",
    "N2": "that something is a work, or a database work",
    "N3": "what a listed site is; only that someone listed it, on a day, with a status",
    "N4": "that silence is permission: no signal and no listing allow nothing",
    "N5": "that a later signal proves an earlier state",
    "N6": "what someone intends; only what was declared",
    "N7": "who the author or right holder is",
    "N8": "that a matching digest confirms what a file shows, or says anything about a person",
    "N9": "that what is not found in the data was not relied on",
    "N10": "that the result under one country's rules holds under another's",
    "N11": "that a checklist filled in is a duty fulfilled",
    "N12": "that a level is a probability of liability or an amount of damages",
}

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
