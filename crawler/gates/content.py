"""The main text of a page: what is left without menus, forms and scripts.

A gate stands in place of content, so a page with content of its own has none, whatever scripts,
small forms or words stand beside it. The beginning of a page is read as parsed; what comes after
that, from its tags alone.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from crawler.pages import PARSED_BYTES, charset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.signals import Page

ENOUGH = 400
"""Length from which on a page has content of its own."""

_LEFT_OUT = frozenset({
    "header", "nav", "footer", "aside", "dialog",
    "head", "script", "style", "noscript", "template", "form", "svg",
})  # fmt: skip
_HAN = re.compile(r"[\u2e80-\U0010ffff]")
_TAG = re.compile(r"<(/?)([a-zA-Z]+[0-9]?)\b[^<>]{0,2000}>")
_READ = 2 * 1024 * 1024  # octets of a page
_MOST_TAGS = 50_000
_LONGEST = 20_000
"""Characters of the rest of a page that are looked at for content."""


def main_text(page: Page) -> str:
    """Return the text of *page* outside of menus, forms and scripts, blanks collapsed."""
    if page.html is None:
        return ""
    texts = [*_parsed(page.html.root), *_rest(page)]
    return " ".join(" ".join(texts).split())


def length(text: str) -> int:
    """Return how much *text* says; a Han or kana character as much as two letters."""
    return len(text) if text.isascii() else len(text) + len(_HAN.findall(text))


def _parsed(root: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event != "start":
            yield element.tail or ""
        elif element.tag in _LEFT_OUT:
            walk.skip_subtree()
        else:
            yield element.text or ""


def _rest(page: Page) -> list[str]:
    """Return the texts after the part of the page that is parsed."""
    rest = page.body[PARSED_BYTES:_READ]
    if not rest:
        return []
    kind = next(iter(page.values("content-type")), page.media_type)
    text = rest.decode(charset(page.body, kind), "replace")
    texts, size, at, within = list[str](), 0, 0, ""
    for tag in islice(_TAG.finditer(text), _MOST_TAGS):
        name = tag[2].lower()
        if not within:
            texts.append(text[at : tag.start()])
            size += len(texts[-1].strip())
        if name in _LEFT_OUT:
            if not tag[1]:
                within = within or name
            elif within == name:
                within = ""
            elif not within:  # the end of what began in the parsed part
                texts, size = [], 0
        if size > _LONGEST:
            break
        at = tag.end()
    return texts if within else [*texts, text[at : at + _LONGEST]]
