"""Hands the pages that the code writes to MkDocs; named in mkdocs.yml."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    from docs.pages import pages

    for place, write in pages().items():
        files.append(File.generated(config, place, content=write()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 (by these names MkDocs calls it)
    """Lead links to files of the repository to the pages that show them."""
    from docs.pages.examples import linked

    return linked(markdown)
