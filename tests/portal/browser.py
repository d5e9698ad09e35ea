"""A real Chromium against a real `provisor serve`, and axe-core on each page it sees."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ViewportSize, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PHONE: ViewportSize = {"width": 360, "height": 900}
DESK: ViewportSize = {"width": 1100, "height": 900}
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SERIOUS = frozenset({"serious", "critical"})


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the Chromium of this machine; it may reach nothing but loopback."""
    place = shutil.which("chromium") or shutil.which("chromium-browser")
    assert place, "these tests need Chromium: make chromium"
    # Root has no sandbox; what is shown here is our own.
    sandbox = [] if os.getuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=place,
            args=[*sandbox, "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=127.0.0.1"],
        )
        try:
            yield browser
        finally:
            browser.close()


def faults(page: Page) -> list[str]:
    """Return what axe finds wrong with the page as it is shown, with where."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _RULES}})
    return [
        f"{page.url} {one['id']}: {node['html'][:120]}"
        for one in found.response["violations"]
        if one["impact"] in _SERIOUS
        for node in one["nodes"]
    ]


def is_too_wide(page: Page) -> bool:
    """Whether a reader has to scroll to the side to read the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
