"""dataset.toml: what a builder declares of a dataset: purpose, acts, and the agent that crawled."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from provenance.errors import InputRefused
from provenance.sealed import SEALED_PAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path


class Purpose(StrEnum):
    """What the dataset is used for (docs/rules.md, ENJ)."""

    PRETRAINING = "pretraining"
    ANALYSIS = "analysis"
    FINETUNE_GENERAL = "finetune_general"
    FINETUNE_REPRODUCE = "finetune_reproduce"
    RAG_VERBATIM = "rag_verbatim"
    RAG_INDEX = "rag_index"
    REDISTRIBUTION = "redistribution"
    UNKNOWN = "unknown"


STRICTEST = (
    Purpose.FINETUNE_REPRODUCE, Purpose.RAG_VERBATIM, Purpose.REDISTRIBUTION,
    Purpose.FINETUNE_GENERAL, Purpose.RAG_INDEX, Purpose.PRETRAINING, Purpose.ANALYSIS,
    Purpose.UNKNOWN,
)  # fmt: skip
"""Of several purposes the first of these is looked at (ENJ-05)."""


class ActKind(StrEnum):
    """What was done, when; only those of ACCESSING reach the source."""

    CRAWL = "crawl"
    DOWNLOAD = "download"
    API = "api"
    COPY = "copy"
    TRANSFORM = "transform"
    TRAINING = "training"
    RELEASE = "release"
    RETENTION = "retention"


class TermKind(StrEnum):
    """What binds or is on offer, for some sites and some time."""

    LICENCE = "licence"
    DATASET = "dataset"
    """A database in a form for analysis, or a licence for mining, that is sold."""
    API = "api"
    """A paid interface to the same contents."""
    SALE = "sale"
    """Evidence that such databases were sold before (`db.evidence`)."""
    RESERVATION = "reservation"
    """A sentence in terms of service that a person read: no mining, no training."""


_MAX_SIZE = 1024 * 1024

ACCESSING = frozenset({ActKind.CRAWL, ActKind.DOWNLOAD, ActKind.API})
CHOOSABLE = frozenset({ActKind.COPY, ActKind.TRANSFORM, ActKind.TRAINING, ActKind.RELEASE})
"""Acts until which a row could still be dropped."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act, as an interval [lo, hi) in UTC without a zone."""

    kind: ActKind
    lo: datetime
    hi: datetime
    agent: str = ""
    """The robots.txt token under which it accessed the source; empty: that of the dataset."""
    every_row: bool = False
    """It accessed the source of each row, besides what the row's own date tells of."""
    precision: str = "instant"
    """instant, day, month, or window where it began and ended at different dates."""


@dataclass(frozen=True, slots=True)
class Term:
    """A licence held, an offer on the market, a past sale, or a reservation in plain words."""

    kind: TermKind
    name: str
    """The contract, or where the offer, sale or sentence was seen."""
    lo: datetime | None = None
    hi: datetime | None = None
    """From and to, UTC without a zone; None: not known, or without an end."""
    sites: tuple[str, ...] = ()
    """Host names, each with all below it; empty: the whole dataset."""
    purposes: tuple[Purpose, ...] = ()
    """For which it holds; empty: for any."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on something counts. All of them are choices of ours without a legal source."""

    repeats: int = 50
    creator_share: float = 0.8
    small_rows: int = 10_000
    caption_share: float = 0.5
    site_rows: int = 0
    """0: sites are not counted."""
    reply_days: int = 30
    sealed_pages: int = SEALED_PAGES
    """Of a host with so many pages on sealed lists every row is left out."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A request of a right holder or user: to remove, about outputs, or to know."""

    kind: str
    received: datetime
    answered: datetime | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is declared; what is not declared is unknown."""

    name: str = ""
    version: str = ""
    purpose: Purpose = Purpose.UNKNOWN
    """Of several, the strictest."""
    agent: str = ""
    """The robots.txt token of the crawler that collected; empty: not known."""
    copies: bool | None = None
    """The dataset holds copies of the contents, not only their addresses."""
    zone: str = "UTC"
    """In which zone dates without one are meant, e.g. `Asia/Tokyo`."""
    acts: tuple[Act, ...] = field(default=())
    purposes: tuple[Purpose, ...] = ()
    """All of them, where several are declared."""
    signed: str = ""
    """Who declared the purpose, and when."""
    facts: Mapping[str, bool | str] = field(default_factory=dict)
    """Answers to questions that only the builder can answer, by fact (docs/rules.md)."""
    terms: tuple[Term, ...] = ()
    sources: tuple[str, ...] | None = None
    """Names of the corpora it was made from; None: not declared."""
    shared_hosts: tuple[str, ...] = ()
    """Hosts on which many unrelated people put contents."""
    caption_tokens: tuple[str, ...] = ()
    """Names and trigger words that captions are searched for."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Columns of the manifest with more facts, by what they hold (COLUMNS)."""
    thresholds: Thresholds = Thresholds()
    inquiries: tuple[Inquiry, ...] = ()

    @property
    def collection(self) -> Act | None:
        """The interval for rows without a date of their own.

        It reaches from the first declared act that accessed the source to the end of the last.
        """
        acts = [act for act in self.acts if act.kind in ACCESSING and not act.every_row]
        if not acts:
            return None
        lo, hi = min(act.lo for act in acts), max(act.hi for act in acts)
        return Act(acts[0].kind, lo, hi)

    @property
    def accesses(self) -> tuple[Act, ...]:
        """The acts that accessed the source of every row, each judged by itself."""
        return tuple(act for act in self.acts if act.every_row and act.kind in ACCESSING)

    @property
    def last_later_act(self) -> datetime | None:
        """When the last act after collection began: until then a row could still be dropped."""
        return max((act.lo for act in self.acts if act.kind in CHOOSABLE), default=None)


def read_declaration(path: Path) -> Declaration:
    """Return what the file at *path* declares.

    Raises:
        InputRefused: it is no TOML, or holds a key or a value we do not know.
    """
    from audit.declared import Wrong, declaration_of

    if not path.is_file() or path.stat().st_size > _MAX_SIZE:
        fact = "no file of at most 1 MiB" if path.exists() else "there is no such file"
        raise InputRefused(str(path), fact, "name a dataset.toml")
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputRefused(
            str(path), f"not a TOML file ({error})", "see docs/auditing.md"
        ) from error
    try:
        return declaration_of(said)
    except OverflowError:
        raise InputRefused(str(path), "a date lies outside the calendar", "correct it") from None
    except Wrong as error:
        raise InputRefused(str(path), str(error), "see docs/auditing.md") from None
