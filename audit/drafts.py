"""Drafts of documents that ask for more than an audit knows: item by item, what is recorded.

Each item says how far this tool has evidence for it. What people have to say themselves is left to
them, and no item is ever answered with yes or no.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.headline import checkpoint_lines, footer, headline
from audit.markup import text
from audit.report_words import TITLES
from audit.terms import NOT_FULFILLED, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.summary import Summary


class Extent(StrEnum):
    """How far an item is evidenced."""

    EVIDENCED = "evidenced"
    PARTLY = "partly"
    NOT = "not"


EXTENTS = {
    Extent.EVIDENCED: Term("evidenced", "証拠あり"),
    Extent.PARTLY: Term("partly", "一部"),
    Extent.NOT: Term("not by this tool", "本ツールの対象外"),
}
_HEAD = (
    Term("item", "項目"),
    Term("how far", "証拠の範囲"),
    Term("what is recorded", "記録された事実"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the document asks for."""

    asked: Term
    extent: Extent
    recorded: tuple[Term, ...] = ()
    """What is recorded of it; its own text, in which names from outside are marked up already."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its items."""

    title: Term
    items: tuple[Item, ...]
    after: str = ""
    """What stands below the table."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole document."""

    title: Term
    source: Term
    """Which text asks for it, and how near to that text this was written."""
    sections: tuple[Section, ...]


def draft_text(draft: Draft, summary: Summary, lang: str) -> str:
    """Return *draft* in Markdown, in one language."""
    return "\n".join(_lines(draft, summary, lang)) + "\n"


def _lines(draft: Draft, summary: Summary, lang: str) -> Iterator[str]:
    yield f"# {getattr(draft.title, lang)}"
    yield ""
    yield getattr(NOT_FULFILLED, lang)
    yield ""
    yield f"- {getattr(draft.source, lang)}"
    yield from (f"- {name}: {text(said)}" for name, said in headline(summary, lang).items())
    counted = [item.extent for section in draft.sections for item in section.items]
    yield "- " + ", ".join(
        f"{getattr(EXTENTS[extent], lang)}: {counted.count(extent)}" for extent in Extent
    )
    for section in draft.sections:
        yield from ("", f"## {getattr(section.title, lang)}", "")
        yield from _table(section.items, lang)
        if section.after:
            yield from ("", section.after)
    if lines := checkpoint_lines(summary):
        yield from ("", f"{getattr(TITLES['checkpoint'], lang)}:", "", "```", *lines, "```")
    yield from ("", *footer())


def _table(items: Sequence[Item], lang: str) -> Iterator[str]:
    yield f"| {' | '.join(getattr(one, lang) for one in _HEAD)} |"
    yield "| --- | --- | --- |"
    for item in items:
        recorded = "<br>".join(getattr(one, lang) for one in item.recorded) or "–"
        extent = getattr(EXTENTS[item.extent], lang)
        yield f"| {getattr(item.asked, lang)} | {extent} | {recorded} |"
