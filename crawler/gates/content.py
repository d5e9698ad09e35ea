"""The main text of a page: what is left without menus, forms and scripts.

A gate stands in place of content, so a page with content of its own has none, whatever scripts,
small forms or words stand beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from crawler.signals import Page

ENOUGH = 400
"""Length from which on a page has content of its own."""

_ASIDE = frozenset({"header", "nav", "footer", "aside", "dialog"})
_UNREAD = frozenset({"head", "script", "style", "noscript", "template", "form", "svg"})


def main_text(page: Page) -> str:
    """Return the text of *page* outside of menus, forms and scripts, blanks collapsed."""
    if page.html is None:
        return ""
    texts = list[str]()
    walk = etree.iterwalk(page.html.root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if element.tag in _ASIDE | _UNREAD:
                walk.skip_subtree()
            else:
                texts.append(element.text or "")
        else:
            texts.append(element.tail or "")
    return " ".join(" ".join(texts).split())


def length(text: str) -> int:
    """Return how much *text* says; a Han or kana character as much as two letters."""
    return sum(2 if character > "\u2e7f" else 1 for character in text)
