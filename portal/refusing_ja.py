"""What the portal refuses, in Japanese: facts, remedies, and the fields they are about."""

from __future__ import annotations

from blocklists import sentences_ja

FACTS = sentences_ja.FACTS | {
    # Handing something in
    "{} is no name for a list": "{} はリストの名前として使えません",
    "{} not stated": "{} が表明されていません",
    "larger than {} octets": "{} オクテットを超えています",
    "there is no cause {}": "{} という理由の区分はありません",
    "there is no reason {}": "{} という理由はありません",
    "there is no outcome {} here": "{} という決定はここではできません",
    "no set {} is open": "{} というデータセットは公開されていません",
    "no set {} is open any more": "{} というデータセットは公開を終えました",
    "nothing is looked for": "調べるものが書かれていません",
    "{} works, at most {}": "作品が {} 件あります。上限は {} 件です",
    "too many {} wait; nothing was kept": "処理待ちの{}が多すぎます。何も保存していません",
    "no entry of it is called {}": "このリストに {} に当たる項目はありません",
    "no entry is named": "項目が指定されていません",
    "{}, at most {}": "{} 件あります。上限は {} 件です",
    "nothing is written there": "何も書かれていません",
    "longer than {} characters": "{} 文字を超えています",
    "nothing to decide on is called {}": "{} に当たる決定の対象はありません",
    "busy with other lists; nothing was kept": "ほかのリストを処理中です。何も保存していません",
    "something else was handed in under this idempotency key": "この冪等キーでは、すでに別の内容が提出されています",
    # Who may see or do what
    "only for accounts of the kind {}": "種別が {} のアカウントだけが行えます",
    "there is no such receipt of yours": "その受領証はありません",
    "no case has this number and this code": "この番号と確認コードに当たる申立てはありません",
    "there is no such question, or it is a day old": "その質問はないか、1 日が過ぎています",
    "there is no such list of yours": "そのリストはありません",
    "it is of no list": "リストの受領証ではありません",
    # What arises when it is taken in
    "there is no account {}": "アカウント {} はもうありません",
    "what it decides on is not there": "決定の対象がありません",
    "no entry that counts is called {}": "{} に当たる有効な項目はありません",
    "it came from no account of the kind {}": "種別が {} のアカウントから出されたものではありません",
    "{} is no list of {}": "{} は {} のリストではありません",
    # Answers
    "nobody answers such questions here": "ここではこの種の質問に答えられません",
    "it is not read here": "ここでは読み取れません",
    "no robots.txt of {} was captured up to {}": "{} の robots.txt は、{} までに記録されていません",
    "{} cannot be looked for: {}": "{} は調べられません: {}",
    "no folder that a finished audit left": "監査結果が揃っていません",
    "shard {} of its audit is not done": "監査がまだ終わっていません (部分 {})",
    "{}, of which it is the audit, is not beside it as it was": "監査の対象となった {} が、元のまま残っていません",
}  # fmt: skip

REMEDIES = sentences_ja.REMEDIES | {
    "use a-z, 0-9, '.', '_' and '-'": "a-z、0-9、'.'、'_'、'-' を使ってください",
    "state them, or do not hand the list in": "表明できない場合は、リストを提出しないでください",
    "hand it in as several lists": "いくつかのリストに分けて提出してください",
    "say one of {}": "次のいずれかを書いてください: {}",
    "name one of those that are shown": "表示されているものを指定してください",
    "name a URL, a host or a digest": "URL、ホスト名、ハッシュ値を書いてください",
    "ask in parts": "分けて質問してください",
    "try again later": "時間をおいてお試しください",
    "try again in a minute": "1 分ほどおいてお試しください",
    "name it as your list shows it": "リストの表示どおりに書いてください",
    "choose at least one": "1 つ以上選んでください",
    "do it in parts": "分けて行ってください",
    "fill it in": "入力してください",
    "make it shorter": "短くしてください",
    "use a new key for a new message": "新しい提出には新しいキーを使ってください",
    "sign in with another token": "別のトークンでサインインしてください",
    "see your receipts": "受領証の一覧をご覧ください",
    "see your lists": "リストの一覧をご覧ください",
    "look at your receipt": "受領証をご確認ください",
    "ask again": "もう一度質問してください",
    "see docs/portal.md": "担当者にお尋ねください",
    "dismiss it, and say so": "認めない決定をし、その旨を伝えてください",
    "name each entry": "項目を 1 件ずつ指定してください",
}  # fmt: skip

PLACES = {
    "list": "リスト", "statements": "表明", "portal": "窓口", "inbox": "受付", "cause": "理由の区分",
    "reason": "理由", "entries": "項目", "set": "データセット", "works": "作品", "site": "サイト",
    "name": "名前", "contact": "連絡先", "note": "説明", "signed_by": "署名", "receipt": "受領証",
    "case": "申立て", "question": "質問", "outcome": "決定", "about": "対象", "dispute": "異議",
}  # fmt: skip

WORDS = sentences_ja.WORDS | {
    "questions": "質問", "messages": "提出物", "good_faith": "誠実", "accurate": "正確",
    "authorised": "権限", "holder": "権利者", "operator": "担当者",
    "it is no host name": "ホスト名ではありません",
    "it is no md5, sha1, sha256 or sha512 in hexadecimal, base32 or base64": "16 進数、base32、base64 で書かれた md5、sha1、sha256、sha512 ではありません",
}  # fmt: skip
