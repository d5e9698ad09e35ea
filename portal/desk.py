"""What can be handed in at the portal: each is kept before it is answered, and taken in later.

These functions are all that the pages and the API do. They need the portal's folder, never the
store, and look again at who may do what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blocklists.life import Cause
from blocklists.refusals import ListRefused
from blocklists.targets import Target, target
from portal.accounts import Account, Kind
from portal.allowed import only
from portal.inbox import kept, named, refuse, text_of
from portal.looking import MOST_OCTETS, Looked, look
from portal.messages import Message, MessageKind
from portal.shelf import list_of, opened_sets
from provenance.errors import InputRefused, UsageRefused
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from portal.folder import Folder

STATEMENTS = ("good_faith", "accurate", "authorised")
"""What whoever hands in a list states; a list that others published needs none of it."""

DISPUTE_REASONS = (
    "owner", "authorised", "no_right", "exception", "removed", "not_mine", "other",
)  # fmt: skip
"""Why an entry is disputed: as in Lumen's counter-notices, in words of our own."""

MOST_WORKS = 100
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True)
class Statements:
    """What whoever hands in a list states, and who they are."""

    signed_by: str
    good_faith: bool = False
    accurate: bool = False
    authorised: bool = False


def hand_in(
    folder: Folder,
    account: Account,
    slug: str,
    octets: bytes,
    *,
    statements: Statements,
    file_name: str = "",
    format_name: str = "",
    encoding: str = "",
    language: str = "en",
    key: str = "",
    now: datetime,
) -> tuple[Message, Looked]:
    """Hand in a list of *account* under `id/slug`: whole, or not at all.

    Raises:
        ListRefused: a line of it, or all of it, has to be mended.
        UsageRefused: a statement is missing, or the name of the list cannot be used.
        NotAllowed: the account is no holder's.
    """
    only(account, Kind.HOLDER)
    refuse(not _SLUG.fullmatch(slug), "list", f"{show(slug, 60)!r} is no name for a list",
            "use a-z, 0-9, '.', '_' and '-'")  # fmt: skip
    missing = [name for name in STATEMENTS if getattr(statements, name) is not True]
    needed = account.basis != "third_party_list"
    refuse(needed and bool(missing), "statements", f"{', '.join(missing)} not stated",
            "state them, or do not hand the list in")  # fmt: skip
    refuse(len(octets) > MOST_OCTETS, "list", f"larger than {MOST_OCTETS:,} octets",
            "hand it in as several lists")  # fmt: skip
    looked = look(
        octets, file_name=file_name, format_name=format_name, encoding=encoding,
        language=language, basis=account.basis, now=now,
    )  # fmt: skip
    if not looked.can_be_taken:
        raise MendFirst(looked)
    said = {
        "list_id": f"{account.id}/{slug}",
        "text": looked.text,
        "format": looked.format,
        "file_name": show(file_name.strip(), 120),
        "file_sha256": looked.sha256,
        "statements": {name: getattr(statements, name) for name in STATEMENTS},
        "signed_by": text_of("signed_by", statements.signed_by, needed=needed),
    }
    return kept(folder, MessageKind.LIST, said, account.id, key, now), looked


class MendFirst(ListRefused):
    """A list of which something has to be mended."""

    def __init__(self, looked: Looked) -> None:
        first = looked.refused[0]
        InputRefused.__init__(self, "list", f"{first.code}: {first.cause}", first.remedy)
        self.looked = looked
        self.code = first.code
        self.what = ""
        self.refusals = ()
        self._said = f"line {first.line}: {first.code}: {first.cause}; {first.remedy}"

    def again(self, place: str = "") -> str:  # noqa: ARG002
        """Return it as it was said: its lines were looked at in the language of the call."""
        return str(self)


def withdraw(
    folder: Folder,
    account: Account,
    list_id: str,
    entries: Sequence[str],
    *,
    cause: str,
    note: str = "",
    key: str = "",
    now: datetime,
) -> Message:
    """Withdraw *entries* of a list of one's own: their ids, or what they name.

    Raises:
        NotAllowed: there is no such list of *account*.
        UsageRefused: the list as it is published has no such entry, or there is no such cause.
    """
    found, chosen = list_of(folder, account, list_id), named(entries)
    _refuse_unknown(found["entries"], chosen)
    refuse(cause not in set(Cause), "cause", f"there is no cause {show(cause, 40)!r}",
            f"say one of {', '.join(Cause)}")  # fmt: skip
    said = {"list_id": list_id, "entries": chosen, "cause": cause,
            "note": text_of("note", note)}  # fmt: skip
    return kept(folder, MessageKind.WITHDRAWAL, said, account.id, key, now)


def dispute(
    folder: Folder,
    *,
    site: str,
    reason: str,
    name: str,
    contact: str,
    note: str,
    sender: str = "",
    key: str = "",
    now: datetime,
) -> Message:
    """Dispute that *site* stands on any list, as its owner for instance; nobody has to sign in.

    It touches no entry until an operator has looked at it.
    """
    refuse(reason not in DISPUTE_REASONS, "reason", f"there is no reason {show(reason, 40)!r}",
            f"say one of {', '.join(DISPUTE_REASONS)}")  # fmt: skip
    said = {
        "site": text_of("site", site, needed=True), "reason": reason,
        "name": text_of("name", name, needed=True),
        "contact": text_of("contact", contact, needed=True),
        "note": text_of("note", note, needed=True),
    }  # fmt: skip
    return kept(folder, MessageKind.DISPUTE, said, "", key, now, sender=sender)


def ask_about_site(
    folder: Folder, site: str, *, sender: str = "", key: str = "", now: datetime
) -> Message:
    """Ask what crawlers see on *site*, by what the store holds of it."""
    said = {"site": text_of("site", site, needed=True)}
    return kept(folder, MessageKind.INSPECTION, said, "", key, now, sender=sender)


def ask_about_works(
    folder: Folder,
    account: Account,
    set_name: str,
    works: Sequence[str],
    *,
    key: str = "",
    now: datetime,
) -> Message:
    """Ask whether *works* are in a set that the operator has opened."""
    refuse(set_name not in opened_sets(folder), "set", f"no set {show(set_name, 60)!r} is open",
            "name one of those that are shown")  # fmt: skip
    asked = list(dict.fromkeys(text for one in works if (text := one.strip())))
    refuse(not asked, "works", "nothing is looked for", "name a URL, a host or a digest")
    refuse(len(asked) > MOST_WORKS, "works", f"{len(asked):,} works, at most {MOST_WORKS}",
            "ask in parts")  # fmt: skip
    said = {"set": set_name, "works": [text_of("site", one) for one in asked]}
    return kept(folder, MessageKind.TRACE, said, account.id, key, now)


def _refuse_unknown(listed: Sequence[dict[str, Any]], entries: Sequence[str]) -> None:
    known = {one["entry_id"] for one in listed} | {one["target"] for one in listed}
    for name in entries:
        found = target(name)
        meant = found.entry_id if isinstance(found, Target) else ""
        if not {name, meant} & known:
            fact = f"no entry of it is called {show(name, 80)}"
            raise UsageRefused("list", fact, "name it as your list shows it")
