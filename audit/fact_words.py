"""The words for facts and for what they can be, in English and in Japanese.

Bases have theirs in audit/terms.py. None of these words is a conclusion of law.
"""

from __future__ import annotations

from audit.terms import Term

FACTS = {
    "readable": Term("the address could be read", "アドレスを読み取れた"),
    "purpose": Term("declared purpose", "宣言された目的"),
    "agent_known": Term("the collecting agent is declared", "収集したクローラーが宣言されている"),
    "copies": Term("the dataset holds copies", "データセットが複製を含む"),
    "robots_ai": Term(
        "robots.txt refused an AI-training agent", "robots.txt が AI 学習用クローラーを拒否"
    ),
    "robots_ai_basis": Term("how surely", "根拠"),
    "robots_self": Term(
        "robots.txt refused the agent that collected", "robots.txt が収集したクローラーを拒否"
    ),
    "robots_self_basis": Term("how surely", "根拠"),
    "robots_later": Term(
        "first seen after collection, refusing then", "収集後に初めて観測、その時点で拒否"
    ),
    "robots_unreachable": Term(
        "robots.txt could not be reached before collection", "収集前に robots.txt へ到達できず"
    ),
    "gate": Term("the page stood behind a gate", "ページに認証・課金等の障壁"),
    "gate_basis": Term("how surely", "根拠"),
    "gate_later": Term("gate first seen after collection", "障壁は収集後に初めて観測"),
    "declared": Term("a reservation is declared", "利用拒否の意思表示"),
    "declared_basis": Term("how surely", "根拠"),
    "declared_later": Term(
        "declaration first seen after collection", "意思表示は収集後に初めて観測"
    ),
    "priced": Term("use is offered at a price or on terms", "利用の対価・条件を機械可読に提示"),
    "priced_basis": Term("how surely", "根拠"),
    "listed": Term(
        "named by an accepted entry that had not ended at collection",
        "承認され、収集時に終了していない記載に掲載",
    ),
    "known": Term("the earliest notice, seen from collection", "最初の通知と収集の前後"),
    "known_before_later_act": Term(
        "notice before the last later act declared", "宣言された最後の後続行為より前に通知"
    ),
    "published_before": Term("the list was public before collection", "収集前にリストが公開"),
    "unverified": Term("named by an entry nobody has verified", "未確認の記載に掲載"),
    "copy_listed": Term(
        "shows a copy of what an accepted entry names", "承認された記載の対象の複製を表示"
    ),
    "copy_known": Term(
        "the earliest notice for what it shows a copy of, seen from collection",
        "複製元への最初の通知と収集の前後",
    ),
    "sealed": Term("named by a sealed list", "封印リストに掲載"),
}

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
