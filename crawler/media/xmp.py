"""What the XMP of a file says of the file itself, by namespace and name (ISO 16684-1).

Only properties of the resource count: those on a description directly below `rdf:RDF`. Deeper ones
speak of ingredients and of versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.media.packets import Packets, packets
from crawler.media.pdf import pdf_packets
from crawler.media.xml import UnreadXmlError, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_MOST_VALUES = 20


@dataclass(frozen=True, slots=True)
class Xmp:
    """The XMP of one file."""

    descriptions: tuple[Element, ...] = ()
    problem: str = ""
    """Why it may say more than is found: `broken`, `cut-off`, `too-large`, `not-read`."""

    def values(self, namespace: str, name: str) -> list[str]:
        """Return the values of a property, in document order, the first 20.

        Attribute and element form, `rdf:resource`, `rdf:value` and the items of arrays count
        alike.
        """
        wanted = f"{{{namespace}}}{name}"
        found = list[str]()
        for description in self.descriptions:
            if wanted in description.attrib:
                found.append(_text(description.attrib[wanted]))
            for child in description.iterchildren(wanted):
                found += _of(child)
                if len(found) >= _MOST_VALUES:
                    return found[:_MOST_VALUES]
        return [value for value in found if value]


@lru_cache(maxsize=2)  # several readers look at the same file in turn
def xmp(body: bytes) -> Xmp | None:
    """Return the XMP of the file *body*; None where it is no file that carries any."""
    seen = pdf_packets(body) or packets(body)
    return _read(seen) if seen else None


def _read(seen: Packets) -> Xmp:
    descriptions: list[Element] = []
    problem = seen.problem
    for packet in seen.found:
        try:
            root = parsed(packet)
        except UnreadXmlError as error:
            problem = str(error)
            continue
        for rdf in root.iter(f"{_RDF}RDF"):
            descriptions += rdf.iterchildren(tag=f"{_RDF}Description")
    return Xmp(tuple(descriptions), problem)


def _of(element: Element) -> Iterator[str]:
    """Yield the values that one property element holds."""
    resource = element.get(f"{_RDF}resource") or element.get(f"{_RDF}value")
    if resource:
        yield _text(resource)
        return
    items = list(element.iter(f"{_RDF}li", f"{_RDF}value"))
    for item in items[:_MOST_VALUES]:
        yield _text(item.get(f"{_RDF}resource") or "".join(item.itertext()))
    if not items:
        yield _text("".join(element.itertext()))


def _text(value: str) -> str:
    return " ".join(value.split())
