"""RSL inside a file: in its XMP, or in the package of an EPUB publication.

RSL 1.0, section 4.8: an element `rsl:rsl` with one `rsl:content`, whose address is the one by which
the file is known wherever it lies. So the terms are those of the file in which they stand, whatever
address it was fetched from; and where they name several, which of them is this file cannot be told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.media.epub import UnreadEpubError, package
from crawler.media.xmp import xmp
from crawler.rsl import content_signals
from crawler.rsl_elements import children, unknown_elements
from provenance.records import Signal, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_MOST_CONTENTS = 20
_NOTHING = Signal("rsl", "asset", "any")


def terms_inside(body: bytes) -> Iterator[Signal]:
    """Yield what the file *body* says of its own use; nothing where it holds no RSL.

    That its metadata could not be read is told by the readers of TDMRep and of PLUS.
    """
    if found := xmp(body):
        problem = f"xmp-{found.problem}" if found.problem else ""
        for description in found.descriptions:
            yield from _of_holder(description, problem)
    for metadata in _of_epub(body):
        yield from _of_holder(metadata, "")


def _of_epub(body: bytes) -> list[Element]:
    try:
        root = package(body)
    except UnreadEpubError:
        return []
    return list(root.iterchildren("{*}metadata")) if root is not None else []


def _of_holder(holder: Element, problem: str) -> Iterator[Signal]:
    """Yield what stands in *holder*, in its wrapper or, against the letter, without one."""
    wrappers = children(holder, "rsl")
    contents = [one for wrapper in wrappers for one in children(wrapper, "content")]
    for finding in [text for wrapper in wrappers for text in unknown_elements(wrapper)]:
        yield replace(_NOTHING, finding=finding)
    if wrappers and not contents:
        yield replace(_NOTHING, finding="no-content")
    bare = [] if contents else children(holder, "content")
    doubt = problem or ("several-contents" if len(contents or bare) > 1 else "")
    for content in (contents or bare)[:_MOST_CONTENTS]:
        for one in content_signals(content, "asset"):
            finding = one.finding or "no-wrapper" * bool(bare)
            said = replace(one, scope="asset", path="", finding=finding)
            # Of what may be another's, or half of it, a denial is kept and a permission is not.
            doubtful = doubt and said.value is Value.ALLOW
            yield replace(said, value=Value.UNSPECIFIED, finding=doubt) if doubtful else said
