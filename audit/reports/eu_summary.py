"""report.eu-summary.md: a draft of the public summary of training content, from measured counts.

Regulation (EU) 2024/1689, Article 53(1)(d); the template is the Commission's, C(2025) 5235 as
reissued by C(2025) 8311 of 5 December 2025. Which fields it has was taken from published summaries
of it, not from its own text (grade B and C): hold the draft against the template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import evidence
from audit.drafts import Draft, Extent, Item, Section, draft_text
from audit.headline import share
from audit.markup import code
from audit.reports import PLAIN, Report
from audit.sources import listed
from audit.terms import in_english
from provenance.many import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.reports import Asked
    from audit.sources import Modality, Source
    from audit.summary import Summary

_IMAGES = ((1_000_000, "under 1 million"), (1_000_000_000, "1 million to 1 billion"))
"""Bands of sizes; those of text are in tokens and those of audio and video in hours."""

_NAMED_FROM = (
    "public datasets over 3% of the public data of their modality are named; sources differ on "
    "whether 3% itself counts"
)


def _render(summary: Summary, asked: Asked = PLAIN) -> str:
    parts = asked.sources.modalities if asked.sources else ()
    draft = Draft(
        in_english("Draft: public summary of training content, Article 53(1)(d) AI Act"),
        in_english(
            "source: Regulation (EU) 2024/1689, Article 53(1)(d); template C(2025) 5235, reissued "
            "as C(2025) 8311 (grade B: its fields by published secondary sources); refreshed at "
            "least every six months, by a summary of it (grade C)"
        ),
        (
            Section(in_english("1 General information"), tuple(_general(summary, parts))),
            Section(
                in_english("2.1, 2.2 and 2.4 to 2.6 Other sources of data"), tuple(_others(asked))
            ),
            Section(in_english("2.3 Data crawled and scraped"), tuple(_crawled(summary, asked))),
            *(_domains(one, asked) for one in parts),
            Section(in_english("3 Data processing"), tuple(_processing(summary))),
        ),
    )
    return draft_text(draft, summary, "en")


def _general(summary: Summary, parts: tuple[Modality, ...]) -> Iterator[Item]:
    said = summary.declaration
    name = f"{code(said['name'])}, version {code(said['version'])}" if said["name"] else ""
    yield Item(in_english("1.1 provider and representative"), Extent.NOT)
    yield Item(in_english("1.2 model, and model it depends on"), Extent.NOT)
    yield Item(
        in_english("1.2 dataset audited"),
        Extent.PARTLY,
        (in_english(name or "no name is declared"),),
    )
    yield Item(
        in_english("1.3 modalities and sizes"),
        Extent.PARTLY,
        (
            *(in_english(_size(one)) for one in parts),
            in_english(
                "the bands of text are in tokens, of audio and video in hours: not measured"
            ),
        ),
    )
    yield Item(
        in_english("1.3 latest date of acquisition"), Extent.PARTLY, (evidence.collected(summary),)
    )


def _size(one: Modality) -> str:
    told = f"{evidence.modality(one.name).en}: {many(one.rows, 'row')}"
    if one.unmeasured < one.rows:
        told += f", {many(one.octets, 'octet')}"
    if one.name == "image":
        band = next((name for most, name in _IMAGES if one.rows < most), "over 1 billion")
        told += f"; band, if each row is an image: {band}"
    return told


def _others(asked: Asked) -> Iterator[Item]:
    shares = tuple(_shares(asked))
    yield Item(
        in_english("2.1 publicly available datasets"),
        Extent.PARTLY if shares else Extent.NOT,
        (in_english(_NAMED_FROM), *map(in_english, shares)),
    )
    yield Item(in_english("2.2 licensed and other data of third parties"), Extent.NOT)
    yield Item(in_english("2.4 data of users"), Extent.NOT)
    yield Item(in_english("2.5 synthetic data"), Extent.NOT)
    yield Item(in_english("2.6 other sources"), Extent.NOT)


def _shares(asked: Asked) -> Iterator[str]:
    """Yield the public datasets that a reading of the 3% names, and of what that is a share."""
    for one in asked.sources.modalities if asked.sources else ():
        if not one.corpora:
            continue
        sized = bool(asked.sources and asked.sources.size_column)
        sizes = [(corpus.octets if sized else corpus.rows, corpus.name) for corpus in one.corpora]
        whole = sum(size for size, _ in sizes)
        over = sum(100 * size > 3 * whole for size, _ in sizes)
        from_ = [(size, name) for size, name in sizes if size and 100 * size >= 3 * whole]
        rows = sum(corpus.rows for corpus in one.corpora)
        column = code(asked.sources.corpus_column if asked.sources else "")
        yield (
            f"{evidence.modality(one.name).en}: datasets in the column {column}: "
            f"{len(sizes):,}; over 3%: {over:,}; 3% or more: {len(from_):,} (by "
            f"{'octets' if sized else 'rows'}, of the rows that name one: {rows:,})"
        )
        for size, name in from_:
            exactly = "; exactly 3%: the readings differ" if 100 * size == 3 * whole else ""
            yield f"{code(name)}: {share(size, whole)}{exactly}"


def _crawled(summary: Summary, asked: Asked) -> Iterator[Item]:
    yield Item(in_english("crawlers, by name"), Extent.PARTLY, (evidence.agent(summary),))
    yield Item(in_english("purposes of the crawlers"), Extent.PARTLY, (evidence.purpose(summary),))
    yield Item(
        in_english("behaviour of the crawlers: robots.txt, gates, payment"),
        Extent.EVIDENCED,
        (*evidence.rule_rows(summary, "PRV-01", "PRV-03", "PRV-11"),
         in_english("whether a challenge was solved is not recorded here")),
    )  # fmt: skip
    yield Item(
        in_english("period of collection, MM/YYYY"),
        Extent.PARTLY,
        (*evidence.acts(summary, *evidence.ACCESSING), evidence.collected(summary)),
    )
    yield Item(in_english("kinds of sources"), Extent.NOT)
    if not asked.sources:
        yield Item(
            in_english("list of domain names"), Extent.NOT, (in_english("no sources were counted"),)
        )


def _domains(one: Modality, asked: Asked) -> Section:
    sized = bool(asked.sources and asked.sources.size_column)
    count = len(one.sources)
    most = listed(count, sme=asked.sme)
    top = one.sources[:most]
    whole = sum(_weight(source, sized=sized) for source in one.sources)
    covered = sum(_weight(source, sized=sized) for source in top)
    how = (
        f"octets of the column {code(asked.sources.size_column)}"
        if asked.sources and sized
        else "number of rows, for no column of sizes was named (`--size-column`)"
    )
    rule = "a twentieth or 1,000, whichever is lower (SME)" if asked.sme else "a tenth"
    recorded = [
        f"{many(count, 'domain name')}; listed: {most:,} ({rule}; a part of one counts as one)",
        f"with the other rule it would be {listed(count, sme=not asked.sme):,}",
        f"ranked by: {how}; of two alike, by name",
        f"the listed ones hold {share(covered, whole)} of that, "
        + many(sum(s.rows for s in top), "row"),
        f"rows that belong to no domain name: {one.unplaced:,}",
    ]
    if sized:
        recorded.append(f"rows without a size: {one.unmeasured:,}")
    title = f"2.3 Domain names: {evidence.modality(one.name).en}"
    items = (
        Item(
            in_english("list of domain names"),
            Extent.EVIDENCED if sized else Extent.PARTLY,
            tuple(map(in_english, recorded)),
        ),
    )
    table = ["| | domain name | octets | rows |", "| --- | --- | --- | --- |"]
    table += [
        f"| {number:,} | {code(source.site)} | {f'{source.octets:,}' if sized else '–'} "
        f"| {source.rows:,} |"
        for number, source in enumerate(top, 1)
    ]
    return Section(in_english(title), items, "\n".join(table))


def _weight(source: Source, *, sized: bool) -> int:
    return source.octets if sized else source.rows


def _processing(summary: Summary) -> Iterator[Item]:
    yield Item(in_english("3.1 signatory of the Code of Practice"), Extent.NOT)
    yield Item(
        in_english("3.1 reservations of rights, during collection"),
        Extent.EVIDENCED,
        (*evidence.answers(summary), *evidence.rule_rows(summary, "PRV-07", "PRV-08", "PRV-09")),
    )
    yield Item(
        in_english("3.1 reservations of rights, by agent"),
        Extent.EVIDENCED,
        tuple(evidence.refused_agents(summary)),
    )
    yield Item(
        in_english("3.1 what makers of upstream datasets did"),
        Extent.PARTLY,
        tuple(evidence.rule_rows(summary, "PRV-06")),
    )
    yield Item(in_english("3.2 removal of illegal content"), Extent.NOT, (evidence.lists(summary),))
    yield Item(in_english("3.3 other information"), Extent.NOT)


REPORT = Report("eu-summary", "report.eu-summary.md", _render, counts_sources=True, public=True)
