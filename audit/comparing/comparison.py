"""What a comparison of two audits comes to, in counts."""

from __future__ import annotations

from dataclasses import dataclass

FORMAT = "provisor-diff/1"

CAUSES = {
    "observation": "new observation",
    "notice": "new notice",
    "rules": "rule change",
    "declaration": "declaration change",
    "manifest": "manifest read otherwise",
    "reader": "reader or agent list of another release",
    "untold": "could not tell why",
}
"""Why the verdict of a row changed, in words."""

WAYS = {
    "riskier": "became riskier",
    "untold": "can no longer be told",
    "cured": "cured",
    "told": "can be told now, and is lower",
    "other": "same level, for other reasons",
}
"""How the verdict of a row changed; what cannot be told any more is never cured."""


@dataclass(frozen=True, slots=True)
class Run:
    """One of the two audits."""

    folder: str
    made_at: str
    version: str
    rows: int
    levels: dict[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in which the audits themselves differ."""

    what: str
    """knowledge, rules, declaration, manifest, reader."""
    fact: str


@dataclass(frozen=True, slots=True)
class Change:
    """Rows that changed in the same way for the same causes."""

    way: str
    causes: tuple[str, ...]
    rows: int
    first_rows: tuple[int, ...]
    """At most three of them, by their numbers in the later audit; of sealed rows none."""


@dataclass(frozen=True, slots=True)
class Move:
    """Rows that went from one level to another."""

    before: str
    after: str
    rows: int


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule: on how many of the rows compared it fired before and fires now."""

    rule: str
    before: int
    after: int
    came: int
    went: int
    untold_before: int
    """On how many it could not be told; `came`: on how many of them that is new."""
    untold_after: int
    untold_came: int
    untold_went: int


@dataclass(frozen=True, slots=True)
class WholeChange:
    """One rule about the dataset as a whole that came to something else than before.

    Before and after it comes to the level at which it fires, to `unasked` where nobody declared
    what it asks, or to nothing: it does not fire, or that audit had no such rule.
    """

    rule: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class SiteChange:
    """One site and the rows of it that changed; `rules` are those that came or went there."""

    site: str
    riskier: int
    untold: int
    cured: int
    told: int
    other: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteCount:
    """One site in files that are not the same: rows at the gate or above, before and after."""

    site: str
    before: int
    after: int
    rows_before: int
    rows_after: int


@dataclass(frozen=True, slots=True)
class Lone:
    """Rows of files that only one of the audits is of: counted, not compared row by row."""

    files: tuple[str, ...]
    rows: int
    levels: dict[str, int]
    rules: dict[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two audits compared."""

    before: Run
    after: Run
    gate: str
    differences: tuple[Difference, ...]
    files: int
    """How many files both audits are of."""
    rows: int
    """Rows that were compared one by one."""
    unchanged: int
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]
    rules: tuple[RuleChange, ...]
    sites: tuple[SiteChange, ...]
    sites_changed: int
    gone: Lone
    came: Lone
    lone_sites: tuple[SiteCount, ...]
    reached: int
    """Rows at the gate or above that were not there before."""
    of_dataset: tuple[WholeChange, ...]
    reached_of_dataset: tuple[str, ...]
    """Of these rules, those at the gate or above that were not there before."""

    @property
    def fails(self) -> bool:
        """Whether anything is newly at the gate or above."""
        return bool(self.reached or self.reached_of_dataset)
