"""The microdata of a page in the form of JSON-LD (HTML standard, section 5).

An item becomes an object with `@type` and its properties, so that one reading serves both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from crawler.signals import Page

_MARKS = (b"itemscope", b"itemprop", b"\x00")  # NULs are left out when a page is parsed
_MOST = 2000
_LONGEST = 300
_ADDRESSES = ("href", "src", "data")


def microdata(page: Page) -> list[dict[str, Any]]:
    """Return the items of *page* that are no property of another, the first 2,000 elements."""
    octets = page.body.lower()
    if page.html is None or not any(mark in octets for mark in _MARKS):
        return []
    tops = list[dict[str, Any]]()
    items: dict[Element, dict[str, Any]] = {}
    for one in page.html.xpath("//*[@itemscope or @itemprop]")[:_MOST]:
        element = one.root
        value: Any = _item(element) if element.get("itemscope") is not None else _value(element)
        if isinstance(value, dict):
            items[element] = value
        names = (element.get("itemprop") or "").split()
        owner = next((items[up] for up in element.iterancestors() if up in items), None)
        if owner is not None:
            for name in names:
                owner.setdefault(name, []).append(value)
        elif not names and isinstance(value, dict):
            tops.append(value)
    return tops


def _item(element: Element) -> dict[str, Any]:
    return {"@type": (element.get("itemtype") or "").split()}


def _value(element: Element) -> str:
    stated = element.get("content")
    if stated is None:
        stated = next((element.get(name) for name in _ADDRESSES if element.get(name)), None)
    if stated is None:
        texts = (str(text) for _, text in zip(range(50), element.itertext(), strict=False))
        stated = "".join(texts)
    return " ".join(stated[:_LONGEST].split())
