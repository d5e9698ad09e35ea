"""What is kept of what somebody sends: fields that are short enough, and not too many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.messages import (
    QUESTIONS,
    Message,
    MessageKind,
    keep,
    kept_before,
    sender_tag,
    waiting_ids,
)
from provenance.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from portal.folder import Folder

MOST_ENTRIES = 10_000
"""Named by one message."""
_MOST_WAITING = 500
"""Of one account."""
_MOST_OF_SENDER = 50
"""Of one address, where nobody is signed in: nobody fills the inbox for others."""
_MOST_UNSIGNED = 5_000
"""Of all who are not signed in: what fits on the disk."""
_TEXT = {"note": 2000, "name": 200, "contact": 320, "site": 2000, "signed_by": 200}


class TooMany(InputRefused):
    """More waits than can be looked after; nothing was kept."""


def kept(
    folder: Folder,
    kind: MessageKind,
    said: dict[str, Any],
    account: str,
    key: str,
    now: datetime,
    *,
    sender: str = "",
) -> Message:
    """Keep a message, unless too many of the same account, or of the same address, wait."""
    waiting = waiting_ids(folder, account=account)
    most, in_all = _MOST_WAITING, len(waiting)
    if not account:
        tag = sender_tag(folder, sender, now)
        most, waiting = _MOST_OF_SENDER, [one for one in waiting if one.startswith(tag)]
    if len(waiting) >= most or in_all >= _MOST_UNSIGNED:
        # Whoever has had no answer asks again: of what is kept they are not told that it is not.
        if before := kept_before(
            folder, kind, said, account=account, sender=sender, key=key, now=now
        ):
            return before
        what = "questions" if kind in QUESTIONS else "messages"
        raise TooMany("inbox", f"too many {what} wait; nothing was kept", "try again later")
    return keep(folder, kind, said, account=account, sender=sender, key=key, now=now)


def named(entries: Sequence[str]) -> list[str]:
    """Return the entries that are named, each once."""
    found = list(dict.fromkeys(text for one in entries if (text := one.strip())))
    refuse(not found, "entries", "no entry is named", "choose at least one")
    refuse(len(found) > MOST_ENTRIES, "entries", f"{len(found):,}, at most {MOST_ENTRIES:,}",
            "do it in parts")  # fmt: skip
    return [text_of("site", one) for one in found]


def text_of(field: str, text: str, *, needed: bool = False) -> str:
    """Return *text* as it is kept; refuse one that is too long, or missing."""
    text = text.strip()
    refuse(needed and not text, field, "nothing is written there", "fill it in")
    refuse(len(text) > _TEXT[field], field, f"longer than {_TEXT[field]:,} characters",
            "make it shorter")  # fmt: skip
    return text


def refuse(wrong: bool, place: str, fact: str, remedy: str) -> None:  # noqa: FBT001 (a check)
    """Refuse the call where something is *wrong*: place, fact, remedy."""
    if wrong:
        raise UsageRefused(place, fact, remedy)
