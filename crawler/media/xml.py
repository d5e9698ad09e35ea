"""XML from strangers: no entities, no network, no DTD, and nothing beyond a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST = 2 * 1024 * 1024
"""Octets of a document that is parsed."""


class UnreadXmlError(ValueError):
    """The document is not well-formed, too large, or built to be slow."""


def parsed(document: bytes) -> Element:
    """Return the root of *document*.

    Raises:
        UnreadXmlError: with what is wrong with it, as one word of a finding.
    """
    if len(document) > LONGEST:
        raise UnreadXmlError("too-large")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadXmlError("broken") from error
