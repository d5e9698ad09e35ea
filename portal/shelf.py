"""What somebody who is signed in may see: their own messages and lists; an operator, what waits."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from blocklists.deciding import same_name
from portal.accounts import Account, Kind
from portal.allowed import NotAllowed, case_code, only
from portal.folder import Folder, read_json
from portal.messages import Message, MessageKind, messages_of, read_message

_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a message was kept, and what came of it so far."""

    message: Message
    outcome: dict[str, Any] | None
    """What the operator's process published; None: it was not taken in yet."""
    decision: dict[str, str] | None = None
    """What an operator decided on it: status, note, at."""

    @property
    def state(self) -> str:
        """Say `waiting`, or what came of it: `received`, `accepted`, `withdrawn`, `refused`."""
        if self.outcome is None:
            return "waiting"
        if self.decision:
            return self.decision["status"]
        if self.outcome["outcome"] != "taken":
            return str(self.outcome["outcome"])
        return str(self.outcome["detail"].get("status", "taken"))


def receipt(folder: Folder, account: Account, message_id: str) -> Receipt:
    """Return the receipt of a message of *account*.

    Raises:
        NotAllowed: it is another's, or there is none: which of the two is not told.
    """
    found = read_message(folder, message_id, account=account.id)
    if found is None:
        raise NotAllowed("receipt", "there is no such receipt of yours", "see your receipts")
    return _receipt(folder, found)


def receipts_of(folder: Folder, account: Account) -> list[Receipt]:
    """Return the last hundred receipts of *account*, the newest first."""
    found = messages_of(folder, account.id, _MOST_SHOWN)
    decisions = read_json(folder.path / "decisions.json") or {}
    return [Receipt(one, _outcome(folder, one), decisions.get(one.id)) for one in found]


def case(folder: Folder, message_id: str, code: str) -> Receipt:
    """Return what became of a dispute, to whoever has its code.

    Raises:
        NotAllowed: number and code do not belong together.
    """
    found = read_message(folder, message_id, account="")
    right = hmac.compare_digest(case_code(folder, message_id).encode(), code.strip().encode())
    if found is None or found.kind is not MessageKind.DISPUTE or not right:
        raise NotAllowed("case", "no case has this number and this code", "look at your receipt")
    return _receipt(folder, found)


def answer_of(folder: Folder, message_id: str, account: Account | None) -> Receipt:
    """Return a question with its answer: one about a site to anybody, others to who asked.

    Raises:
        NotAllowed: it is another's, or there is none.
    """
    for name in ("", account.id if account else ""):
        found = read_message(folder, message_id, account=name)
        if found and found.kind in {MessageKind.INSPECTION, MessageKind.TRACE}:
            return _receipt(folder, found)
    raise NotAllowed("question", "there is no such question, or it is a day old", "ask again")


def lists_of(folder: Folder, account: Account) -> list[dict[str, Any]]:
    """Return the lists of *account* as they stand, without their entries."""
    only(account, Kind.HOLDER)
    found = read_json(folder.path / "lists.json") or {"lists": []}
    return [one for one in found["lists"] if _owns(account, one)]


def list_of(folder: Folder, account: Account, list_id: str) -> dict[str, Any]:
    """Return one list of *account* with all its entries.

    Raises:
        NotAllowed: it is another's, or there is none: which of the two is not told.
    """
    only(account, Kind.HOLDER)
    found = read_json(folder.list_file(list_id))
    if found is None or not _owns(account, found):
        raise NotAllowed("list", "there is no such list of yours", "see your lists")
    return found


def opened_sets(folder: Folder) -> dict[str, dict[str, str]]:
    """Return the sets that the operator has opened: title and path by name."""
    return read_json(folder.path / "sets.json") or {}


def review(folder: Folder, account: Account) -> dict[str, Any]:
    """Return what waits for an operator, as it was when something was last taken in."""
    only(account, Kind.OPERATOR)
    return read_json(folder.path / "review.json") or {
        "lists": [], "disputes": [], "entries": [], "made_at": "",
    }  # fmt: skip


def _owns(account: Account, found: dict[str, Any]) -> bool:
    own = found["list_id"].partition("/")[0] == account.id
    return own and same_name(found["submitter"], account.name)


def _receipt(folder: Folder, found: Message) -> Receipt:
    decisions = read_json(folder.path / "decisions.json") or {}
    return Receipt(found, _outcome(folder, found), decisions.get(found.id))


def _outcome(folder: Folder, message: Message) -> dict[str, Any] | None:
    found = read_json(folder.outcomes / f"{message.id}.json")
    # Published by the operator's process; that it is this message's is looked at all the same.
    return found if found and found["account"] == message.account else None
