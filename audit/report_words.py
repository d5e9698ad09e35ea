"""The words that reports share, in English and in Japanese. None of them is a conclusion of law."""

from __future__ import annotations

from audit.terms import Term

TITLES = {
    "report": Term("Audit of a dataset manifest", "データセットのマニフェストの監査"),
    "levels": Term("Rows by level", "区分別の行数"),
    "robots": Term(
        "What robots.txt said to AI-training agents at collection",
        "収集時に robots.txt が AI 学習用クローラーに示していた内容",
    ),
    "rules": Term("Rules", "規則"),
    "findings": Term("Findings", "結果"),
    "lists": Term("Lists", "リスト"),
    "sites": Term("Sites with the most rows at medium or above", "「中」以上の行が多いサイト"),
    "checkpoint": Term("Checkpoint of the store", "記録の保存先のチェックポイント"),
}

COLUMNS = {
    "level": Term("level", "区分"),
    "rows": Term("rows", "行数"),
    "share": Term("share", "割合"),
    "robots": Term("robots.txt", "robots.txt"),
    "answer": Term("answer", "回答"),
    "basis": Term("basis", "根拠"),
    "rule": Term("rule", "規則"),
    "case": Term("what is the case", "内容"),
    "possible": Term("possible", "可能性"),
    "only_possible": Term("only possible", "可能性のみ"),
    "hosts": Term("hosts", "ホスト"),
    "untold": Term("cannot tell", "不明"),
    "could_not_tell": Term("could not tell", "不明"),
    "advice": Term("advice", "推奨"),
    "list": Term("list", "リスト"),
    "submitter": Term("handed in by", "提出者"),
    "status": Term("status", "状態"),
    "received": Term("received", "受領"),
    "site": Term("site", "サイト"),
    "rules": Term("rules", "規則"),
}

NAMES = {
    "manifest": Term("manifest", "マニフェスト"),
    "rows": Term("rows", "行数"),
    "untold": Term("could not be told", "不明"),
    "coverage": Term("coverage", "判断できた範囲"),
    "rules": Term("rules", "規則"),
    "made": Term("made", "作成"),
    "snapshot": Term("snapshot", "スナップショット"),
    "of_dataset": Term("of the dataset", "データセット全体"),
    "unasked": Term("not asked, not declared", "宣言がなく未判定"),
}
"""What stands at the top of every report goes by these."""

SENTENCES = {
    "manifest": Term("{file}, SHA-256 {sha256}", "{file}、SHA-256 {sha256}"),
    "untold": Term("{untold} of {rows:row} ({share})", "{rows} 行のうち {untold} 行({share})"),
    "coverage": Term(
        "robots.txt known for {known} of rows, only possible for {possible}; pages looked at for {pages}; lists at hand: {lists} with {entries:entry}; unreadable addresses: {urls}, dates: {dates}",
        "robots.txt が判明した行 {known}、可能性のみ {possible}、ページを観測した行 {pages}、手元のリスト {lists}(記載 {entries} 件)、読み取れないアドレス {urls}、日付 {dates}",
    ),
    "rules": Term(
        "{count} as of {as_of}; past their review date: {overdue}",
        "{count} 件、{as_of} 時点、確認期限を過ぎた規則:{overdue}",
    ),
    "made": Term("{at} UTC by provisor {version}", "{at} UTC、provisor {version}"),
    "none": Term("none", "なし"),
    "of": Term(
        "{file}: {rows:row}, {hosts:host}; purpose {purpose}, agent {agent}",
        "{file}:{rows} 行、{hosts} ホスト、目的 {purpose}、クローラー {agent}",
    ),
    "not_known": Term("not known", "不明"),
    "known": Term(
        "known of its hosts: {robots:robots.txt capture} of {observed:host}, {pages:page}; list entries: {entries}, lists: {lists}",
        "ホストについての記録:robots.txt {robots} 件({observed} ホスト)、ページ {pages} 件、リストの記載 {entries} 件、リスト {lists} 件",
    ),
    "seen": Term(
        "coverage: robots.txt known for {known} of rows and only possible for {possible}; pages looked at for {pages}; the rest could not be told",
        "判断できた範囲:robots.txt が判明した行 {known}、可能性のみ {possible}、ページを観測した行 {pages}。残りは不明",
    ),
    "unreadable": Term(
        "unreadable addresses: {urls}, unreadable dates: {dates}",
        "読み取れないアドレス {urls} 件、日付 {dates} 件",
    ),
    "overdue": Term("rules past their review date: {ids}", "確認期限を過ぎた規則:{ids}"),
    "pack": Term(
        "rules: profile {profile}, {count} as of {last}, to be looked at again by {due}",
        "規則:プロファイル {profile}、{count} 件、{last} 時点、{due} までに再確認",
    ),
}  # fmt: skip


def sentence(name: str, lang: str, **values: object) -> str:
    """Return a sentence in *lang* with its values."""
    text: str = getattr(SENTENCES[name], lang)
    return text.format(**values)
