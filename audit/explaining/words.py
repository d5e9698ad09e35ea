"""The words of an explanation, in English and in Japanese. None of them is a conclusion of law.

Terms that reports have too are those of audit/terms.py; a sentence has its values in braces.
"""

from __future__ import annotations

from audit.terms import ACTS, Term

HEADINGS = {
    "verdict": Term("Verdict", "判定"),
    "fires": Term("Rules that apply", "該当する規則"),
    "unknown": Term("Rules that could not be told", "判断できなかった規則"),
    "unobserved": Term("Rules about pages that nobody looked at", "ページ未観測の規則"),
    "otherwise": Term("What would change the level", "区分が変わる場合"),
    "timeline": Term("What was known when (UTC)", "時系列の記録(UTC)"),
    "facts": Term("Facts", "事実"),
}

LABELS = {
    "row": Term("row {row} of the manifest: row {row_in_file} of {file}", "マニフェストの行 {row}:{file} の行 {row_in_file}"),
    "address": Term("address", "アドレス"),
    "host": Term("host", "ホスト"),
    "collected": Term("collected", "収集"),
    "level": Term("level", "区分"),
    "confidence": Term("confidence", "確度"),
    "robots": Term("robots.txt to AI-training agents at collection", "収集時の robots.txt(AI学習用クローラー)"),
    "basis": Term("how surely", "根拠"),
    "purpose": Term("declared purpose", "宣言された目的"),
    "agent": Term("declared agent", "宣言されたクローラー"),
    "source": Term("source", "出典"),
    "grade": Term("grade", "典拠の区分"),
    "as_of": Term("looked up {law_as_of}, to be looked at again by {review_by}", "{law_as_of} 時点、{review_by} までに再確認"),
    "advice": Term("advice", "推奨"),
    "changed_by": Term("would be otherwise if", "結果が変わる場合"),
    "must_not": Term("nobody may conclude", "結論してはならないこと"),
    "decides": Term("decides", "判定の根拠"),
    "line": Term("line {line}: {quote}", "{line} 行目: {quote}"),
    "refuses": Term("refuses", "拒否対象"),
    "says": Term("says", "記載"),
    "digest": Term("SHA-256 of the body", "本文の SHA-256"),
    "warc": Term("WARC {kind}: {file}, octets {offset} to {end}, SHA-256 {sha256}", "WARC {kind}: {file}、オクテット {offset}~{end}、SHA-256 {sha256}"),
    "show": Term("to see it: provisor show {capture}", "表示: provisor show {capture}"),
    "through": Term("by what it shows a copy of ({through})", "複製({through})を通じて"),
    "list": Term("{list_id}, submitted by {submitter} ({role}), {status}; names {target}", "{list_id}、提出者 {submitter}({role})、{status}、対象 {target}"),
    "more": Term("{count:further capture} with --format json", "他の記録 {count} 件は --format json に含まれる"),
    "snapshot": Term("known from the snapshot {snapshot}", "知識のスナップショット {snapshot}"),
    "now": Term("then", "その場合"),
    "none": Term("none", "なし"),
    "not_known": Term("not known", "不明"),
    "until": Term("until {at}", "{at} まで"),
    "if": Term("if {what}", "{what}"),
    "comma": Term(", ", "、"),
    "and": Term("; and ", "、かつ"),
    "nothing_changes": Term(
        "No one thing, and no two together, of those looked at would lower it.",
        "検討した一つの事情、または二つの組合せで、区分が下がるものはない。",
    ),
    "not_compared": Term(
        "The rules of today come to another verdict than this audit gave; audit again to learn what would change it.",
        "現在の規則ではこの監査と異なる判定になるため示せない。再度監査すること。",
    ),
}  # fmt: skip

CONFIDENCES = {
    "contemporaneous": Term("observed at collection", "収集時に観測"),
    "recorded": Term("recorded", "記録あり"),
    "bracketed": Term("bracketed", "前後の観測から推定"),
    "carried": Term("carried", "直前の観測から推定"),
    "possibly": Term("possibly", "可能性"),
    "unknown": Term("unknown", "不明"),
}

OTHERWISE = {
    "nobody_refused": Term("an observation at collection showed that robots.txt refused no AI agent", "収集時の観測で robots.txt が AI クローラーを拒否していないと示された場合"),
    "others_refused": Term("an observation at collection showed that robots.txt refused AI-training agents, but not the one that collected", "収集時の観測で robots.txt が AI 学習用クローラーを拒否し、収集したクローラーは拒否していないと示された場合"),
    "self_refused": Term("an observation at collection showed that robots.txt refused the agent that collected", "収集時の観測で robots.txt が収集したクローラーを拒否していたと示された場合"),
    "ai_refused": Term("an observation at collection showed that robots.txt refused AI-training agents", "収集時の観測で robots.txt が AI 学習用クローラーを拒否していたと示された場合"),
    "robots_reached": Term("a robots.txt answer from the 24 hours before collection were found", "収集前 24 時間以内の robots.txt の応答が見つかった場合"),
    "no_gate": Term("an observation at collection showed the page without a gate", "収集時の観測でページに障壁がないと示された場合"),
    "gate": Term("an observation at collection showed the page behind a gate", "収集時の観測でページに障壁があると示された場合"),
    "nothing_declared": Term("an observation at collection showed no declared reservation", "収集時の観測で利用拒否の意思表示がないと示された場合"),
    "reserved": Term("an observation at collection showed a declared reservation", "収集時の観測で利用拒否の意思表示があると示された場合"),
    "nothing_priced": Term("an observation at collection showed no price and no terms", "収集時の観測で対価・条件の提示がないと示された場合"),
    "struck": Term("every entry that names it were withdrawn as an error", "これを掲載する記載がすべて誤りとして取り下げられた場合"),
    "received_before": Term("the earliest notice were shown to have been received before collection", "最初の通知の受領が収集前であったと示された場合"),
    "received_after": Term("the earliest notice were shown to have been received after collection", "最初の通知の受領が収集後であったと示された場合"),
    "later_act_before": Term("the last later act had begun before the notice was received", "後の最後の行為が通知の受領より前に始まっていた場合"),
    "copy_struck": Term("every entry that names what it shows a copy of were withdrawn as an error", "複製元を掲載する記載がすべて誤りとして取り下げられた場合"),
    "rejected": Term("the entry that nobody has verified were rejected", "未確認の記載が却下された場合"),
    "purpose_pretraining": Term("the one declared purpose were pretraining", "宣言された目的が事前学習のみの場合"),
    "agent_declared": Term("the agent that collected were declared, and the rest stayed as it is", "収集したクローラーが宣言され、他が変わらない場合"),
    "no_copies": Term("the dataset held no copies", "データセットが複製を含まない場合"),
}  # fmt: skip

EVENTS = {
    "robots": Term("robots.txt", "robots.txt"),
    "page": Term("page {path}", "ページ {path}"),
    "file": Term("file {path}", "ファイル {path}"),
    "received": Term("listed: notice received", "リスト掲載:通知を受領"),
    "published": Term("listed: list published", "リスト掲載:リスト公開"),
    "ended": Term("listed: entry ended", "リスト掲載:記載の終了"),
    "collected": Term("collected", "収集"),
    **{
        kind: Term(f"declared act: {act.en}", f"宣言された行為:{act.ja}")
        for kind, act in ACTS.items()
    },
}

OUTCOMES = {
    "refused": Term("refused {agents}", "{agents} を拒否"),
    "not_refused": Term("refused no AI agent", "AI クローラーの拒否なし"),
    "not_asked": Term(
        "read; whom it refused cannot be told without the address",
        "読み取り済み(アドレスがないため拒否対象は不明)",
    ),
    "unreachable": Term("could not be reached", "到達できず"),
    "unreadable": Term("could not be read", "読み取れず"),
    "gated": Term("behind a gate", "障壁あり"),
    "not_gated": Term("no gate", "障壁なし"),
    "gate_unknown": Term("gate: could not be told", "障壁:不明"),
    "declared": Term("reservation declared", "利用拒否の意思表示あり"),
    "not_declared": Term("no reservation declared", "利用拒否の意思表示なし"),
    "declared_unknown": Term("reservation: could not be told", "利用拒否の意思表示:不明"),
}

ROLES = {
    "robots_before": Term("the last robots.txt before collection", "収集前の最後の robots.txt"),
    "robots_after": Term("the first robots.txt after collection", "収集後の最初の robots.txt"),
    "robots_during": Term("robots.txt during collection", "収集期間中の robots.txt"),
    "robots_unreachable": Term("robots.txt without an answer", "応答のない robots.txt"),
    "page_before": Term("the last view before collection", "収集前の最後の観測"),
    "page_after": Term("the first view after collection", "収集後の最初の観測"),
    "page_during": Term("a view during collection", "収集期間中の観測"),
    "entry": Term("the entry names it", "記載の対象"),
}

NOTES = {
    "no_manifest": Term(
        "The manifest is not beside the audit: address and date are not shown. Name it with --manifest.",
        "マニフェストが監査フォルダの隣にないため、アドレスと収集日は示されない。--manifest で指定すること。",
    ),
    "sealed": Term(
        "A sealed list names it: nothing of it is shown. Do not open, fetch or copy it; follow the national reporting route with counsel.",
        "封印リストに掲載されているため、内容は一切示されない。開かず、取得せず、複製せず、弁護士とともに国内の通報手続に従うこと。",
    ),
    "no_address": Term("The address of the row cannot be read.", "この行のアドレスは読み取れない。"),
    "front_page": Term("A host was named; its front page is explained, and other pages may differ.", "ホストが指定されたため、そのトップページについて説明する。他のページでは異なりうる。"),
    "no_store": Term(
        "The store is not at hand: no lines, quotes or places of octets are shown. Name it with --store.",
        "記録の保存先がないため、行・引用・オクテットの位置は示されない。--store で指定すること。",
    ),
}  # fmt: skip
