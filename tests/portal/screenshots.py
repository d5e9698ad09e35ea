"""Pictures of the portal's pages for docs/portal/: `make screenshots`."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from portal.accounts import add_account, make_token
from portal.deciding import decide_message
from portal.desk import dispute
from portal.folder import make_folder
from portal.intake import Intake, ingest
from tests.portal.browser import DESK, PHONE, chromium
from tests.portal.conftest import ACCOUNTS, World
from tests.portal.serving import served
from tests.portal.test_browser import press, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

MEND = "value,work\nmanga.example,漫画その一\nhttps://8.8.8.8/,漫画その二\nco.jp,小説\n"
LIST = "value,work\nmanga.example,Comic A\nhttps://blog.example/a/,Comic B\ngithub.com,Comic C\n"


def main(out: Path) -> None:
    """Write the pictures into *out*."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        world = _world(Path(name))
        _hand_in(world, Path(name))
        with served(world.folder.path, Path(name) / "log") as (address, _), chromium() as browser:
            for lang, width, viewport in (("en", "desk", DESK), ("ja", "phone", PHONE)):
                context = browser.new_context(viewport=viewport, java_script_enabled=False)
                _pictures(context.new_page(), address, world, out, lang=lang, width=width)
                context.close()


def _world(folder: Path) -> World:
    now = datetime.now(UTC)
    world = World(make_folder(folder / "portal"), folder / "store.duckdb", now)
    for account in ACCOUNTS:
        add_account(world.folder, account)
        world.secrets[account.id], _ = make_token(
            world.folder, account.id, lasts=timedelta(days=1), now=now
        )
    return world


def _hand_in(world: World, folder: Path) -> None:
    first = world.hand_in(LIST)
    manifest = folder / "rows.csv"
    rows = [f"https://manga.example/{n}" for n in range(40)] + ["https://c.example/"] * 60
    manifest.write_text("url\n" + "\n".join(rows))
    world.ingest()
    decide_message(world.folder, world.account("ito"), first.id, outcome="accepted",
                   note="looked at each", now=world.tick())  # fmt: skip
    world.ingest()
    world.hand_in("manga.example\nanother.example\n", by="studio", slug="films")
    dispute(world.folder, site="https://blog.example/a/", reason="authorised", name="Blog KK",
            contact="hello@blog.example", note="licensed since 2025", now=world.tick())  # fmt: skip
    ingest(world.folder, Intake(world.store, manifests=(manifest,)))


def _pictures(page: Page, address: str, world: World, out: Path, *, lang: str, width: str) -> None:
    def take(name: str) -> None:
        page.screenshot(path=str(out / f"{name}-{lang}-{width}.png"))

    page.goto(f"{address}/{lang}/")
    take("start")
    sign_in(page, address, lang, world.secrets["press"])
    page.goto(f"{address}/{lang}/hand-in")
    page.fill("#list", "more")
    page.fill("#text", MEND)
    press(page, "button[name=step]")
    take("mend")
    page.goto(f"{address}/{lang}/lists")
    press(page, "tbody td a")
    take("receipt")
    page.goto(f"{address}/{lang}/lists/press/comics")
    take("list")
    page.context.clear_cookies()
    sign_in(page, address, lang, world.secrets["ito"])
    take("review")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
