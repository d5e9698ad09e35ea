"""The columns of an entry, whether it comes as a row of a table or as an object of JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocklists.formats import Candidate
from blocklists.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEPT = ("scope", "category", "work", "right_holder", "notice_date", "expires_on")
_SEEN = ("evidence_url", "note", "ref", "related_to")
COLUMNS = ("value", *_KEPT, *_SEEN, "action")
ACTIONS = ("add", "withdraw", "update")


def candidate(number: int, row: Mapping[str, str]) -> Candidate | Refusal:
    """Return the entry that *row* of line *number* asks for."""
    value, action = row.get("value", ""), row.get("action", "").lower()
    if action and action not in ACTIONS:
        return Refusal("E_ACTION", action, number, value)
    scope = row.get("scope", "")
    if scope.lower() == "hash":
        return Refusal("E_SCOPE_INVALID", scope, number, value)
    return Candidate(number, value, action=action, **{name: row.get(name, "") for name in _KEPT})
