"""Words of every page, and of those that need no signing in."""

from __future__ import annotations

OPEN: dict[str, tuple[str, str]] = {
    # Every page
    "title": ("Lists and sites", "リストとサイトの窓口"),
    "skip": ("Skip to the content", "本文へ移動"),
    "nav": ("Pages", "ページ"),
    "other_language": ("日本語", "English"),
    "home": ("Start", "はじめに"),
    "sign_in": ("Sign in", "サインイン"),
    "sign_out": ("Sign out", "サインアウト"),
    "signed_in_as": ("Signed in as {name}", "{name} としてサインインしています"),
    "no_law": (
        "This page records what was handed in, when, and by whom. It makes no legal assessment.",
        "この窓口は、何が、いつ、誰から提出されたかを記録します。法的な判断は行いません。",
    ),
    "error": ("Error", "エラー"),
    "to_mend": ("There is something to mend", "直していただく箇所があります"),
    "optional": ("(optional)", "(任意)"),
    "times": ("Times are in UTC.", "時刻は協定世界時 (UTC) です。"),
    "back": ("Back to your lists", "リストの一覧へ戻る"),
    # Start
    "home_intro": (
        "For right holders, owners of sites, and those who run this service.",
        "権利者、サイトの運営者、この窓口の担当者のためのページです。",
    ),
    "for_holders": ("You hold rights", "権利をお持ちの方"),
    "for_holders_do": (
        "Hand in a list of sites that hold copies without a licence, keep the receipt, and see what became of it. You need a token from whoever runs this service.",
        "許諾のない複製物を載せているサイトのリストを提出し、受領証を受け取り、その後の状態を確認できます。担当者から受け取ったトークンが必要です。",
    ),
    "for_owners": ("Your site is listed, or may be", "サイトを運営している方"),
    "for_owners_do": (
        "Say that your site should not be on a list. You need no token.",
        "自分のサイトがリストに載るべきではないことを申し立てられます。トークンは不要です。",
    ),
    "for_owners_see": (
        "See what your site tells AI crawlers.",
        "自分のサイトが AI クローラーに何を伝えているかを確認できます。",
    ),
    # Signing in
    "sign_in_intro": (
        "Paste the token that you were given. It is not shown again and stays out of addresses and logs.",
        "受け取ったトークンを貼り付けてください。トークンがアドレスや記録に残ることはありません。",
    ),
    "token": ("Token", "トークン"),
    "wrong_token": (
        "This is no token that can be used: it may be mistyped, have expired, or have been revoked. Ask whoever gave it to you.",
        "このトークンは使えません。入力の誤り、期限切れ、失効が考えられます。発行した担当者にお尋ねください。",
    ),
    # Disputes
    "dispute": ("Dispute a listing", "掲載に異議を申し立てる"),
    "dispute_intro": (
        "Say which site, page or directory is listed wrongly and why. Somebody looks at it before anything changes.",
        "どのサイト、ページ、ディレクトリの掲載が誤りか、その理由とともにお書きください。担当者が確認するまで何も変わりません。",
    ),
    "site": ("Site or address", "サイトまたはアドレス"),
    "your_name": ("Your name, or your organisation's", "氏名または組織名"),
    "your_name_hint": (
        "Recorded with the dispute, and shown to whoever listed the site.",
        "異議とともに記録され、サイトを掲載した提出者に示されます。",
    ),
    "contact": ("How to reach you", "連絡先"),
    "contact_hint": ("Only the operator sees it.", "担当者だけが見ます。"),
    "dispute_owner": ("It is my site and holds no such copies", "自分のサイトであり、そのような複製物はない"),
    "dispute_authorised": ("The use is licensed", "許諾を得ている"),
    "dispute_no_right": ("Whoever listed it does not hold the rights", "掲載した者は権利者ではない"),
    "dispute_exception": ("The use needs no licence", "許諾を要しない利用である"),
    "dispute_removed": ("The copies were removed", "複製物はすでに削除した"),
    "dispute_not_mine": ("Another site is meant", "別のサイトと取り違えている"),
    "dispute_other": ("Another reason", "その他"),
    "send": ("Send", "送信する"),
    "case": ("Look up a dispute", "異議の状態を調べる"),
    "case_code": ("Code", "確認コード"),
    "case_keep": (
        "Keep the number and the code: with both you can look up what became of it.",
        "番号と確認コードを保管してください。両方があれば、その後の状態を調べられます。",
    ),
    "look_up": ("Look up", "調べる"),
    # Sites
    "site_page": ("What crawlers see on a site", "クローラーから見たサイト"),
    "site_intro": (
        "Answered from what was captured before, or from a robots.txt that you paste. No request is made to the site.",
        "過去に記録した内容、または貼り付けた robots.txt に基づいて答えます。サイトへのアクセスは行いません。",
    ),
    "robots_txt": ("robots.txt, to be read at once", "robots.txt (貼り付けるとその場で読み取ります)"),
    "ask": ("Ask", "調べる"),
    "answer": ("Answer", "回答"),
    "answer_waits": (
        "Not answered yet. Answers come within a short time and are kept for a day.",
        "まだ回答がありません。まもなく回答され、1 日間保管されます。",
    ),
    "no_answer": ("No answer: {why}", "回答できません: {why}"),
    "report": ("The report", "報告"),
    # Failures
    "form_old": (
        "The form is too old, or did not come from this page. Go back, load the page again and send it once more.",
        "フォームの有効期限が切れたか、このページから送られたものではありません。戻ってページを読み込み直し、もう一度送信してください。",
    ),
    "too_often": (
        "Too often. Try again in a few minutes.", "回数が多すぎます。数分後にもう一度お試しください。",
    ),
    "not_found": ("There is no such page.", "ページが見つかりません。"),
    "sign_in_first": ("Sign in first.", "サインインしてください。"),
    "choose_one": ("Choose or type a list.", "リストを選ぶか入力してください。"),
}  # fmt: skip
