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
from audit.terms import Term
from provenance.many import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.reports import Asked
    from audit.summary import Summary

_SHOWN = 10


def _render(summary: Summary, asked: Asked = PLAIN) -> str:
    draft = Draft(
        _en("Draft: training data documentation, California Civil Code 3111 (AB 2013)"),
        _en(
            "source: Cal. Civ. Code 3111(a)(1) to (9) (grade A); collection period (grade C); "
            "first use and synthetic data (grade D, not verified)"
        ),
        (Section(_en("High-level summary of the datasets"), tuple(_items(summary, asked))),),
    )
    return draft_text(draft, summary, "en")


def _items(summary: Summary, asked: Asked) -> Iterator[Item]:
    parts = asked.sources.modalities if asked.sources else ()
    sources = tuple(
        _en(
            f"{one.name or 'modality not declared'}: {many(len(one.sources), 'domain name')}; "
            "largest: " + ", ".join(code(source.site) for source in one.sources[:_SHOWN])
        )
        for one in parts
    )
    counts = (
        _en(many(summary.rows, "row")),
        *(_en(f"{one.name or 'modality not declared'}: {many(one.rows, 'row')}") for one in parts),
    )
    never = (_en("an audit of addresses does not tell"),)
    yield Item(_en("(1) sources or owners"), Extent.PARTLY, (*sources, _owners()))
    yield Item(
        _en("(2) how the data further the purpose"), Extent.PARTLY, (evidence.purpose(summary),)
    )
    yield Item(_en("(3) number of data points"), Extent.EVIDENCED, counts)
    yield Item(_en("(4) types of data points, labels"), Extent.PARTLY, _columns(summary))
    yield Item(
        _en("(5) protected by copyright, trademark or patent, or in the public domain"),
        Extent.PARTLY,
        (
            *evidence.answers(summary),
            *evidence.rule_rows(summary, "PRV-07"),
            evidence.lists(summary),
            _en("that nothing is reserved does not put a work into the public domain (N4)"),
        ),
    )
    yield Item(_en("(6) purchased or licensed"), Extent.NOT)
    yield Item(_en("(7) personal information"), Extent.NOT, never)
    yield Item(_en("(8) aggregate consumer information"), Extent.NOT, never)
    yield Item(_en("(9) cleaning, processing, modification"), Extent.PARTLY, (_removal(),))
    yield Item(
        _en("(10) period of collection, and whether it goes on"),
        Extent.PARTLY,
        (*evidence.acts(summary, *evidence.ACCESSING), evidence.collected(summary)),
    )
    yield Item(
        _en("(11) first use in development"),
        Extent.PARTLY,
        tuple(evidence.acts(summary, "training")),
    )
    yield Item(_en("(12) synthetic data"), Extent.NOT, never)


def _owners() -> Term:
    return _en("a domain name is where content stood; who owns it is not known (N7)")


def _columns(summary: Summary) -> tuple[Term, ...]:
    said = summary.manifest
    kinds = {True: "copies of the contents", False: "addresses, without the contents", None: ""}
    held = kinds[summary.declaration["copies"]] or "whether contents are held is not declared"
    return (_en(f"manifest of form {said['form']}; {held}"),)


def _removal() -> Term:
    return _en("rows left out by `provisor clean` stand in the removal record of the cleaned set")


def _en(text: str) -> Term:
    return Term(text, text)


REPORT = Report("ab2013", "report.ab2013.md", _render, counts_sources=True, public=True)
