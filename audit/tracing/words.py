"""The words of a statement, in English and in Japanese. None of them is a conclusion of law."""

from __future__ import annotations

from audit.terms import Term

HEADINGS = {
    "title": Term("Presence and absence in a dataset", "データセットにおける有無の回答"),
    "answers": Term("What was asked for", "照会の対象"),
    "searched": Term("What was searched", "調査した範囲"),
    "method": Term("How it was compared", "照合の方法"),
    "limits": Term("What cannot be said", "言えないこと"),
}

ANSWERS = {
    "found": Term("found, rows: {rows}", "存在、行数: {rows}"),
    "not_found": Term("not found", "見つからず"),
    "not_searched": Term(
        "could not be told: no file holds what it would be found by", "不明(照合できる列がない)"
    ),
}

KINDS = {
    "url": Term("address", "アドレス"),
    "host": Term("host and all below it", "ホストおよびその下位"),
    "digest": Term("digest", "ダイジェスト"),
    "creator": Term("creator", "作者名"),
}

WAYS = {
    "address": Term("at that address", "そのアドレス"),
    "www": Term("at that address but for a leading www.", "先頭の www. のみ異なるアドレス"),
    "host": Term("at that host", "そのホスト"),
    "subdomain": Term("below that host", "その下位のホスト"),
    "digest": Term("by that digest", "そのダイジェスト"),
    "creator": Term("by that name", "その名前"),
    "archive": Term("as a copy in an archive", "アーカイブの複製として"),
    "cache": Term("as a copy in a cache", "キャッシュの複製として"),
    "amp": Term("as an AMP copy", "AMP の複製として"),
    "translate": Term("as a translated copy", "翻訳された複製として"),
}

LABELS = {
    "made": Term("made {made_at} by provisor {version}", "作成 {made_at}、provisor {version}"),
    "way": Term("{way}: {rows}", "{way}: {rows}"),
    "copy_way": Term("{copy}, {way}: {rows}", "{copy}、{way}: {rows}"),
    "collected": Term("collected between {first} and {last} (UTC)", "収集 {first} から {last} まで(UTC)"),
    "undated": Term("without a collection date: {rows}", "収集日なし: {rows}"),
    "row": Term("row {row} of file {file}, {date}", "ファイル {file} の行 {row}、{date}"),
    "more": Term("and {rows} more", "ほか {rows} 行"),
    "no_date": Term("no date", "日付なし"),
    "file": Term("file {number}: {file}, rows: {rows}, bytes: {bytes}, {form}", "ファイル {number}: {file}、行数: {rows}、バイト数: {bytes}、{form}"),
    "digest": Term("SHA-256 {sha256}", "SHA-256 {sha256}"),
    "columns": Term("addresses: {url}; dates: {date}; digests: {digest}; creators: {creator}", "アドレス: {url}、日付: {date}、ダイジェスト: {digest}、作者名: {creator}"),
    "not_read": Term("not searched", "調査せず"),
    "without": Term("could not be looked for in files: {files}", "調べられなかったファイル: {files}"),
    "algorithms": Term("digests are of: {names}", "ダイジェストの種類: {names}"),
    "no_address": Term("rows without an address: {rows}", "アドレスのない行: {rows}"),
    "unreadable": Term("rows whose address cannot be read: {rows}", "アドレスを読み取れない行: {rows}"),
    "untold_copies": Term("rows that show a copy without saying of what: {rows}", "何の複製かを示さない行: {rows}"),
    "no_digest": Term("rows without a digest that can be read: {rows}", "読み取れるダイジェストのない行: {rows}"),
    "no_creator": Term("rows without a creator: {rows}", "作者名のない行: {rows}"),
    "undated_rows": Term("rows without a date: {rows}", "日付のない行: {rows}"),
}  # fmt: skip

METHOD = (
    Term(
        "Addresses: host (IDN as A-label, without the scheme's own port), path and query, as the WHATWG URL standard reads them, with escapes of unreserved characters decoded (RFC 3986, section 6.2.2). The scheme and the fragment are not compared; letter case of the path, other ports and other queries are.",
        "アドレス: ホスト(IDN は A ラベル、既定ポートは除く)、パスおよびクエリを WHATWG URL 標準に従って読み、非予約文字のエスケープを復号して比較する(RFC 3986 6.2.2)。スキームとフラグメントは比較せず、パスの大文字小文字、他のポート、他のクエリは区別する。",
    ),
    Term(
        "A host is looked for with every name below it; with a port, at that port of it only.",
        "ホストはその下位の名前も含めて調べる。ポートを付けた場合はそのポートのみ。",
    ),
    Term(
        "Copies: addresses of web archives, caches, AMP and translation services count as copies of the address inside them, and are told apart.",
        "複製: ウェブアーカイブ、キャッシュ、AMP、翻訳サービスのアドレスは内側のアドレスの複製として数え、区別して示す。",
    ),
    Term(
        "Digests are compared octet by octet, creators as whole names without letter case.",
        "ダイジェストは完全一致、作者名は大文字小文字を除く全体の一致で比較する。",
    ),
)

LIMITS = (
    Term(
        "N9: that something was not found is no proof that it was not relied on. It may stand in the data under another address or in another form.",
        "N9: 見つからないことは依拠していないことの証明にならない。別のアドレスまたは別の形でデータに含まれうる。",
    ),
    Term(
        "What was found is a row that names the work; whether the content was fetched, kept or used for a model is not told here.",
        "見つかったのは対象を指す行であり、内容が取得・保存・学習されたかはここでは示されない。",
    ),
    Term(
        "Near-duplicates, crops, translations and quotations are not looked for.",
        "類似した複製、切り抜き、翻訳、引用は調べていない。",
    ),
    Term(
        "N7: a name in a column is an attribution, not a finding of who the author is. N8: that a digest matches does not confirm what a file shows.",
        "N7: 列にある名前は帰属の表示であり、著作者の認定ではない。N8: ダイジェストの一致は内容を確認するものではない。",
    ),
    Term(
        "Other files and other versions of the dataset were not searched.",
        "他のファイルおよび他の版のデータセットは調べていない。",
    ),
)
