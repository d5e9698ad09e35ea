"""What an operator decides at the portal: on entries, on lists as a whole, and on disputes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blocklists.life import Cause
from portal.accounts import Account, Kind
from portal.allowed import only
from portal.inbox import kept, named, refuse, text_of
from portal.messages import Message, MessageKind, read_message
from provenance.errors import UsageRefused
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from portal.folder import Folder

ENTRY_OUTCOMES = ("accepted", "rejected", "upheld", "withdrawn")
VERSION_OUTCOMES = ("accepted", "rejected")
CASE_OUTCOMES = ("admitted", "dismissed")


def decide_entries(
    folder: Folder,
    account: Account,
    list_id: str,
    entries: Sequence[str],
    *,
    outcome: str,
    cause: str = "",
    note: str,
    key: str = "",
    now: datetime,
) -> Message:
    """Decide on entries that are held back or disputed, as an operator, with the reason."""
    refuse((outcome == "withdrawn") != bool(cause), "cause",
            "a withdrawal has a cause, nothing else has",
            "say error, cured or settled")  # fmt: skip
    refuse(bool(cause) and cause not in set(Cause), "cause",
            f"there is no cause {show(cause, 40)!r}", f"say one of {', '.join(Cause)}")  # fmt: skip
    said = {"list_id": list_id, "entries": named(entries), "outcome": outcome, "cause": cause}
    return _decision(folder, account, said, ENTRY_OUTCOMES, note, key, now)


def decide_message(
    folder: Folder,
    account: Account,
    about: str,
    *,
    outcome: str,
    note: str,
    key: str = "",
    now: datetime,
) -> Message:
    """Decide on a list that was handed in, or on a dispute, as an operator, with the reason."""
    found = read_message(folder, about)
    outcomes = {MessageKind.LIST: VERSION_OUTCOMES, MessageKind.DISPUTE: CASE_OUTCOMES}
    if found is None or found.kind not in outcomes:
        raise UsageRefused("about", f"nothing to decide on is called {show(about, 40)!r}", "")
    said = {"about": about, "outcome": outcome}
    return _decision(folder, account, said, outcomes[found.kind], note, key, now)


def _decision(
    folder: Folder,
    account: Account,
    said: dict[str, Any],
    outcomes: Sequence[str],
    note: str,
    key: str,
    now: datetime,
) -> Message:
    only(account, Kind.OPERATOR)
    outcome = said["outcome"]
    refuse(outcome not in outcomes, "outcome", f"there is no outcome {show(outcome, 40)!r} here",
            f"say one of {', '.join(outcomes)}")  # fmt: skip
    said |= {"note": text_of("note", note, needed=True)}
    return kept(folder, MessageKind.DECISION, said, account.id, key, now)
