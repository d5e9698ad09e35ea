"""The words of an explanation, in English and in Japanese. None of them is a conclusion of law.

Terms that reports have too are those of audit/terms.py; a sentence has its values in braces.
"""

from __future__ import annotations

from audit.terms import ACTS, Term

LANGUAGES = ("en", "ja")

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

VALUES = {
    "yes": Term("yes", "はい"),
    "no": Term("no", "いいえ"),
    "unknown": Term("unknown", "不明"),
    "csam": Term(
        "child sexual abuse material, as the list's owner says",
        "児童性的虐待コンテンツ(リスト提供者による)",
    ),
    "ncii": Term(
        "non-consensual intimate images, as the list's owner says",
        "同意のない性的画像(リスト提供者による)",
    ),
    "host": Term(
        "sealed lists name several pages of its host",
        "封印リストが当該ホストの複数のページを掲載",
    ),
    "other": Term(
        "other content to be kept out, as the list's owner says",
        "その他の除外対象(リスト提供者による)",
    ),
    "before": Term("known at collection", "収集時点で認識"),
    "during": Term("learned during collection", "収集期間中に認識"),
    "after": Term("learned later", "収集後に認識"),
    "pretraining": Term("pretraining", "事前学習"),
    "analysis": Term("analysis", "情報解析"),
    "finetune_general": Term("fine-tuning, general", "追加的な学習(一般)"),
    "finetune_reproduce": Term("fine-tuning to reproduce", "追加的な学習(表現の出力を目的)"),
    "rag_verbatim": Term("retrieval with verbatim output", "RAG(表現をそのまま出力)"),
    "rag_index": Term("retrieval index", "RAG(索引)"),
    "redistribution": Term("redistribution", "再配布"),
    "pages": Term("pages for viewing", "閲覧用ページ"),
    "api": Term("an interface", "インターフェース(API)"),
    "files": Term("whole files", "ファイル"),
    "held": Term("held for the whole act", "行為の全期間について保有"),
    "expired": Term("ended before the act", "行為の前に終了"),
    "none": Term("none", "なし"),
    "active": Term("during the whole act", "行為の全期間"),
    "later": Term("only after the act", "行為の後のみ"),
    "ended": Term("only before the act", "行為の前のみ"),
    "unclear": Term("not settled", "不明確"),
    "by": Term("attribution", "表示"),
    "nc": Term("attribution, no commerce", "表示-非営利"),
    "nd": Term("attribution, no derivatives", "表示-改変禁止"),
    "sa": Term("attribution, share alike", "表示-継承"),
    "nc-nd": Term("attribution, no commerce, no derivatives", "表示-非営利-改変禁止"),
    "nc-sa": Term("attribution, no commerce, share alike", "表示-非営利-継承"),
    "free": Term("without conditions", "条件なし"),
    "another": Term("another", "その他"),
}
"""What a fact can be; bases have theirs in audit/terms.py."""

CONFIDENCES = {
    "contemporaneous": Term("observed at collection", "収集時に観測"),
    "recorded": Term("recorded", "記録あり"),
    "bracketed": Term("bracketed", "前後の観測から推定"),
    "carried": Term("carried", "直前の観測から推定"),
    "possibly": Term("possibly", "可能性"),
    "unknown": Term("unknown", "不明"),
}

FACTS = {
    "readable": Term("the address could be read", "アドレスを読み取れた"),
    "purpose": Term("declared purpose", "宣言された目的"),
    "agent_known": Term("the collecting agent is declared", "収集したクローラーが宣言されている"),
    "copies": Term("the dataset holds copies", "データセットが複製を含む"),
    "robots_ai": Term("robots.txt refused an AI-training agent", "robots.txt が AI 学習用クローラーを拒否"),
    "robots_ai_basis": Term("how surely", "根拠"),
    "robots_self": Term("robots.txt refused the agent that collected", "robots.txt が収集したクローラーを拒否"),
    "robots_self_basis": Term("how surely", "根拠"),
    "robots_later": Term("first seen after collection, refusing then", "収集後に初めて観測、その時点で拒否"),
    "robots_unreachable": Term("robots.txt could not be reached before collection", "収集前に robots.txt へ到達できず"),
    "gate": Term("the page stood behind a gate", "ページに認証・課金等の障壁"),
    "gate_basis": Term("how surely", "根拠"),
    "gate_later": Term("gate first seen after collection", "障壁は収集後に初めて観測"),
    "declared": Term("a reservation is declared", "利用拒否の意思表示"),
    "declared_basis": Term("how surely", "根拠"),
    "declared_later": Term("declaration first seen after collection", "意思表示は収集後に初めて観測"),
    "priced": Term("use is offered at a price or on terms", "利用の対価・条件を機械可読に提示"),
    "priced_basis": Term("how surely", "根拠"),
    "listed": Term("named by an accepted entry that had not ended at collection", "承認され、収集時に終了していない記載に掲載"),
    "known": Term("the earliest notice, seen from collection", "最初の通知と収集の前後"),
    "known_before_later_act": Term("notice before the last later act declared", "宣言された最後の後続行為より前に通知"),
    "published_before": Term("the list was public before collection", "収集前にリストが公開"),
    "unverified": Term("named by an entry nobody has verified", "未確認の記載に掲載"),
    "copy_listed": Term("shows a copy of what an accepted entry names", "承認された記載の対象の複製を表示"),
    "copy_known": Term("the earliest notice for what it shows a copy of, seen from collection", "複製元への最初の通知と収集の前後"),
    "sealed": Term("named by a sealed list", "封印リストに掲載"),
}  # fmt: skip

MORE_FACTS = {
    "several_purposes": Term("several purposes are declared", "複数の目的が宣言されている"),
    "non_commercial": Term("the use is called non-commercial", "非商用と表示"),
    "research_body": Term("the builder is a research organisation", "研究機関"),
    "minor_use": Term(
        "the conditions of Article 47-5 are recorded as met", "47条の5の要件の充足を記録"
    ),
    "use_limited": Term("recipients are bound to AI development", "提供先の用途をAI開発に限定"),
    "viewable": Term("the contents can be viewed in full", "内容の全文を閲覧可能"),
    "circumvented": Term("a measure was passed, as declared", "措置の通過を宣言"),
    "account_used": Term("contents were reached by an account", "アカウントで取得"),
    "account_allows": Term("the account's terms allow mining", "アカウントの規約が解析を許容"),
    "method": Term("how contents were reached", "取得の方法"),
    "market_searched": Term("offers were looked for", "提供状況を調査"),
    "terms_read": Term("terms of service were read", "利用規約を確認"),
    "kept_after_training": Term("copies are kept after training", "学習後も複製物を保存"),
    "retention_reasoned": Term(
        "a reason and a day of review are recorded", "保存理由と見直し日を記録"
    ),
    "generator_restricts": Term(
        "the generator's terms restrict training", "生成器の規約が学習を制限"
    ),
    "own_works": Term("own works, or in the public domain", "自己の著作物またはパブリックドメイン"),
    "reuse_planned": Term("further development is planned", "再利用の予定"),
    "lineage_recorded": Term("the line from rows to models is recorded", "行とモデルの対応を記録"),
    "rows_removed": Term("rows were removed from an earlier version", "以前の版から行を除去"),
    "model_published": Term("a trained model is in use", "学習済みモデルを提供"),
    "eu_offered": Term("a trained model is offered in the EU", "EUで提供"),
    "provider": Term("provider of a general-purpose model", "汎用モデルの提供者"),
    "summary_published": Term("the summary of contents is published", "学習コンテンツの要約を公表"),
    "summary_current": Term(
        "that summary was looked at within six months", "要約を6か月以内に見直し"
    ),
    "californian": Term("made available to Californians", "カリフォルニア州民に提供"),
    "principle_code": Term(
        "acceptance of the Principle-Code is filed", "プリンシプル・コードの受入れを届出"
    ),
    "upstream_asked": Term(
        "what makers of upstream datasets did is recorded", "上流データセットの作成者の対応を記録"
    ),
    "lists_cover": Term(
        "the lists cover the dataset's kinds and countries", "リストがデータの分野・国に及ぶ"
    ),
    "removal_asked": Term("an inquiry for removal is open", "除去の請求が未回答"),
    "outputs_asked": Term("an inquiry about outputs is open", "出力に関する請求が未回答"),
    "question_asked": Term("a question is open", "照会が未回答"),
    "reply_late": Term("an answer is late", "回答が期限超過"),
    "access": Term(
        "number of the declared act that the verdict is of", "判定の対象となる宣言された行為の番号"
    ),
    "licence": Term("licence", "許諾"),
    "licence_lapses": Term("the licence ends before a later act", "後の行為より前に許諾が終了"),
    "dataset_offer": Term("database for analysis on offer", "解析用データベースの提供"),
    "api_offer": Term("paid interface on offer", "有償APIの提供"),
    "sold_before": Term("such databases had been sold", "データベースの販売実績"),
    "reserved_in_words": Term("reserved in plain words", "利用規約の文言による留保"),
    "shared_host": Term(
        "many unrelated people put contents there", "多数の無関係な者が掲載するホスト"
    ),
    "named_corpus": Term("of a corpus that court papers name", "訴訟資料に名のあるコーパス"),
    "authority_listed": Term("named by an authority or court", "公的機関・裁判所が指定"),
    "ended_before": Term("an entry ended before the act", "行為より前に記載が終了"),
    "disputed": Term("an entry is disputed", "記載に異議"),
    "listed_by_page": Term("its very address is named", "URL単位で掲載"),
    "creator_known": Term("the creator is attributed", "創作者の帰属情報あり"),
    "concentrated": Term("its creator dominates the dataset", "特定の創作者に集中"),
    "small_set": Term("the dataset is small", "少量のデータセット"),
    "creator_named": Term(
        "captions name the creator or a trigger word", "説明文に創作者名・トリガー語"
    ),
    "of_one_person": Term("one person dominates the dataset", "特定の人物に集中"),
    "repeated": Term("the content is repeated", "内容の反復"),
    "bulk": Term("many rows are of its site", "同一サイトの行が多数"),
    "generated": Term("the content is generated", "生成物"),
    "sexual": Term("the content is flagged as sexual", "性的なコンテンツと表示"),
    "acquired": Term("a purchase or licence of the copy is recorded", "複製物の購入・許諾の記録"),
    "licence_open": Term("open licence", "オープンライセンス"),
}
"""Facts that are told only where they are the case."""

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

GRADES_JA = {
    "A": "一次資料を確認",
    "B": "名称の明らかな二次資料による一次資料の引用",
    "C": "二次資料による要約",
    "D": "未確認",
    "X": "本ツールの設計上の規則(挙げた資料に基づく)",
}

NOBODY_MAY_CONCLUDE_JA = {
    "N1": "ある利用が第30条の4に当たる、または当たらないこと",
    "N2": "あるものが著作物である、またはデータベースの著作物であること",
    "N3": "掲載されたサイトが何であるか(誰が、いつ、どの状態で掲載したかのみ)",
    "N4": "沈黙が許諾であること(意思表示や掲載がないことは何も許さない)",
    "N5": "後の表示が以前の状態を証明すること",
    "N6": "誰かの意図(宣言されたことのみ)",
    "N7": "著作者または権利者が誰であるか",
    "N8": "ダイジェストの一致が内容を確認すること、または人物について何かを示すこと",
    "N9": "データに見つからないことが依拠のないことを意味すること",
    "N10": "ある国の規則による結果が他国でも妥当すること",
    "N11": "チェックリストを満たすことが義務を果たすこと",
    "N12": "区分が責任の確率や損害額であること",
}


def word(terms: dict[str, Term], name: str, lang: str, **values: object) -> str:
    """Return the term *name* in *lang* with its values."""
    text: str = getattr(terms[name], lang)
    return text.format(**values) if values else text
