"""The words of `provisor inspect`, in English and Japanese; codes and values stay as they are."""

from __future__ import annotations

import locale
import os

LANGUAGES = ("en", "ja")

TEXTS: dict[str, tuple[str, str]] = {
    # Headings
    "answers": ("What robots.txt says about {path}", "robots.txt が {path} について述べていること"),
    "tallies": ("By purpose", "目的別"),
    "groups": ("What each group says, and to whom", "各グループの内容と対象"),
    "not-seen": (
        "not seen, so what it says of itself cannot be told",
        "観測していないため、ページ自体の表明は判定できません",
    ),
    "page": ("The page: {page}", "ページ: {page}"),
    "looked": ("{path} at {at}, status {status}", "{path}、{at}、ステータス {status}"),
    "capture": (", capture {number}", "、キャプチャ {number}"),
    "closed-to-us": (
        " ({line} keeps provisor, our own crawler, from it)",
        "(本ソフトウェアのクローラー provisor は {line} により取得しません)",
    ),
    "beside": (
        "What is stated beside the rules, and what bars the way",
        "規則以外の表明とアクセス制限",
    ),
    "lints": ("For the author of robots.txt", "robots.txt の作成者へ"),
    "contradictions": ("Statements that disagree", "互いに食い違う表明"),
    "facts": ("What an audit takes from this", "監査がここから読み取る事実"),
    "history": ("What was said at past dates", "過去の時点での表明"),
    # The table of answers
    "purpose": ("purpose", "目的"),
    "agent": ("agent", "クローラー"),
    "may": ("may fetch", "取得"),
    "group": ("group", "グループ"),
    "rule": ("deciding line", "決め手の行"),
    "allow": ("yes", "可"),
    "deny": ("no", "不可"),
    "cannot tell": ("cannot tell", "判定不能"),
    "named": ("named", "名指し"),
    "star": ("*", "*"),
    "none": ("none", "なし"),
    "tally": (
        "{refused} of {known} refused, {named} of them by name{unclear}",
        "{known} 件中 {refused} 件を拒否(うち名指し {named} 件){unclear}",
    ),
    "unclear": (", {count} cannot be told", "、判定不能 {count} 件"),
    "no-consent": (
        "That an agent may fetch a page is no consent to any other use of it.",
        "取得が可能であることは、それ以外の利用への同意を意味しません。",
    ),
    "unreachable": (
        (
            "robots.txt could not be reached: RFC 9309 has every agent stay away, and the site said"
            " nothing."
        ),
        "robots.txt に到達できませんでした。RFC 9309 では全クローラーが取得を控えますが、サイトは何も表明していません。",
    ),
    "unreadable": (
        "What came is not robots.txt: whether any agent may fetch cannot be told.",
        "応答は robots.txt ではありません。取得の可否は判定できません。",
    ),
    "unavailable": (
        "There is no robots.txt: RFC 9309 lets every agent fetch, and the site said nothing.",
        "robots.txt はありません。RFC 9309 では取得可能ですが、サイトは何も表明していません。",
    ),
    # Why there is no robots.txt to read
    "why-dns": ("its name leads to no address", "ホスト名からアドレスが得られません"),
    "why-timeout": ("no whole answer came in time", "時間内に応答が終わりませんでした"),
    "why-tls": (
        "TLS failed, or its certificate is not to be trusted",
        "TLS の失敗または証明書の不備",
    ),
    "why-connection": ("the connection was refused or hung up", "接続が拒否または切断されました"),
    "why-protocol": ("what came is no whole HTTP answer", "完全な HTTP 応答ではありません"),
    "why-header-limit": ("its header section is too large", "ヘッダーが大きすぎます"),
    "why-refused-address": (
        "a private address, which was not asked",
        "内部アドレスのため問い合わせていません",
    ),
    "why-html": ("a page stands in its place", "robots.txt の場所にページがあります"),
    "why-undecodable": (
        "octets that are no text of a robots.txt",
        "robots.txt のテキストとして読めません",
    ),
    # Groups
    "to": ("speaks to {agents}", "対象: {agents}"),
    "ourselves": ("our own crawler", "本ソフトウェアのクローラー"),
    "everyone": ("every agent without a group of its own", "固有のグループを持たない全クローラー"),
    "not-known": ("not a known agent", "既知のクローラーではない"),
    "refuses-all": ("no page may be fetched", "全ページの取得を拒否"),
    "allows-all": ("every page may be fetched", "全ページの取得を許可"),
    "refuses": (
        "paths that match {value} may not be fetched",
        "{value} に一致するパスの取得を拒否",
    ),
    "allows": ("paths that match {value} may be fetched", "{value} に一致するパスの取得を許可"),
    "says-nothing": ("an empty pattern: matches nothing", "空のパターン: 何にも一致しない"),
    "other": ("no rule of RFC 9309", "RFC 9309 の規則ではない"),
    "stated": ("no rule of RFC 9309; told below", "RFC 9309 の規則ではない(下に記載)"),
    "no-rules": ("no rules: nothing is refused", "規則なし: 何も拒否していない"),
    "more": ("… and {count} more", "… ほか {count} 件"),
    # Purposes
    "training": ("training", "学習"),
    "dataset": ("dataset", "データセット"),
    "search": ("search", "AI検索"),
    "user-fetch": ("user fetch", "利用者の指示"),
    "uncategorised": ("not known", "用途不明"),
    "search-engine": ("search engine", "検索エンジン"),
    "archive": ("archive", "アーカイブ"),
    "seo": ("SEO", "SEO"),
    "preview": ("preview", "プレビュー"),
    "tool": ("tool", "ツール"),
    # Contradictions
    "opposed": ("opposed ({usage}): {one} | {other}", "相反({usage}): {one} | {other}"),
    "mixed": (
        "mixed ({usage}): no training agent is refused ({one}), yet: {other}",
        "不一致({usage}): 学習用クローラーは拒否されていない({one})が、次の表明がある: {other}",
    ),
    "lines": (
        "one pattern, both ways: {one} | {other}",
        "同じパターンに許可と拒否: {one} | {other}",
    ),
    # Facts
    "fact": ("{name}: {value}{because}{rules}", "{name}: {value}{because}{rules}"),
    "refused-of": (
        "{because} training and dataset agents refused",
        "学習・データセット用クローラー {because} を拒否",
    ),
    "feeds": (", asked for by {rules}", "、参照する規則: {rules}"),
    "yes": ("yes", "はい"),
    "no": ("no", "いいえ"),
    "unknown": ("cannot tell", "判定不能"),
    # History
    "span": (
        "{first} .. {last}  {state}{said}  (captures: {captures}; {basis})",
        "{first} .. {last}  {state}{said} (観測 {captures} 回、{basis})",
    ),
    "observed": ("observed", "観測"),
    "bracketed": ("inferred between the first and the last", "最初と最後の観測の間は推定"),
    "imported": ("imported: times as the source states them", "取り込み: 時刻は出典による"),
    "refused": ("refused", "拒否"),
    "may-fetch": ("may fetch", "取得可"),
    "changed": (
        "changed at some time between {one} and {other}",
        "{one} から {other} までの間に変化",
    ),
    "since": ("not looked at since {last}", "{last} 以降は観測なし"),
    "the-page": ("the page", "ページ"),
    # Lints: of the whole file
    "byte-order-mark": (
        "a byte order mark stands before the first line; some readers lose that line: save without",
        "先頭に BOM があります。最初の行を読み落とすクローラーがあるため、BOM なしで保存してください",
    ),
    "over-limit": (
        "from this line on nothing is read: the file is over 500 KiB (RFC 9309, 2.5)",
        "ここから先は読まれません: ファイルが 500 KiB を超えています(RFC 9309, 2.5)",
    ),
    "no-group": (
        "no User-agent line: the file refuses nothing to anybody",
        "User-agent 行がありません: 何も拒否していません",
    ),
    # of lines
    "missing-colon": (
        "no colon: this is no rule for crawlers that keep to RFC 9309",
        "コロンがありません: RFC 9309 に従うクローラーには規則として扱われません",
    ),
    "typo-tolerated": (
        "misspelt; read as it is meant here, but not by every crawler",
        "綴りの誤り: ここでは意図どおりに読みますが、すべてのクローラーがそうするとは限りません",
    ),
    "comma-list": (
        "several agents in one line: only the first is spoken to; write a line for each",
        "1 行に複数のクローラー: 最初のものだけが対象です。1 行に 1 つずつ書いてください",
    ),
    "rule-before-group": (
        "stands before the first User-agent line and speaks to nobody",
        "最初の User-agent 行より前にあり、誰にも向けられていません",
    ),
    "pattern-without-slash": (
        "the pattern does not begin with /: it matches no path in most crawlers",
        "パターンが / で始まっていません: 多くのクローラーではどのパスにも一致しません",
    ),
    # of agents
    "empty-agent": ("names no agent: the group speaks to nobody", "クローラー名がありません"),
    "unknown-agent": (
        "{token} is no agent that we know; is it spelt as its operator writes it?",
        "{token} は既知のクローラーではありません。運営者の表記と一致していますか",
    ),
    "unknown-agent-near": (
        "{token} is no agent that we know; did you mean {near}?",
        "{token} は既知のクローラーではありません。{near} のことですか",
    ),
    "retired-agent": (
        "{token} is retired: the operator crawls as {successor}, which is not refused",
        "{token} は廃止された名前です。現在使われている {successor} は拒否されていません",
    ),
    "several-groups": (
        "{token} has groups at lines {lines}: crawlers merge them (RFC 9309, 2.2.1)",
        "{token} のグループが複数あります({lines} 行): 統合して読まれます(RFC 9309, 2.2.1)",
    ),
    "group-without-rules": (
        "the last group has no rules: it refuses nothing",
        "最後のグループに規則がありません: 何も拒否していません",
    ),
    "runs-on": (
        "a blank line ends no group: the agents from line {line} on share the rules below",
        "空行ではグループは終わりません: {line} 行からのクローラーも以下の規則に従います",
    ),
    "star-replaced": (
        "{pattern} is refused to * only: {agents} have a group of their own, which replaces *",
        "{pattern} の拒否は * だけに及びます: {agents} には固有のグループがあり、* は適用されません",
    ),
    "only-search-refused": (
        (
            "only agents that search or fetch for a user are refused ({agents}); that says nothing"
            " about training"
        ),
        "拒否されているのは検索・利用者指示のクローラーだけです({agents})。学習については何も述べていません",
    ),
    # of rules
    "overruled": (
        (
            "{rule} never applies: line {line} allows the same pattern, and of two equal rules the one"
            " that allows wins"
        ),
        "{rule} は適用されません: {line} 行が同じパターンを許可しており、同じ長さなら許可が優先します",
    ),
    "repeated": ("{rule} stands already at line {line}", "{rule} は {line} 行にすでにあります"),
    "covered": (
        "{rule} changes nothing: line {line}, {wider}, says the same of more paths",
        "{rule} は結果を変えません: {line} 行の {wider} がより広く同じことを述べています",
    ),
    "empty-disallow": (
        "an empty Disallow lifts none of the other rules of its group",
        "空の Disallow は同じグループの他の規則を取り消しません",
    ),
    "comment-reserves": (
        "a comment reserves what no rule states, and no crawler reads comments: {text}",
        "コメントで留保していますが、対応する規則がありません。クローラーはコメントを読みません: {text}",
    ),
}
"""English and Japanese, by code."""


def text(language: str, code: str, **words: object) -> str:
    """Return the text of *code*, or the code itself where none is written for it."""
    found = TEXTS.get(code)
    return found[LANGUAGES.index(language)].format(**words) if found else code


def default_language() -> str:
    """Return `ja` where the user's messages are Japanese, else `en`."""
    named = next(
        (os.environ[one] for one in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(one)), ""
    )
    return "ja" if (named or locale.getlocale()[0] or "").lower().startswith("ja") else "en"
