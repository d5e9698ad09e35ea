"""What changed between two versions of a list: by the targets they name, never by their bytes.

A list of the same targets in another order, format or spelling is the same list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blocklists.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from blocklists.check import Checked


@dataclass(frozen=True, slots=True)
class Difference:
    """Targets by their entry ids, as `Checked.ids` and the store hold them."""

    added: frozenset[str]
    removed: frozenset[str]
    kept: frozenset[str]

    @property
    def added_share(self) -> float:
        """How many were added, as a part of those before; 0 where there were none."""
        return len(self.added) / self._before if self._before else 0.0

    @property
    def removed_share(self) -> float:
        """How many were removed, as a part of those before; 0 where there were none."""
        return len(self.removed) / self._before if self._before else 0.0

    @property
    def overlap(self) -> float:
        """How many are in both, as a part of the smaller one; 1 where one is empty."""
        smaller = min(self._before, len(self.added) + len(self.kept))
        return len(self.kept) / smaller if smaller else 1.0

    @property
    def _before(self) -> int:
        return len(self.removed) + len(self.kept)


def difference(before: AbstractSet[str], after: AbstractSet[str]) -> Difference:
    """Return what has to happen to *before* to become *after*."""
    return Difference(
        added=frozenset(after - before),
        removed=frozenset(before - after),
        kept=frozenset(before & after),
    )


def applied(
    before: AbstractSet[str], changes: Checked
) -> tuple[frozenset[str], tuple[Refusal, ...]]:
    """Return the targets after a package of *changes*, and the withdrawals of what is not listed.

    What a package both adds and withdraws is listed afterwards.
    """
    withdrawn: set[str] = set()
    refused = []
    for entry in changes.withdrawn:
        if entry.entry_id in before:
            withdrawn.add(entry.entry_id)
        else:
            refused.append(Refusal("E_WITHDRAW_UNKNOWN", "", entry.line, entry.raw))
    return frozenset((before - withdrawn) | changes.ids), tuple(refused)
