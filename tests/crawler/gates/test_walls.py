"""Walls of words and forms, and open pages with the same words and forms."""

from __future__ import annotations

import pytest

from crawler.gates.content import length
from crawler.pages import page_signals
from provenance.records import Gate, Strength
from tests.crawler.signals.pages import page

ARTICLE = "<article>" + "<p>誰でも読める本文がここに続きます。</p>" * 30 + "</article>"
TEASER = "<article><p>" + "これは記事の冒頭です。" * 25 + "</p>{}</article>"
FORM = "<form action=/session><input name=u><input type=password></form>"


@pytest.mark.parametrize(
    "html",
    [
        ARTICLE + "<footer>続きを読むには会員登録が必要です 有料会員限定 残り100文字</footer>",
        "<h1>写真</h1><p>短い説明</p><footer>続きを読むには会員登録が必要です</footer>",
        "<nav>会員登録 ログイン</nav><p>短い案内。",
        "<p>お知らせ <a href=/p/2>続きを読む</a></p><p>短い案内。<a href=/login>ログイン</a>",
        "<p>会員登録はこちら。<p>ログイン",
        "<h1>会員登録が必要なサイトについて</h1>" + ARTICLE,
        "<h1>「この記事は有料会員限定です」という表示</h1>" + ARTICLE * 4,
        "<p>残りわずか。文字を入力",
        "<p>残りは5つの文字です",
        "<p>続きはまた来週。購読ありがとうございます",
        "<p>ここから先は自転車で30分",
        "<p>この記事は無料記事です",
        "<p>For members: our only shop. The limit of your patience was reached",
        ARTICLE + "<p>購読者限定の催し",
        "<p>Subscribe to our newsletter. Register for the event. Log in.",
        "<p>18歳の春に<p>The museum opened 18 years ago.",
        "<script>var wall = '続きを読むには会員登録が必要です'</script><p>短い案内。",
        f"<header>{FORM}</header><p>A photograph.",
        ARTICLE + FORM,
        "<input type=text name=password>",
    ],
)
def test_this_is_no_wall(html: str) -> None:
    assert page_signals(page(html)) == ()


@pytest.mark.parametrize(
    "html",
    [
        "<p>本文の続きを読むには会員登録が必要です。",
        "<p>続きをお読みいただくには、無料会員登録をお願いします。",
        "<p>会員登録して続きを読む",
        "<p>ログインすると全文をご覧になれます。",
        "<p>この記事は会員限定です。",
        "<p>有料会員限定",
        "<p>閲覧には会員登録が必要です。",
        TEASER.format("<p>残り1,234文字</p>"),
        TEASER.format("<p>残り: 567文字</p>"),
        TEASER.format("<p>この記事は有料会員限定です。</p>"),
        TEASER.format("<p>ここから先は有料会員の方のみ</p>"),
        "<p>Subscribe to continue reading",
        "<p>Create a free account to read this story.",
        "<p>Sign in to view",
        "<p>続きは有料会員のみお読みいただけます。",
        "<p>この記事の続きを読むには電子版の購読が必要です。",
        "<p>購読者限定",
        "<p>This content is for paid subscribers only.",
        "<p>You have reached your monthly article limit.",
        TEASER.format("<p>残り\uff1a\uff15\uff16\uff17文字</p>"),
        TEASER.format("<p>残り約800字</p>"),
        TEASER.format("<p>この記事は有料記事です。</p>"),
        TEASER.format("<p>ここから先は</p><p>1,234字</p>"),
    ],
)
def test_this_asks_to_register(html: str) -> None:
    (signal,) = page_signals(page(html))

    assert (signal.gate, signal.strength) == (Gate.REGISTRATION, Strength.HEURISTIC)


@pytest.mark.parametrize(
    "html",
    [
        "<h1>年齢確認</h1><a>はい</a>",
        "<p>あなたは18歳以上ですか?",
        "<p>Are you over 18?<button>Yes",
        "<p>\uff11\uff18歳未満の方はご利用になれません。",
        "<p>20歳以上の方ですか",
    ],
)
def test_this_asks_for_an_age(html: str) -> None:
    (signal,) = page_signals(page(html))

    assert signal.gate is Gate.AGE


HEAD = (
    "<head><style>"
    + "a{}" * 60_000
    + "</style><script>var a = '"
    + "b" * 1000
    + "'</script></head>"
)
LATE = {
    "an article": (ARTICLE, []),
    "a wall": ("<p>続きを読むには会員登録が必要です。", [Gate.REGISTRATION]),
    "a wall after a menu": ("<nav>" + ARTICLE + "</nav><p>会員限定", [Gate.REGISTRATION]),
    "a wall in a footer": ("<footer>会員限定</footer><p>短い", []),
    "a wall in a script": ("<script>'会員限定'</script><p>短い", []),
}  # fmt: skip


@pytest.mark.parametrize("case", LATE)
def test_a_page_is_judged_by_all_of_it_however_long_its_head(case: str) -> None:
    body, found = LATE[case]

    signals = page_signals(page(HEAD + f"<body>{body}</body>"))

    assert [signal.gate for signal in signals] == found


def test_a_script_that_watches_is_no_challenge_where_content_comes_late() -> None:
    script = "<script src=/_Incapsula_Resource?SWJIYLWA=1></script>"

    assert page_signals(page(script + HEAD + ARTICLE)) == ()


def test_a_password_form_as_the_main_part_is_a_login() -> None:
    (signal,) = page_signals(page(f"<h1>Members</h1><main>{FORM}</main>"))

    assert signal.gate is Gate.LOGIN


@pytest.mark.parametrize("where", ["header", "meta"])
def test_a_label_for_adults_is_a_label_and_no_gate(where: str) -> None:
    label = "RTA-5042-1996-1400-1577-RTA"
    headers = [("Rating", label)] if where == "header" else []
    meta = f'<meta name="rating" content="{label}">' if where == "meta" else ""

    (signal,) = page_signals(page(meta + ARTICLE, *headers))

    assert (signal.gate, signal.conditions) == (Gate.NONE, "label=adult-rta")


def test_a_character_of_japanese_says_as_much_as_two_letters() -> None:
    assert [length(text) for text in ("", "ab", "日本", "カナa")] == [0, 2, 4, 5]
