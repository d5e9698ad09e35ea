"""What the web process is given to read: outcomes, lists as they stand, what waits for review."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from blocklists.deciding import folded, same_name
from blocklists.receipts import receipts
from blocklists.reviewing import waiting
from blocklists.standing import standings
from blocklists.statistics import statistics
from portal.accounts import Kind
from portal.folder import Folder, read_json, replace_json
from portal.messages import MessageKind, read_message
from provenance.ledger.verifying import last_checkpoint
from provenance.statements import statement
from provenance.store import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import duckdb

    from blocklists.receipts import Receipt
    from blocklists.standing import Standing
    from portal.accounts import Account
    from portal.messages import Message

OfListT = TypeVar("OfListT", "Receipt", "Standing")


def publish(
    folder: Folder,
    store: Path,
    accounts: Mapping[str, Account],
    *,
    wait_s: float,
    say: Callable[[str], None],
) -> None:
    """Publish what the store holds of all that came through the portal, and of each holder's lists.

    Raises:
        StoreError: the store cannot be read.
    """
    with reading(store, wait_s=wait_s, say=say) as connection:
        rows = connection.execute(statement("portal", "positions")).fetchall()
        handed = [_handed(*row) for row in rows]
        checkpoint = last_checkpoint(connection)
        known = receipts(connection)
        # What no account owns is none of the portal's business.
        owned = {one.list_id for one in known if _owner(one, accounts)}
        stood = [one for one in standings(connection) if one.list_id in owned]
        queue = _queue(connection)
        shares = {folded(one.submitter): one.error_share for one in statistics(stood)}
    ledger = {"origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root.hex()}
    published = {file.stem for file in folder.outcomes.iterdir()}
    for one in handed:
        message = None if one["id"] in published else read_message(folder, one["id"])
        if message:
            publish_outcome(folder, message, {**one, "ledger": ledger})
    versions, entries = _by_list(known), _by_list(stood)
    lists = [_list(list_id, versions[list_id], entries[list_id]) for list_id in sorted(owned)]
    for one in lists:
        replace_json(folder.list_file(one["list_id"]), one)
    # Whoever looks at their lists does not wait for the entries of all others to be read.
    in_short = [{**one, "entries": []} for one in lists]
    replace_json(folder.path / "lists.json", {"lists": in_short})
    closings = _closings(handed)
    replace_json(folder.path / "decisions.json", _decisions(folder, closings))
    replace_json(folder.path / "review.json", {
        **queue,
        "lists": [_list_case(folder, one, shares) for one in _open_lists(handed, closings)],
        "disputes": [
            _dispute_case(folder, one) for one in _open(handed, closings, MessageKind.DISPUTE)
        ],
        "made_at": datetime.now(UTC).isoformat(),
    })  # fmt: skip


def publish_outcome(folder: Folder, message: Message, came_of_it: dict[str, Any]) -> None:
    """Publish what came of *message*; the first time stays, for the ledger only grows."""
    file = folder.outcomes / f"{message.id}.json"
    if read_json(file) is None:
        replace_json(file, {
            **came_of_it, "id": message.id, "kind": message.kind, "account": message.account,
            "received_at": message.received_at.isoformat(), "sha256": message.sha256,
        })  # fmt: skip


def _handed(
    message_id: str, kind: str, about: str, list_id: str, file_sha256: str, outcome: str,
    detail: str, received_at: datetime, leaf: int | None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "id": message_id, "kind": kind, "about": about, "list_id": list_id,
        "file_sha256": file_sha256, "outcome": outcome, "detail": json.loads(detail),
        "received_at": received_at.replace(tzinfo=UTC).isoformat(), "leaf": leaf,
    }  # fmt: skip


def _owner(receipt: Receipt, accounts: Mapping[str, Account]) -> Account | None:
    """Return whose list it is: by its name and by who handed it in, both."""
    account = accounts.get(receipt.list_id.partition("/")[0])
    if account is None or account.kind is not Kind.HOLDER:
        return None
    return account if same_name(account.name, receipt.submitter) else None


def _by_list(things: Iterable[OfListT]) -> dict[str, list[OfListT]]:
    found: dict[str, list[OfListT]] = defaultdict(list)
    for one in things:
        found[one.list_id].append(one)
    return found


def _list(list_id: str, versions: Sequence[Receipt], found: Sequence[Standing]) -> dict[str, Any]:
    return {
        "list_id": list_id,
        "submitter": versions[0].submitter,
        "states": dict(Counter(str(one.state) for one in found)),
        "versions": [
            {"version": one.version, "received_at": one.received_at.isoformat(),
             "status": one.status, "entries": one.entries, "file_sha256": one.file_sha256}
            # What is verified later has a second receipt, which stands for both.
            for one in {one.file_sha256: one for one in versions}.values()
        ],
        "entries": [_entry(one) for one in found],
    }  # fmt: skip


def _entry(one: Standing) -> dict[str, Any]:
    return {
        "entry_id": one.entry_id, "target": one.target, "scope": one.scope,
        "state": str(one.state), "reason": one.reason,
        "since": one.since.isoformat(), "received_at": one.received_at.isoformat(),
    }  # fmt: skip


def _queue(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return the entries that wait for a person."""
    notes = dict(connection.execute(
        "SELECT list_id || ' ' || entry_id, max_by(note, recorded_at) FROM entry_event"
        " WHERE what = 'disputed' GROUP BY ALL"
    ).fetchall())  # fmt: skip
    return {"entries": [
        {**_entry(one), "list_id": one.list_id, "submitter": one.submitter,
         "note": notes.get(f"{one.list_id} {one.entry_id}", "")}
        for one in waiting(connection).entries
    ]}  # fmt: skip


def _closings(handed: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return by which decision each message was closed.

    A decision on a list speaks of its content: who handed in the same file before has it as well.
    """
    decisions = [one for one in handed if one["about"] and one["outcome"] == "taken"]
    found = {one["about"]: one for one in decisions}
    by_file = {(one["list_id"], one["file_sha256"]): one for one in decisions}
    for one in handed:
        decision = by_file.get((one["list_id"], one["file_sha256"]))
        is_list = one["kind"] == MessageKind.LIST
        if is_list and decision and decision["received_at"] > one["received_at"]:
            found.setdefault(one["id"], decision)
    return found


def _decisions(folder: Folder, closings: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Return what was decided on each message, and why."""
    known: dict[str, Any] = read_json(folder.path / "decisions.json") or {}
    for about, decision in closings.items():
        if about not in known:
            message = read_message(folder, decision["id"])
            known[about] = {
                "status": decision["detail"]["status"], "at": decision["received_at"],
                "note": message.said["note"] if message else "",
            }  # fmt: skip
    return known


def _open(
    handed: Sequence[dict[str, Any]], closings: Mapping[str, Any], kind: MessageKind
) -> list[dict[str, Any]]:
    """Return what was taken in of a kind and nobody has decided on."""
    return [
        one
        for one in handed
        if one["kind"] == kind and one["outcome"] == "taken" and one["id"] not in closings
    ]


def _open_lists(
    handed: Sequence[dict[str, Any]], closings: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the lists that are not verified, or held back as a whole; the same file once."""
    waits = [
        one
        for one in _open(handed, closings, MessageKind.LIST)
        if one["detail"]["status"] == "received"
    ]
    return list({(one["list_id"], one["file_sha256"]): one for one in waits}.values())


def _list_case(folder: Folder, one: dict[str, Any], shares: Mapping[str, float]) -> dict[str, Any]:
    message = read_message(folder, one["id"])
    reach = read_json(folder.lists / f"reach-{one['id']}.json") or {}
    # Digests are shown nowhere, not even to whoever reviews them.
    shown = message is not None and message.said["format"] != "hashes"
    text = message.said["text"].splitlines() if message and shown else []
    return {
        **one, "signed_by": message.said["signed_by"] if message else "",
        "account": message.account if message else "",
        "error_share": shares.get(folded(one["detail"].get("submitter", "")), 0.0),
        "lines": text[:200], "all": len(text),
        "reach": reach.get("manifests", []),
    }  # fmt: skip


def _dispute_case(folder: Folder, one: dict[str, Any]) -> dict[str, Any]:
    message = read_message(folder, one["id"])
    return {**one, **(message.said if message else {})}
