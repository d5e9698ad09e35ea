"""report.ab2013.md: a draft of the documentation that California asks for, from measured counts.

California Civil Code, section 3111, added by AB 2013 (2024): twelve items, of which the first nine
were read in a copy of the text; the period is by a summary, the last two are not verified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import evidence
from audit.drafts import Draft, Extent, Item, Section, draft_text
from audit.markup import code
from audit.reports import PLAIN, Report
from audit.terms import Term, in_english
from provenance.many import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.reports import Asked
    from audit.summary import Summary

_SHOWN = 10


def _render(summary: Summary, asked: Asked = PLAIN) -> str:
    draft = Draft(
        in_english("Draft: training data documentation, California Civil Code 3111 (AB 2013)"),
        in_english(
            "source: Cal. Civ. Code 3111(a)(1) to (9) (grade A); collection period (grade C); "
            "first use and synthetic data (grade D, not verified)"
        ),
        (Section(in_english("High-level summary of the datasets"), tuple(_items(summary, asked))),),
    )
    return draft_text(draft, summary, "en")


def _items(summary: Summary, asked: Asked) -> Iterator[Item]:
    parts = asked.sources.modalities if asked.sources else ()
    sources = tuple(
        in_english(
            f"{evidence.modality(one.name).en}: {many(len(one.sources), 'domain name')}; "
            "largest: " + ", ".join(code(source.site) for source in one.sources[:_SHOWN])
        )
        for one in parts
    )
    counts = (
        in_english(many(summary.rows, "row")),
        *(
            in_english(f"{evidence.modality(one.name).en}: {many(one.rows, 'row')}")
            for one in parts
        ),
    )
    never = (in_english("an audit of addresses does not tell"),)
    yield Item(in_english("(1) sources or owners"), Extent.PARTLY, (*sources, _owners()))
    yield Item(
        in_english("(2) how the data further the purpose"),
        Extent.PARTLY,
        (evidence.purpose(summary),),
    )
    yield Item(in_english("(3) number of data points"), Extent.EVIDENCED, counts)
    yield Item(in_english("(4) types of data points, labels"), Extent.PARTLY, _columns(summary))
    yield Item(
        in_english("(5) protected by copyright, trademark or patent, or in the public domain"),
        Extent.PARTLY,
        (
            *evidence.answers(summary),
            *evidence.rule_rows(summary, "PRV-07"),
            evidence.lists(summary),
            in_english("that nothing is reserved does not put a work into the public domain (N4)"),
        ),
    )
    yield Item(in_english("(6) purchased or licensed"), Extent.NOT)
    yield Item(in_english("(7) personal information"), Extent.NOT, never)
    yield Item(in_english("(8) aggregate consumer information"), Extent.NOT, never)
    yield Item(in_english("(9) cleaning, processing, modification"), Extent.PARTLY, (_removal(),))
    yield Item(
        in_english("(10) period of collection, and whether it goes on"),
        Extent.PARTLY,
        (*evidence.acts(summary, *evidence.ACCESSING), evidence.collected(summary)),
    )
    yield Item(
        in_english("(11) first use in development"),
        Extent.PARTLY,
        tuple(evidence.acts(summary, "training")),
    )
    yield Item(in_english("(12) synthetic data"), Extent.NOT, never)


def _owners() -> Term:
    return in_english("a domain name is where content stood; who owns it is not known (N7)")


def _columns(summary: Summary) -> tuple[Term, ...]:
    said = summary.manifest
    kinds = {True: "copies of the contents", False: "addresses, without the contents", None: ""}
    held = kinds[summary.declaration["copies"]] or "whether contents are held is not declared"
    return (in_english(f"manifest of form {said['form']}; {held}"),)


def _removal() -> Term:
    return in_english(
        "rows left out by `provisor clean` stand in the removal record of the cleaned set"
    )


REPORT = Report("ab2013", "report.ab2013.md", _render, counts_sources=True, public=True)
