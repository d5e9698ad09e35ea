"""Refusals that have no code, in Japanese: a call that cannot be carried out as it was made."""

from __future__ import annotations

FACTS = {
    # What is not the document's fault, when a list is received
    "not a list format": "リストの形式ではありません",
    "not an encoding lists are read in": "リストの文字コードとして読み取れるものではありません",
    "it is the list of {}, not of {}": "{} のリストであり、{} のリストではありません",
    "published on {}, which has not come yet": "公開日 {} はまだ来ていません",
    "{} hands it in and cannot confirm it": "{} は提出者であり、自ら確認することはできません",
    "the manifest says {} {}": "manifest.json では {} が {} です",
    "list id {} is not owner/slug": "リスト ID {} が owner/slug の形ではありません",
    "the submitter is not named": "提出者の名前がありません",
    "there is no role {}": "役割 {} はありません",
    "there is no basis {}": "根拠 {} はありません",
    "there is no status {}": "状態 {} はありません",
    "{} is no name of a site": "{} はサイトの名前ではありません",
    "cannot be read as UTF-8 text ({})": "UTF-8 のテキストとして読み取れません ({})",
    "line {} names no host: {}": "{} 行目がホスト名ではありません: {}",
    # Decisions on entries
    "there is no such list here": "そのようなリストはここにありません",
    "it has no entry that can be {}": "「{}」とすることができる項目がありません",
    "entries that are held back have to be named: {}": "保留中の項目は 1 件ずつ指定する必要があります: {} 件",
    "{} is {} and cannot be {}": "{} は「{}」の状態であり、「{}」とすることはできません",
    "nobody decides this": "この段階は決定によるものではありません",
    "nobody is named": "名前がありません",
    "a dispute without a word": "異議に理由がありません",
    "a withdrawal has a cause, nothing else has": "取り下げには理由の区分が必要で、ほかの決定には付きません",
    "{} handed it in and cannot decide on it": "{} は提出者であり、これについて決定することはできません",
    "{} disputed it and cannot decide on it": "{} は異議を申し立てた側であり、これについて決定することはできません",
    "{} entries are called {}": "{1} に当たる項目が {0} 件あります",
    "no entry is called {}": "{} に当たる項目はありません",
}  # fmt: skip

REMEDIES = {
    "one of: {}": "次のいずれかを指定してください: {}",
    "hand it in under a list id of your own": "自分のリスト ID で提出してください",
    "let another person confirm it": "別の人が確認してください",
    "leave --{} out": "--{} を付けないでください",
    "see docs/blocklists.md for what can be said": "書けるものは docs/blocklists.md をご覧ください",
    "write it as example.jp": "example.jp のように書いてください",
    "name a file with one name per line": "1 行に 1 つの名前を書いたファイルを指定してください",
    "write one name per line, or rank,name": "1 行に 1 つの名前、または 順位,名前 を書いてください",
    "see `provisor blocklist list`": "`provisor blocklist list` でご確認ください",
    "see `provisor blocklist status`": "`provisor blocklist status` でご確認ください",
    "see `provisor blocklist history`": "`provisor blocklist history` でご確認ください",
    "see docs/blocklists.md": "docs/blocklists.md をご覧ください",
    "say who decides": "決定する人の名前を書いてください",
    "say why the entry is wrong": "項目のどこが誤りかを書いてください",
    "say error, cured or settled": "error、cured、settled のいずれかを書いてください",
    "let another person decide": "別の人が決定してください",
    "name one as `provisor blocklist status` shows it": "`provisor blocklist status` の表示どおりに 1 件ずつ指定してください",
    "name each of them, once it was looked at": "確認したうえで 1 件ずつ指定してください",
}  # fmt: skip

WORDS = {
    "received": "受領", "accepted": "承認", "quarantined": "保留", "rejected": "不承認",
    "disputed": "異議あり", "upheld": "維持", "withdrawn": "取り下げ", "expired": "期限切れ",
    "superseded": "差し替え",
}  # fmt: skip
"""States and steps, where they stand inside a sentence."""
