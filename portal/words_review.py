"""Words of the page of an operator: what waits, and what can be decided."""

from __future__ import annotations

REVIEW: dict[str, tuple[str, str]] = {
    "review": ("What waits for review", "審査待ち"),
    "review_as_of": ("As of {time}.", "{time} 時点。"),
    "nothing_waits": ("Nothing waits.", "審査待ちはありません。"),
    "review_lists": ("Lists", "リスト"),
    "review_disputes": ("Disputes", "異議"),
    "review_entries": ("Entries that are held back or disputed", "保留または異議のある項目"),
    "from": ("From", "提出者"),
    "error_share": ("Wrong before: {share} of their entries", "これまでの誤り: 項目の {share}"),
    "changes": ("Changes", "変更"),
    "held_whole": (
        "It changes so much of the list that it may be another one.",
        "変更が大きく、別のリストの可能性があります。",
    ),
    "reach": ("What it would name in {manifest}", "{manifest} で該当するもの"),
    "reach_rows": (
        "{named} of {rows:row}, by {entries:entry}; not to be compared: {unreadable:row}.",
        "{rows} 行中 {named} 行 (該当した項目 {entries} 件)。比較できない行は {unreadable} 行です。",
    ),
    "reach_uncompared": (
        "Not to be compared: {count:digest}; the data set has no column for it.",
        "ダイジェスト {count} 件は、対応する列がないため比較できません。",
    ),
    "placeholder": ("a placeholder?", "代替画像か"),
    "reach_not_told": ("Cannot be told: {why}", "判定できません: {why}"),
    "no_reach": ("No data set was compared with it.", "比較したデータセットはありません。"),
    "rows": ("Rows", "行数"),
    "hosts": ("Hosts", "ホスト数"),
    "wide": ("wide", "広範"),
    "for_instance": ("For instance", "例"),
    "first_lines": ("The list, {shown} of {all:line}", "リスト ({all} 行中 {shown} 行)"),
    "outcome": ("Decision", "決定"),
    "do_accepted": ("Accept", "承認する"),
    "do_rejected": ("Reject", "承認しない"),
    "do_upheld": ("Uphold the entry", "項目を維持する"),
    "do_withdrawn_error": ("Strike it: it never was right", "取り消す (最初から誤り)"),
    "do_withdrawn_cured": ("End it: the site no longer does it", "終了する (是正された)"),
    "do_withdrawn_settled": ("End it: they came to terms", "終了する (解決した)"),
    "do_admitted": ("Admit: mark the entries as disputed", "認める (項目に「異議あり」と付ける)"),
    "do_dismissed": ("Dismiss", "認めない"),
    "reason": ("Reason, shown to whoever handed it in", "理由 (提出者に示されます)"),
    "own_decisions": ("Your last decisions", "最近の決定"),
    "decide": ("Decide", "決定する"),
    "decided": (
        "It is kept, and carried out when it is taken in.",
        "受け付けました。取り込まれると反映されます。",
    ),
}  # fmt: skip
