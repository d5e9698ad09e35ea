"""The site is built without a warning and without the network, and asks a reader's browser for none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli as mkdocs
from mkdocs.config import load_config

from audit.rules import rules
from cli import COMMANDS
from docs.pages import pages
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_LOADED = re.compile(r"<(?:script|img|iframe|link|source)\b[^>]*?(?:src|href)=\"?(?:https?:)?//")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    place = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        words = ["build", "--strict", "--config-file", str(ROOT / "mkdocs.yml")]
        done = CliRunner().invoke(mkdocs, [*words, "--site-dir", str(place)])
    # Not --quiet: what is not logged is not counted as a warning either.
    assert (done.exit_code, "WARNING" in done.output) == (0, False), done.output
    return place


@pytest.mark.filterwarnings("default")
def test_every_page_is_there_and_loads_nothing_from_elsewhere(site: Path) -> None:
    built = sorted(site.rglob("*.html"))

    assert len(built) > 30
    assert [page.name for page in built if _LOADED.search(page.read_text("utf-8"))] == []


def test_the_code_of_the_site_is_no_page_of_it(site: Path) -> None:
    assert [file.name for file in site.rglob("*.py")] == []


def test_pages_are_written_by_the_code_they_describe() -> None:
    told = {place: write() for place, write in pages().items()}

    assert [
        name for name in COMMANDS if f"## provisor {name}\n" not in told["reference/commands.md"]
    ] == []
    assert [
        rule.id for rule in rules() if f"## {rule.id}\n" not in told["reference/rules.md"]
    ] == []
    for place, names in (
        ("reference/facts.md", ("robots_ai", "known_before_later_act")),
        ("reference/signals.md", ("tdmrep", "robots-meta")),
        ("reference/formats.md", ("adblock", "parquet", "sarif", "spark")),
        ("reference/schema.md", ("capture", "entry", "ledger")),
    ):
        assert [name for name in names if f"`{name}`" not in told[place]] == []


def test_every_page_has_its_place_among_the_four_kinds() -> None:
    nav = load_config(str(ROOT / "mkdocs.yml")).nav or []
    kinds = {name: part for one in nav for name, part in one.items()}
    placed = [
        page
        for part in kinds.values()
        if isinstance(part, list)
        for one in part
        for page in one.values()
    ]

    assert list(kinds)[1:5] == ["Tutorials", "How to", "Reference", "Explanation"]
    written = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}
    assert sorted(placed) == sorted(written | set(pages()) - {"index.md"})
