"""What of a dataset comes from which domain name: rows, and octets where a column tells them.

A domain name is a registrable domain by the Public Suffix List (provenance/suffixes.py). How many
of them are listed follows the template for the summary of training content under Article 53(1)(d)
of Regulation (EU) 2024/1689: the top tenth by size of content.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from audit.choices import MODALITIES
from audit.tracing.audited import audited_files
from audit.verdicts import open_verdicts
from provenance.defaults import AUDIT_MEMORY
from provenance.errors import InputRefused, UsageRefused
from provenance.intake.columns import top_level
from provenance.intake.manifest import exact_file
from provenance.suffixes import place
from provenance.urls import NotAnAddress, address
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from provenance.intake.manifest import Manifest

_TENTH, _TWENTIETH, _SME_MOST = 10, 20, 1000
_PORT = re.compile(r":[0-9]+$")
_PLAIN = "'^https?://([a-z0-9.-]+)(?::[0-9]+)?(?:[/?#]|$)'"
_LENGTHS = {"VARCHAR": "strlen({})", "BLOB": "octet_length({})"}
_NUMBERS = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")

Counted = tuple[str | None, str | None, int, int, int]
"""Host, modality, rows, octets, and rows without a size."""


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


@dataclass(frozen=True, slots=True)
class Sources:
    """All of them, by modality."""

    size_column: str
    """By which column octets were counted; empty: none, and domain names go by rows."""
    modalities: tuple[Modality, ...]


def listed(domains: int, *, sme: bool = False) -> int:
    """Return how many of so many domain names are listed: a part of one is one.

    A tenth; for small and medium-sized enterprises a twentieth or 1,000, whichever is lower.
    """
    if sme:
        return min(-(-domains // _TWENTIETH), _SME_MOST)
    return -(-domains // _TENTH)


def count_sources(
    folder: Path, *, size_column: str = "", modality: str = "", modality_column: str = ""
) -> Sources:
    """Return what the rows audited in *folder* come from.

    Args:
        folder: a finished audit; where a column is named, its manifest has to be beside it.
        size_column: a column of octet counts, or of the contents themselves.
        modality: of all rows.
        modality_column: a column that says text, image, audio or video, or a media type.

    Raises:
        InputRefused: the audit or its manifest is not there, or a column cannot serve.
        UsageRefused: the columns are not there.
    """
    if not size_column and not modality_column:
        return _ranked("", _of_audit(folder, modality))
    # What sealed lists name has no host in an audit: it has none here, and is told by no name.
    shown = {host for host, *_ in _of_audit(folder, modality)}
    counted = (
        (host if host in shown else None, kind, rows, octets, unmeasured)
        for part in audited_files(folder)
        for host, kind, rows, octets, unmeasured in _of_file(
            part, size_column, modality, modality_column
        )
    )
    return _ranked(size_column, counted)


def _of_audit(folder: Path, modality: str) -> Iterator[Counted]:
    """Yield the rows of each host as the audit counted them."""
    with open_verdicts(folder) as connection:
        for host, rows in connection.execute(
            "SELECT host, sum(row_count)::BIGINT FROM tallied GROUP BY host"
        ).fetchall():
            yield _PORT.sub("", host) if host else None, modality, rows, 0, rows


def _of_file(
    part: Manifest, size_column: str, modality: str, modality_column: str
) -> Iterator[Counted]:
    """Yield the rows and octets of each host in one file, and of each address not regular."""
    if not part.url_column:
        return
    if part.form.rewrite:
        fact = f"a manifest of form {part.form.name} is not measured"
        raise InputRefused(str(part.path), fact, "name no column, or audit it as Parquet")
    url = part.columns[part.url_column].expression
    size = _size(part, size_column)
    told = _expression(part, modality_column, "--modality-column") if modality_column else "NULL"
    with _readable(part), exact_file(part.path) as file, workplace(AUDIT_MEMORY) as connection:
        source = part.form.relation(file, top_level(part.columns))
        rows = connection.execute(
            "SELECT place, modality, count(*), coalesce(sum(size), 0)::HUGEINT,"  # noqa: S608
            " count(*) FILTER (size IS NULL) FROM (SELECT"
            f" coalesce(nullif(lower(regexp_extract(url, {_PLAIN}, 1, 'i')), ''), url) AS place,"
            f" modality, size"
            f" FROM (SELECT {url} AS url, {told}::VARCHAR AS modality, {size} AS size"
            f" FROM {source})) GROUP BY ALL"
        )
        while batch := rows.fetchmany(50_000):
            for where, kind, count, octets, unmeasured in batch:
                named = modality or (_modality(kind) if modality_column else "")
                yield _name(where), named, count, int(octets), unmeasured


@contextmanager
def _readable(part: Manifest) -> Iterator[None]:
    """Refuse a file that cannot be read to its end, without a word of what stands in it."""
    try:
        yield
    except duckdb.Error as error:
        fact = f"a row cannot be measured ({type(error).__name__})"
        raise InputRefused(str(part.path), fact, "name another column") from None


def _size(part: Manifest, column: str) -> str:
    if not column:
        return "NULL::BIGINT"
    expression, kind = _expression(part, column, "--size-column"), part.columns[column].kind
    if kind in _LENGTHS:
        return _LENGTHS[kind].format(expression)
    if not _NUMBERS.fullmatch(kind):
        fact = f"column {column!r} is {kind[:40]}, neither a number of octets nor a content"
        raise InputRefused(str(part.path), fact, "name another with --size-column")
    return f"CASE WHEN {expression} >= 0 THEN {expression} END"


def _expression(part: Manifest, column: str, option: str) -> str:
    if column not in part.columns:
        found = ", ".join(repr(name[:40]) for name in list(part.columns)[:12])
        raise UsageRefused(option, f"{part.path.name} has no column {column!r}", f"it has {found}")
    return part.columns[column].expression


def _modality(said: str | None) -> str:
    """Return the modality that a word or a media type names."""
    kind = (said or "").strip().lower().partition("/")[0]
    kind = "text" if kind == "application" else kind  # HTML, PDF and JSON by their media types
    return kind if kind in MODALITIES else "other"


def _name(where: str | None) -> str | None:
    """Return the host of an authority, or of an address as it stands."""
    try:
        url = where if where and ":" in where else f"http://{where}/"
        return _PORT.sub("", address(url, hidden=True).authority) if where else None
    except NotAnAddress:
        return None


def _ranked(size_column: str, counted: Iterable[Counted]) -> Sources:
    totals: dict[str, dict[str | None, list[int]]] = defaultdict(
        lambda: defaultdict(lambda: [0] * 3)
    )
    for host, modality, *numbers in counted:
        site = place(host).site if host else None
        kept = totals[modality or ""][site]
        for index, number in enumerate(numbers):
            kept[index] += number
    return Sources(
        size_column,
        tuple(_one(name, sites, sized=bool(size_column)) for name, sites in sorted(totals.items())),
    )


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
