"""What a trace comes to: what was searched, and for each work whether it is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from audit.tracing.works import Work


@dataclass(frozen=True, slots=True)
class Row:
    """Where a work was found."""

    file: int
    """The position of its file among those searched."""
    row: int
    """In that file, from 0."""
    by: str
    """address, www, host, subdomain, digest, creator."""
    copy: str
    """archive, cache, amp, translate: the address shows a copy of it; empty: it is its own."""
    lo: datetime | None
    """When it was collected: UTC, without a zone; None: not dated."""
    hi: datetime | None


@dataclass(frozen=True, slots=True)
class Searched:
    """One file, and how far it could be searched."""

    file: str
    sha256: str
    bytes: int
    form: str
    rows: int
    url_column: str
    date_column: str
    digest_column: str
    """Empty: there is none, or none was needed."""
    creator_column: str
    no_address: int
    """Rows that have no address."""
    unreadable: int
    """Rows whose address cannot be read."""
    untold_copies: int
    """Rows that show a copy without saying of what."""
    algorithms: tuple[str, ...]
    """Of the digests that are there."""
    no_digest: int
    """Rows without a digest that can be read."""
    no_creator: int
    undated: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one work is in."""

    work: Work
    answer: str
    """found, not_found, not_searched: no file holds what it would be found by."""
    without: tuple[int, ...]
    """The positions of files that hold nothing it would be found by."""
    rows: int
    counts: dict[str, int]
    """Rows by how they were found: `host`, `archive of host` …"""
    undated: int
    """Of the rows found, those without a date."""
    first: datetime | None
    last: datetime | None
    shown: tuple[Row, ...]
    """The first of them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of presence and absence."""

    made_at: datetime
    version: str
    searched: tuple[Searched, ...]
    answers: tuple[Answer, ...]
