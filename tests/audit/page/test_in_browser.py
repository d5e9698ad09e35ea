"""The page in a real browser: nothing is fetched, nothing is cut off, at any width and in print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.reports import Asked
from audit.reports.html import REPORT
from tests.audit.reports.small import SEALED, hostile
from tests.audit.reports.test_html import EARLIER
from tests.browser import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

# Labels that reach beyond their chart, and text wider than what holds it (but for what scrolls).
CUT = """() => {
  const found = [];
  for (const label of document.querySelectorAll("svg[role=img] text")) {
    const chart = label.closest("svg").getBoundingClientRect();
    const box = label.getBoundingClientRect();
    if (chart.width && (box.left < chart.left - 1 || box.right > chart.right + 1
        || box.top < chart.top - 1 || box.bottom > chart.bottom + 1)) found.push(label.textContent);
  }
  const room = document.documentElement.clientWidth;
  for (const one of document.querySelectorAll("main *, header *, footer *")) {
    const box = one.getBoundingClientRect();
    if (box.right > room + 1 && !one.closest(".scroll, svg")) found.push(one.tagName);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all tests of this module."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of the small report in both languages, and of one with hostile names."""
    folder: Path = tmp_path_factory.mktemp("pages")
    made = {
        "en": REPORT.render(SEALED, Asked("en", EARLIER)),
        "ja": REPORT.render(SEALED, Asked("ja", EARLIER)),
        "hostile": REPORT.render(hostile(), Asked("ja", EARLIER)),
    }
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in made}


def opened(browser: Browser, address: str, width: int, said: list[str]) -> Page:
    """Return the page, with what it asks for and what the browser says of it in *said*."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.on("request", lambda one: said.append(one.url))
    page.on("console", lambda one: said.append(one.text))
    page.on("dialog", lambda one: said.append(one.message))
    page.goto(address)
    return page


@pytest.mark.parametrize("name", ["en", "ja", "hostile"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_fetched_and_nothing_is_cut_off(
    browser: Browser, pages: dict[str, str], name: str, width: int
) -> None:
    said: list[str] = []
    page = opened(browser, pages[name], width, said)

    cut = page.evaluate(CUT)
    shown = page.locator("svg[role=img]:visible").count()
    page.close()

    assert said == [pages[name]]
    assert cut == []
    assert shown == 6


def test_light_and_dark_are_as_the_reader_has_set_them_and_print_is_on_white(
    browser: Browser, pages: dict[str, str]
) -> None:
    page = opened(browser, pages["en"], 1280, [])
    colours = []
    for media, scheme in (("screen", "light"), ("screen", "dark"), ("print", "dark")):
        page.emulate_media(media=media, color_scheme=scheme)  # type: ignore[arg-type]
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    contents = page.locator("nav").is_visible()
    page.close()

    assert colours == ["rgb(250, 249, 246)", "rgb(20, 22, 26)", "rgb(255, 255, 255)"]
    assert not contents


def test_it_prints_on_sheets(browser: Browser, pages: dict[str, str], tmp_path: Path) -> None:
    page = opened(browser, pages["ja"], 1280, [])

    printed = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()

    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") >= 4
