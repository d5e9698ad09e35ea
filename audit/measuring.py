"""Measuring a manifest: the rows and octets of each host, by what its columns tell of each row."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from audit.choices import MODALITIES
from audit.sites import name_of
from provenance.defaults import AUDIT_MEMORY
from provenance.errors import InputRefused, UsageRefused
from provenance.intake.columns import top_level
from provenance.intake.manifest import exact_file
from provenance.urls import NotAnAddress, address
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.intake.manifest import Manifest

_PLAIN = "'^https?://([a-z0-9.-]+)(?::[0-9]+)?(?:[/?#]|$)'"
_LENGTHS = {"VARCHAR": "strlen({})", "BLOB": "octet_length({})"}
_NUMBERS = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")

Counted = tuple[str | None, str | None, str, int, int, int]
"""Host, modality, public dataset, rows, octets, and rows without a size."""


def measured(
    part: Manifest, size_column: str, modality: str, modality_column: str, corpus_column: str
) -> Iterator[Counted]:
    """Yield the rows and octets of each host in one file, and of each address not regular.

    Args:
        part: the file.
        size_column: octet counts, or the contents themselves; empty: nothing is measured.
        modality: of all rows; else `modality_column` tells it of each.
        modality_column: a word or a media type.
        corpus_column: the public dataset that a row comes from.

    Raises:
        InputRefused: a row cannot be read, or a column cannot serve.
        UsageRefused: a column is not there.
    """
    if not part.url_column:
        return
    if part.form.rewrite:
        fact = f"a manifest of form {part.form.name} is not measured"
        raise InputRefused(str(part.path), fact, "name no column, or audit it as Parquet")
    url = part.columns[part.url_column].expression
    size = _size(part, size_column)
    told = _expression(part, modality_column, "--modality-column") if modality_column else "NULL"
    corpus = _expression(part, corpus_column, "--corpus-column") if corpus_column else "NULL"
    with _readable(part), exact_file(part.path) as file, workplace(AUDIT_MEMORY) as connection:
        source = part.form.relation(file, top_level(part.columns))
        rows = connection.execute(
            "SELECT place, modality, coalesce(trim(corpus), ''), count(*),"  # noqa: S608
            " coalesce(sum(size), 0)::HUGEINT, count(*) FILTER (size IS NULL) FROM (SELECT"
            f" coalesce(nullif(lower(regexp_extract(url, {_PLAIN}, 1, 'i')), ''), url) AS place,"
            f" modality, corpus, size"
            f" FROM (SELECT {url} AS url, {told}::VARCHAR AS modality, {size} AS size,"
            f" {corpus}::VARCHAR AS corpus FROM {source})) GROUP BY ALL"
        )
        while batch := rows.fetchmany(50_000):
            for where, kind, named, count, octets, unmeasured in batch:
                what = modality or (_modality(kind) if modality_column else "")
                yield _name(where), what, named, count, int(octets), unmeasured


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
        return name_of(address(url, hidden=True).authority) if where else None
    except NotAnAddress:
        return None
