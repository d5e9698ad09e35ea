"""A message: what somebody handed in, kept in a file of its own before it is answered."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from portal.folder import Folder, read_json, write_new
from provenance.errors import InputRefused, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MESSAGE_ID = re.compile(r"[0-9a-f]{32}")
NOBODY = "_"
"""Where messages lie of whoever was not signed in; no account is called so."""

_FORMAT = "provisor-message/1"


class MessageKind(StrEnum):
    """What a message asks for."""

    LIST = "list"
    WITHDRAWAL = "withdrawal"
    DISPUTE = "dispute"
    DECISION = "decision"
    INSPECTION = "inspection"
    """What crawlers see on a site, by what the store holds."""
    TRACE = "trace"
    """Whether works are in a set that the operator has opened."""


QUESTIONS = frozenset({MessageKind.INSPECTION, MessageKind.TRACE})
"""What is answered and leaves nothing in the store."""


class AnotherMessage(InputRefused):
    """The same idempotency key was sent before, with something else."""


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody handed in."""

    id: str
    kind: MessageKind
    account: str
    """Who was signed in; empty: nobody."""
    received_at: datetime
    """By our clock; aware, UTC."""
    said: dict[str, Any]
    sha256: str
    """Of all of the above but id and time, as canonical JSON."""


def keep(
    folder: Folder,
    kind: MessageKind,
    said: dict[str, Any],
    *,
    account: str = "",
    sender: str = "",
    key: str = "",
    now: datetime,
) -> Message:
    """Keep a message in the inbox and return it; when this returns it is on the disk.

    Args:
        folder: the portal's.
        kind: what it asks for.
        said: what it says; plain values.
        account: who is signed in.
        sender: of whoever is not, by what they are counted; it is not kept.
        key: an idempotency key: the same message under the same key is kept once.
        now: aware, UTC.

    Raises:
        AnotherMessage: something else was sent under *key*.
        StoreError: it could not be kept; nothing was.
    """
    content, digest = _content(kind, account, said)
    message_id = _id(folder, kind, digest, account=account, sender=sender, key=key, now=now)
    whole = content | {"id": message_id, "received_at": now.isoformat(), "sha256": digest}
    try:
        file = _file(folder, account, message_id)
        file.parent.mkdir(mode=0o700, exist_ok=True)
        if write_new(file, _canonical(whole)):
            return Message(message_id, kind, account, now, said, digest)
    except OSError as error:
        fact = f"it could not be kept ({error.strerror}); nothing was stored"
        raise StoreError("inbox", fact, "try again later") from error
    before = read_message(folder, message_id, account=account)
    if before is None or before.sha256 != digest:
        fact = "something else was handed in under this idempotency key"
        raise AnotherMessage("Idempotency-Key", fact, "use a new key for a new message")
    return before


def kept_before(
    folder: Folder,
    kind: MessageKind,
    said: dict[str, Any],
    *,
    account: str,
    sender: str,
    key: str,
    now: datetime,
) -> Message | None:
    """Return the message that `keep` would return without keeping anything, for it is there."""
    _, digest = _content(kind, account, said)
    message_id = _id(folder, kind, digest, account=account, sender=sender, key=key, now=now)
    found = read_message(folder, message_id, account=account) if key else None
    return found if found and found.sha256 == digest else None


def _content(kind: MessageKind, account: str, said: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return what is kept of a message beside its id and time, and the digest of that."""
    content = {"format": _FORMAT, "kind": kind, "account": account, "said": said}
    return content, hashlib.sha256(_canonical(content)).hexdigest()


def _id(
    folder: Folder,
    kind: MessageKind,
    digest: str,
    *,
    account: str,
    sender: str,
    key: str,
    now: datetime,
) -> str:
    """Return by which id a message is kept: under the same key the same one."""
    # Whoever is not signed in shares their keys with everybody: theirs tell messages apart no more.
    named = f"{account}\0{kind}\0{key}\0{digest if not account else ''}"
    name = hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    message_id = name if key else token_hex(16)
    tag = "" if account else sender_tag(folder, sender, now)
    return tag + message_id[len(tag) :]


def sender_tag(folder: Folder, sender: str, now: datetime) -> str:
    """Return what the ids of messages begin with that *sender* leaves that day without signing in.

    It tells who fills the inbox; who they are, or whether they came on another day, it does not.
    """
    said = f"sender {now.date()} {sender}"
    return hmac.digest(folder.key, said.encode("utf-8", "surrogatepass"), "sha256").hex()[:8]


def read_message(folder: Folder, message_id: str, *, account: str | None = None) -> Message | None:
    """Return a message by its id; None: there is none, or none of *account* where one is named.

    Raises:
        StoreError: it is not as it was written.
    """
    if not MESSAGE_ID.fullmatch(message_id):
        return None
    places = folder.inbox.iterdir() if account is None else [folder.inbox / (account or NOBODY)]
    for place in places:
        if found := _read(place / f"{message_id}.json", message_id):
            return found
    return None


def messages_of(folder: Folder, account: str, most: int) -> list[Message]:
    """Return the last messages of an account, the newest first."""
    files = sorted((folder.inbox / account).glob("*.json"), key=_written_at, reverse=True)
    found = [_read(file, file.stem) for file in files[:most]]
    return sorted((one for one in found if one), key=lambda one: one.received_at, reverse=True)


def _written_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # a question that was forgotten this moment
        return 0.0


def _read(file: Path, message_id: str) -> Message | None:
    found = read_json(file)
    if found is None:
        return None
    content = {name: found.get(name) for name in ("format", "kind", "account", "said")}
    if (
        found.get("id") != message_id
        or hashlib.sha256(_canonical(content)).hexdigest() != found.get("sha256")
    ):  # fmt: skip
        raise StoreError(str(file), "not the message that was kept", "restore it from a backup")
    return Message(
        message_id,
        MessageKind(found["kind"]),
        found["account"],
        datetime.fromisoformat(found["received_at"]),
        found["said"],
        found["sha256"],
    )


def pending(folder: Folder) -> Iterator[Message]:
    """Yield what was not answered yet, in the order in which it came.

    Raises:
        StoreError: a message is not as it was written.
    """
    found = [read_message(folder, one) for one in waiting_ids(folder)]
    yield from sorted((one for one in found if one), key=lambda one: (one.received_at, one.id))


def waiting_ids(folder: Folder, *, account: str | None = None) -> list[str]:
    """Return the ids of what was not answered yet; of one account, or of all."""
    done = {file.stem for file in folder.outcomes.iterdir()}
    place = "*" if account is None else account or NOBODY
    return [
        file.stem
        for file in folder.inbox.glob(f"{place}/*.json")
        if MESSAGE_ID.fullmatch(file.stem) and file.stem not in done
    ]


def _file(folder: Folder, account: str, message_id: str) -> Path:
    return folder.inbox / (account or NOBODY) / f"{message_id}.json"


def _canonical(value: object) -> bytes:
    # In ASCII: then even half a character, which no encoding has, is kept as it came.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
