"""Pictures of the demo's report: phone and desktop, light and dark, English and Japanese, print.

Run: make screenshots-reports, or python -m tests.pictures.reports FOLDER

The demo's manifest is audited twice, by past captures alone and by all that is known, so that the
page tells what changed. The page printed as PDF is left in FOLDER too.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.browser import chromium
from tests.command import provisor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = {"desktop": (1180, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
LANGUAGES = ("en", "ja")
PARTS = (
    ("levels", "desktop", "light", "en"),
    ("changes", "desktop", "dark", "ja"),
    ("robots", "desktop", "light", "ja"),
    ("time", "desktop", "dark", "en"),
    ("time", "phone", "light", "ja"),
    ("sites", "phone", "dark", "en"),
)
"""Which sections are taken by themselves, and how."""

_COLOURS = 256
_A4 = {"width": 794, "height": 1123}


def take(pages: dict[str, Path], folder: Path) -> list[Path]:
    """Take all pictures of the *pages* (by language) and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        made = [
            _top(browser, pages, folder, width, scheme, language)
            for width in WIDTHS
            for scheme in SCHEMES
            for language in LANGUAGES
        ]
        made += [_part(browser, pages, folder, *part) for part in PARTS]
        made += [_print(browser, pages, folder, language) for language in LANGUAGES]
    for file in made:
        _make_small(file)
    return made


def make_pages(folder: Path) -> dict[str, Path]:
    """Make the demo's report in both languages, with what changed, and return the files."""
    _run("demo", "--out", "demo", cwd=folder)
    audited = ("audit", "demo/manifest.csv", "--declaration", "demo/dataset.toml")
    _run("import", "captures", "demo/past.jsonl", "--store", "past.duckdb", cwd=folder)
    _run(*audited, "--store", "past.duckdb", "--out", "before", cwd=folder)
    pages = {}
    for language in LANGUAGES:
        words = ("--format", "html", "--lang", language, "--since", "before")
        _run("report", "demo/report", *words, cwd=folder)
        pages[language] = folder / f"report.{language}.html"
        shutil.copyfile(folder / "demo" / "report" / "report.html", pages[language])
    return pages


def _run(*words: str, cwd: Path) -> None:
    code, _, err = provisor(*words, cwd=cwd)
    if code not in {0, 1}:
        sys.exit(err)


def _open(browser: Browser, file: Path, width: str, scheme: str) -> Page:
    wide, high = WIDTHS[width]
    viewport = {"width": wide, "height": high}
    page = browser.new_page(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    return page


def _top(
    browser: Browser, pages: dict[str, Path], folder: Path, width: str, scheme: str, language: str
) -> Path:
    file = folder / f"report-{width}-{scheme}-{language}.png"
    page = _open(browser, pages[language], width, scheme)
    page.screenshot(path=file)
    page.close()
    return file


def _part(
    browser: Browser,
    pages: dict[str, Path],
    folder: Path,
    part: str,
    width: str,
    scheme: str,
    language: str,
) -> Path:
    file = folder / f"{part}-{width}-{scheme}-{language}.png"
    page = _open(browser, pages[language], width, scheme)
    page.add_style_tag(content=f"section[aria-labelledby={part}] {{ padding: 0 1.25rem 1.25rem; }}")
    page.locator(f"section[aria-labelledby={part}]").screenshot(path=file)
    page.close()
    return file


def _print(browser: Browser, pages: dict[str, Path], folder: Path, language: str) -> Path:
    """Print the page as PDF, and take the first sheet as it looks in print."""
    file = folder / f"report-print-{language}.png"
    page = browser.new_page(viewport=_A4, color_scheme="dark")  # type: ignore[arg-type]
    page.goto(pages[language].as_uri())
    page.pdf(path=folder / f"report.{language}.pdf", format="A4", prefer_css_page_size=True)
    page.emulate_media(media="print")
    page.add_style_tag(content="body { padding: 16mm 14mm !important; }")  # as @page leaves it
    page.screenshot(path=file)
    page.close()
    return file


def _make_small(file: Path) -> None:
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
    small.save(file, optimize=True)


def main() -> None:
    """Make the pictures in the folder that is named."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as place:
        made = take(make_pages(Path(place)), Path(sys.argv[1]))
    for file in made:
        print(f"{file.stat().st_size:>9,} {file}")  # noqa: T201


if __name__ == "__main__":
    main()
