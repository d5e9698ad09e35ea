"""What a package of changes makes of a list: by the targets they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocklists.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from blocklists.check import Checked


def applied(
    before: AbstractSet[str], changes: Checked
) -> tuple[frozenset[str], tuple[Refusal, ...]]:
    """Return the targets after a package of *changes*, and its withdrawals of what is not listed.

    Args:
        before: the entry ids of the list as it stands.
        changes: a package with mode delta. What it both adds and withdraws is listed afterwards.
    """
    withdrawn: set[str] = set()
    refused = []
    for entry in changes.withdrawn:
        if entry.entry_id in before:
            withdrawn.add(entry.entry_id)
        else:
            refused.append(Refusal("E_WITHDRAW_UNKNOWN", "", entry.line, entry.raw))
    return frozenset((before - withdrawn) | changes.ids), tuple(refused)
