"""What of a dataset comes from which domain name: rows, and octets where a column tells them.

A domain name is a registrable domain by the Public Suffix List (provenance/suffixes.py). How many
of them are listed follows the template for the summary of training content under Article 53(1)(d)
of Regulation (EU) 2024/1689: the top tenth by size of content.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit.measuring import measured
from audit.sites import name_of
from audit.tracing.audited import audited_files
from audit.verdicts import open_verdicts
from provenance.suffixes import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from audit.measuring import Counted

_TENTH, _TWENTIETH, _SME_MOST = 10, 20, 1000


@dataclass(frozen=True, slots=True)
class Corpus:
    """One public dataset that rows come from, as a column names it."""

    name: str
    rows: int
    octets: int


@dataclass(frozen=True, slots=True)
class Source:
    """One domain name."""

    site: str
    rows: int
    octets: int


@dataclass(frozen=True, slots=True)
class Modality:
    """The domain names of one modality, the largest first; of two alike, by name."""

    name: str
    """One of MODALITIES; empty: not declared."""
    sources: tuple[Source, ...]
    rows: int
    octets: int
    unplaced: int
    """Rows whose address names no host: they belong to no domain name."""
    unmeasured: int
    """Rows that the column gives no size for."""
    corpora: tuple[Corpus, ...] = ()
    """The largest first; of two alike, by name. Rows that name none are left out."""


@dataclass(frozen=True, slots=True)
class Sources:
    """All of them, by modality."""

    size_column: str
    """By which column octets were counted; empty: none, and domain names go by rows."""
    modalities: tuple[Modality, ...]
    corpus_column: str = ""
    """Which column names public datasets; empty: none."""


def listed(domains: int, *, sme: bool = False) -> int:
    """Return how many of so many domain names are listed: a part of one is one.

    A tenth; for small and medium-sized enterprises a twentieth or 1,000, whichever is lower.
    """
    if sme:
        return min(-(-domains // _TWENTIETH), _SME_MOST)
    return -(-domains // _TENTH)


def count_sources(
    folder: Path,
    *,
    size_column: str = "",
    modality: str = "",
    modality_column: str = "",
    corpus_column: str = "",
) -> Sources:
    """Return what the rows audited in *folder* come from.

    Args:
        folder: a finished audit; where a column is named, its manifest has to be beside it.
        size_column: a column of octet counts, or of the contents themselves.
        modality: of all rows.
        modality_column: a column that says text, image, audio or video, or a media type.
        corpus_column: a column that names the public dataset that a row comes from.

    Raises:
        InputRefused: the audit or its manifest is not there, or a column cannot serve.
        UsageRefused: the columns are not there.
    """
    if not size_column and not modality_column and not corpus_column:
        return _ranked("", _of_audit(folder, modality))
    # What sealed lists name has no host in an audit: it has none here, and is told by no name.
    shown = {host for host, *_ in _of_audit(folder, modality)}
    counted = (
        (host if host in shown else None, kind, corpus, rows, octets, unmeasured)
        for part in audited_files(folder)
        for host, kind, corpus, rows, octets, unmeasured in measured(
            part, size_column, modality, modality_column, corpus_column
        )
    )
    return replace(_ranked(size_column, counted), corpus_column=corpus_column)


def _of_audit(folder: Path, modality: str) -> Iterator[Counted]:
    """Yield the rows of each host as the audit counted them."""
    with open_verdicts(folder) as connection:
        for host, rows in connection.execute(
            "SELECT host, sum(row_count)::BIGINT FROM tallied GROUP BY host"
        ).fetchall():
            yield name_of(host) if host else None, modality, "", rows, 0, rows


def _ranked(size_column: str, counted: Iterable[Counted]) -> Sources:
    totals: dict[str, dict[str | None, list[int]]] = defaultdict(
        lambda: defaultdict(lambda: [0] * 3)
    )
    corpora: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0] * 3))
    for host, modality, corpus, *numbers in counted:
        site = place(host).site if host else None
        kept = [
            totals[modality or ""][site],
            *([corpora[modality or ""][corpus]] if corpus else []),
        ]
        for index, number in enumerate(numbers):
            for sums in kept:
                sums[index] += number
    sized = bool(size_column)
    return Sources(
        size_column,
        tuple(
            replace(_one(name, sites, sized=sized), corpora=_corpora(corpora[name], sized=sized))
            for name, sites in sorted(totals.items())
        ),
    )


def _corpora(named: dict[str, list[int]], *, sized: bool) -> tuple[Corpus, ...]:
    found = (Corpus(name, rows, octets) for name, (rows, octets, _) in named.items())
    return tuple(sorted(found, key=lambda one: (-(one.octets if sized else one.rows), one.name)))


def _one(name: str, sites: dict[str | None, list[int]], *, sized: bool) -> Modality:
    unplaced = sites.pop(None, [0] * 3)
    every = [*sites.values(), unplaced]
    largest = sorted(
        (Source(str(site), rows, octets) for site, (rows, octets, _) in sites.items()),
        key=lambda one: (-(one.octets if sized else one.rows), one.site),
    )
    return Modality(name, tuple(largest), *_sums(every), unplaced[0], sum(one[2] for one in every))


def _sums(every: Sequence[Sequence[int]]) -> tuple[int, int]:
    return sum(one[0] for one in every), sum(one[1] for one in every)
