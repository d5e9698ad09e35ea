"""What a clerk does, in a real browser without JavaScript, from the list to its withdrawal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from portal.accounts import add_account, make_token
from portal.folder import make_folder
from tests.portal.browser import DESK, PHONE, chromium, faults, is_too_wide
from tests.portal.conftest import ACCOUNTS, World
from tests.portal.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

LIST = "value,work\nmanga.example,漫画その一\nhttps://8.8.8.8/,漫画その二\nco.jp,小説\n"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, World]]:
    """A portal that is served, by the real clock."""
    tmp_path = tmp_path_factory.mktemp("site")
    now = datetime.now(UTC)
    world = World(make_folder(tmp_path / "portal"), tmp_path / "store.duckdb", now)
    for account in ACCOUNTS:
        add_account(world.folder, account)
        world.secrets[account.id], _ = make_token(
            world.folder, account.id, lasts=timedelta(days=1), now=now
        )
    with served(world.folder.path, tmp_path / "log") as (address, _):
        yield address, world


def sign_in(page: Page, address: str, lang: str, secret: str) -> None:
    page.goto(f"{address}/{lang}/sign-in")
    page.fill("#token", secret)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, what: str) -> None:
    """Click, and wait for the page that comes."""
    with page.expect_navigation():
        page.click(what)


def seen(page: Page, found: list[str]) -> None:
    """Note what is wrong with the page as it is shown."""
    found += faults(page)
    if is_too_wide(page):
        found.append(f"{page.url}: wider than the screen")


def test_a_clerk_hands_in_a_list_from_a_spreadsheet_mends_it_and_withdraws(
    browser: Browser, site: tuple[str, World], tmp_path: Path
) -> None:
    address, world = site
    file = tmp_path / "一覧.csv"
    file.write_bytes(LIST.encode("cp932"))
    # At the width of a phone, without JavaScript.
    plain = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="ja-JP")
    page = plain.new_page()

    page.goto(address)
    assert page.title() == "リストとサイトの窓口"
    sign_in(page, address, "ja", world.secrets["press"])
    press(page, "main a:text('リストを提出する')")
    page.fill("#list", "comics")
    page.set_input_files("#file", str(file))
    press(page, "button:text('確認する')")
    assert page.locator("fieldset legend").all_inner_texts() == ["3 行目", "4 行目"]
    page.fill("#fix-3", "https://other.example/a/,漫画その二")
    page.check("#drop-4")
    press(page, "text=もう一度確認する")
    assert page.get_by_role("status").inner_text() == "直していただく箇所はありません"
    for statement in ("good_faith", "accurate", "authorised"):
        page.check(f"#{statement}")
    page.fill("#signed_by", "見本 花子")
    press(page, "text=提出を確定する")
    assert page.inner_text("#state") == "受付済み (取り込み待ち)"
    with page.expect_download() as download:
        page.click("text=テキストで保存")
    kept = download.value.path().read_text("utf-8")
    receipt = page.url

    world.ingest()
    press(page, "text=表示を更新する")
    assert page.inner_text("#state") == "受領済み (審査待ち)"
    assert page.inner_text("#number") in kept

    office = browser.new_context(viewport=DESK, java_script_enabled=False)
    desk = office.new_page()
    sign_in(desk, address, "en", world.secrets["ito"])
    desk.check("text=Accept")
    desk.fill("textarea[name=note]", "looked at each")
    press(desk, "button:text('Decide')")
    assert desk.get_by_role("status").inner_text() == (
        "It is kept, and carried out when it is taken in."
    )
    world.ingest()

    page.goto(receipt)
    assert page.inner_text("#state") == "承認済み"
    page.goto(f"{address}/ja/lists/press/comics")
    page.check("[aria-label='manga.example を選ぶ']")
    page.check("#cause-settled")
    press(page, "button:text('取り下げる')")
    world.ingest()
    page.goto(f"{address}/ja/lists/press/comics")
    rows = page.locator("tbody tr").all_inner_texts()
    assert [("承認済み" in row, "取り下げ済み" in row) for row in rows] == [
        (False, True),
        (True, False),
    ]
    plain.close()
    office.close()


def test_no_page_has_a_serious_fault_and_none_is_wider_than_a_phone(
    browser: Browser, site: tuple[str, World]
) -> None:
    address, world = site
    message = world.hand_in(by="studio", slug="films")
    world.ingest()
    wrong: list[str] = []
    context: Any = browser.new_context(viewport=PHONE, bypass_csp=True)
    page = context.new_page()
    page.set_content("<html><body><img src='x'><input></body></html>")
    assert faults(page), "axe finds nothing, whatever it is shown"

    for path in (
        "/en/",
        "/ja/",
        "/en/sign-in",
        "/en/dispute",
        "/ja/case",
        "/en/site",
        "/en/nothing",
    ):
        page.goto(f"{address}{path}")
        seen(page, wrong)
    sign_in(page, address, "ja", world.secrets["studio"])
    for path in ("/ja/lists", "/ja/hand-in", f"/ja/receipts/{message.id}", "/ja/lists/studio/films",
                 "/en/works"):  # fmt: skip
        page.goto(f"{address}{path}")
        seen(page, wrong)
    page.goto(f"{address}/en/hand-in")
    page.fill("#list", "more")
    page.fill("#text", "https://8.8.8.8/\nmanga.example\n")
    press(page, "text=Check it")
    seen(page, wrong)
    context.clear_cookies()
    sign_in(page, address, "en", world.secrets["ito"])
    seen(page, wrong)
    context.close()

    assert wrong == []


def test_the_keyboard_alone_reaches_the_content_and_each_field(
    browser: Browser, site: tuple[str, World]
) -> None:
    address, _ = site
    context = browser.new_context(java_script_enabled=True, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/en/dispute")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    inside = page.evaluate("document.activeElement.id")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("my-site.example")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    assert (first, inside) == ("skip", "content")
    assert page.input_value("#site") == "my-site.example"
    assert page.is_checked("#reason-owner")
    context.close()
