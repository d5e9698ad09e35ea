"""A real Chromium (Debian's), for pages as their readers see them."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a browser that runs without a window.

    Raises:
        RuntimeError: there is none on this machine.
    """
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        message = "no Chromium found; as root: apt-get install chromium fonts-noto-cjk"
        raise RuntimeError(message)
    with sync_playwright() as playwright:
        # Its sandbox needs rights that a container has not; the pages are our own.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
