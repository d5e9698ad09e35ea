"""A package of changes: what it adds to the version that stands, and what it takes off it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blocklists.refusals import ListRefused, Refusal

if TYPE_CHECKING:
    from blocklists.gathering import Checked
    from blocklists.receipts import Receipt

DELTA = "delta"
"""The reason of a version's own step: it says only what changed."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a package of changes makes of a list; entries by id."""

    whole: frozenset[str]
    """All that the list names from then on."""
    withdrawn: tuple[str, ...]
    """In the order of the package."""
    unknown: int = 0
    """Lines that were left out: they withdraw what does not stand."""


def changes_of(
    checked: Checked, latest: Receipt | None, standing: frozenset[str], *, skip_refused: bool
) -> Changes | None:
    """Return the changes that a package says; None: it holds the whole list.

    Args:
        checked: the package.
        latest: the version that stands.
        standing: what that version names still.
        skip_refused: leave out what withdraws entries that do not stand.

    Raises:
        ListRefused: F_CHANGES, it changes another version; F_LINES, it withdraws what is not here.
    """
    declared = checked.declared
    if not declared or declared.mode != DELTA:
        return None
    if latest is None:
        raise ListRefused(checked.place, "F_CHANGES", "no version of the list stands here")
    if declared.previous_sha256 != latest.file_sha256:
        what = (
            f"it changes {declared.previous_sha256[:12]}, and version {latest.version}, which "
            f"stands, is {latest.file_sha256[:12]}"
        )
        raise ListRefused(checked.place, "F_CHANGES", what)
    unknown = [one for one in checked.withdrawn if one.entry_id not in standing]
    if unknown and not skip_refused:
        refusals = tuple(Refusal("E_WITHDRAW_UNKNOWN", line=one.line) for one in unknown)
        what = f"{len(unknown):,} of {checked.lines:,}"
        raise ListRefused(checked.place, "F_LINES", what, refusals=refusals)
    withdrawn = dict.fromkeys(one.entry_id for one in checked.withdrawn if one.entry_id in standing)
    whole = (standing | checked.ids) - withdrawn.keys()
    return Changes(whole, tuple(withdrawn), len(unknown))
