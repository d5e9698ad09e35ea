"""The elements of an RSL document: by name in its namespace, their texts, and those it has not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

NAMESPACE = "https://rslstandard.org/rsl"
MAX_QUOTE = 300
_DECLARED = re.compile(r"""\sxmlns(?::[\w.-]+)?=(?:"[^"]*"|'[^']*')""")

_KNOWN = {
    "rsl": {"content"},
    "content": {"license", "alternate", "schema", "copyright", "terms"},
    "license": {"permits", "prohibits", "payment", "reporting", "legal"},
    "payment": {"standard", "custom", "amount", "accepts"},
}


def unknown_elements(parent: Element) -> Iterator[str]:
    """Yield a finding where RSL has no such element; those of other namespaces are no matter."""
    name, _ = name_of(parent)
    known = _KNOWN.get(name)
    if known is None:  # a feed, which holds contents wherever it likes
        return
    if any(name_of(child)[1] == NAMESPACE and name_of(child)[0] not in known for child in parent):
        yield "unknown-element"


def children(parent: Element, name: str) -> list[Element]:
    """Return the elements *name* of RSL directly in *parent*."""
    return [child for child in parent if name_of(child) == (name, NAMESPACE)]


def name_of(element: Element) -> tuple[str, str]:
    """Return the local name and the namespace of *element*."""
    space, _, name = str(element.tag).rpartition("}")
    return name, space.lstrip("{")


def text_of(element: Element) -> str:
    """Return the text in *element*, blanks collapsed."""
    return trimmed("".join(element.itertext()))


def trimmed(text: str) -> str:
    """Return *text* with blanks collapsed, as long as a quote may be."""
    return " ".join(text.split())[:MAX_QUOTE]


def quoted(element: Element) -> str:
    """Return *element* as it is written, as long as a quote may be."""
    from lxml import etree

    # What was declared around it is told again here; what is before a prefix need not be known.
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    return trimmed(_DECLARED.sub("", written))
