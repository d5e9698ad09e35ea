"""The front page and the pages about the project: files of the repository, with their links."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_MOVED = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
}
_LINK = re.compile(r"(?<=\]\()(?:docs/)?([\w./-]+\.md)(?=[)#])")
_SHOWN = re.compile(r"\[docs/([\w-]+)\.md\]")


def readme() -> str:
    """Return README.md as the front page."""
    return _linked("README.md")


def changelog() -> str:
    """Return CHANGELOG.md."""
    return _linked("CHANGELOG.md")


def contributing() -> str:
    """Return CONTRIBUTING.md."""
    return _linked("CONTRIBUTING.md")


def security() -> str:
    """Return SECURITY.md."""
    return _linked("SECURITY.md")


def _linked(name: str) -> str:
    """Return a file of the repository whose links lead to pages of the documentation."""
    text = (ROOT / name).read_text("utf-8")
    text = _SHOWN.sub(r"[\1]", text)
    return _LINK.sub(lambda link: _MOVED.get(link[1], link[1]), text)
