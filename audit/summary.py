"""What an audit came to, in counts and samples: the one thing that all reports are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from audit.of_dataset import OfDataset, Unasked
    from audit.rules import Rule
    from audit.samples import Sample

FOOTER = {
    "en": "Facts as recorded, sorted by the factors of the guidance. This is not legal advice.",
    "ja": "記録された事実を指針の考慮要素により整理したものです。"
    "本結果は法的評価ではありません。法的助言ではありません。",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule and the rows it speaks of."""

    rule: Rule
    rows: int
    possible: int
    """Of these, rows of which it is only possible."""
    untold: int
    """Rows of which it cannot be told, because a fact is missing or nobody looked."""
    hosts: int
    levels: dict[str, int]
    """The rows it fires on, by the level it has there."""


@dataclass(frozen=True, slots=True)
class RobotsClass:
    """Rows that share an answer of robots.txt to AI-training agents, and its basis (Table A)."""

    robots: str
    """refused, possibly_refused, not_refused, unknown."""
    basis: str
    rows: int


@dataclass(frozen=True, slots=True)
class RefusedAgent:
    """Rows whose host refused one agent, by the last observation before collection."""

    token: str
    operator: str
    purpose: str
    rows: int


@dataclass(frozen=True, slots=True)
class RiskySite:
    """A site with rows at medium or above."""

    site: str
    host: str
    """The host with such rows, where it is one; else empty."""
    hosts: int
    """How many hosts of it have such rows."""
    rows: int
    level: str
    rules: tuple[str, ...]

    @property
    def beneath(self) -> str:
        """The host to be told beneath the site: none where there are several, or it is the same."""
        return "" if self.host == self.site else self.host


@dataclass(frozen=True, slots=True)
class ReceivedList:
    """A list that was at hand: who handed it in, when it was received, and the rows it names."""

    list_id: str
    submitter: str
    role: str
    basis: str
    status: str
    received_at: datetime
    """UTC, without a zone."""
    rows: int


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year: what was known of the sources by its end, and the rows of it."""

    name: str
    """`2024-02-10`, `2024-02` or `2024`."""
    observed: int
    """Hosts of which a robots.txt had been read by then."""
    refusing: int
    """Of these, hosts whose last one refused an AI-training agent the whole site."""
    collected: int
    """Rows whose collection began in it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """An audit in counts. The sum over `levels` and over `classes` is `rows`."""

    made_at: datetime
    version: str
    manifest: dict[str, Any]
    declaration: dict[str, Any]
    rules: tuple[Rule, ...]
    overdue: tuple[str, ...]
    """Rules whose sources should have been looked at again by now."""
    limits: dict[str, int]
    """Table A's limits in hours."""
    inputs: dict[str, str]
    """Digests of the agent file and the suffix list."""
    knowledge: dict[str, Any]
    coverage: dict[str, int]
    rows: int
    levels: dict[str, int]
    classes: tuple[RobotsClass, ...]
    findings: tuple[Finding, ...]
    agents: tuple[RefusedAgent, ...]
    sites: tuple[RiskySite, ...]
    """Those with the most rows at medium or above."""
    lists: tuple[ReceivedList, ...]
    samples: tuple[Sample, ...]
    periods: tuple[Period, ...] = ()
    shards: int = 1
    snapshot: dict[str, str] = field(default_factory=dict)
    """The file of what was known, its digest, and the checkpoint of the store it was made from."""
    of_dataset: tuple[OfDataset, ...] = ()
    """The rules about the whole that fire."""
    unasked: tuple[Unasked, ...] = ()
    """The rules that a missing declaration left open."""
    gate: str = "high"
    """The level from which the audit fails, or `never`."""
