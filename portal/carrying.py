"""What a message brings about in the store: one function for each kind, one transaction each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from blocklists.deciding import Decision, decide
from blocklists.life import STANDING, Cause, State, Step
from blocklists.naming import meant
from blocklists.offer import Offer, Said
from blocklists.receiving import receive
from blocklists.standing import standings
from blocklists.submit import offered
from portal.accounts import Account, Kind
from portal.looking import written_list
from portal.messages import Message, MessageKind, read_message
from provenance.errors import UsageRefused
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import duckdb

    from blocklists.doubts import Watched
    from portal.folder import Folder

_REMEDY = "see docs/portal.md"


@dataclass(frozen=True, slots=True)
class Ready:
    """A message, and what could be prepared of it while the store was not held."""

    message: Message
    account: Account | None
    """Who was signed in, as the operator has them; None: nobody."""
    about: Message | None = None
    """What a decision is on."""
    offer: Offer | None = None
    """The list to be received."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of a message."""

    list_id: str = ""
    file_sha256: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


def made_ready(
    folder: Folder, message: Message, accounts: Mapping[str, Account], watched: Watched
) -> Ready:
    """Return *message* with what can be read before the store is opened.

    Raises:
        ListRefused: its list cannot be used.
        UsageRefused: it is on something that is not there, or by somebody who may not.
    """
    account = accounts.get(message.account)
    if message.account and account is None:
        raise UsageRefused("portal", f"there is no account {show(message.account)}", _REMEDY)
    if message.kind is MessageKind.LIST:
        offer = _offer(message, _of_kind(account, Kind.HOLDER), watched=watched)
        return Ready(message, account, offer=offer)
    if message.kind is not MessageKind.DECISION or "about" not in message.said:
        return Ready(message, account)
    about = read_message(folder, message.said["about"])
    if about is None:
        raise UsageRefused("portal", "what it decides on is not there", _REMEDY)
    if about.kind is not MessageKind.LIST or message.said["outcome"] != "accepted":
        return Ready(message, account, about)
    reviewer = _of_kind(account, Kind.OPERATOR)
    owner = _of_kind(accounts.get(about.account), Kind.HOLDER)
    offer = _offer(about, owner, reviewer, message.said["note"], watched=watched)
    return Ready(message, account, about, offer)


def carry_out(connection: duckdb.DuckDBPyConnection, ready: Ready) -> Carried:
    """Bring about what the message asks for, within the transaction that is open.

    Raises:
        ListRefused, UsageRefused: it cannot be done; nothing was recorded.
    """
    return _CARRIERS[ready.message.kind](connection, ready)


def _offer(
    message: Message,
    holder: Account,
    reviewer: Account | None = None,
    note: str = "",
    *,
    watched: Watched,
) -> Offer:
    """Return the list of *message*, to be noted as it came, or as *reviewer* accepts it."""
    _refuse_strange(holder, message.said["list_id"])
    accepted = holder.verified or reviewer is not None
    said = Said(
        list_id=message.said["list_id"],
        submitter=holder.name,
        role=holder.role,
        basis=holder.basis,
        status="accepted" if accepted else "received",
        format_name=message.said["format"],
        confirmed_by=reviewer.name if reviewer else "",
        note=note,
        file_name=message.said["file_name"] or "portal",
        watched=watched,
    )
    with written_list(message.said["text"].encode()) as path:
        return offered(path, said, received_at=message.received_at)


def _list(connection: duckdb.DuckDBPyConnection, ready: Ready) -> Carried:
    if ready.offer is None:  # pragma: no cover
        raise AssertionError(ready.message.id)
    receipt = receive(connection, ready.offer)
    return Carried(receipt.list_id, receipt.file_sha256, {
        "version": receipt.version, "status": receipt.status, "entries": receipt.entries,
        "received_at": receipt.received_at.isoformat(), "already": receipt.already,
        "submitter": receipt.submitter, "quarantined": receipt.quarantined,
        "held": receipt.held, "change": receipt.change,
    })  # fmt: skip


def _withdrawal(connection: duckdb.DuckDBPyConnection, ready: Ready) -> Carried:
    said, holder = ready.message.said, _of_kind(ready.account, Kind.HOLDER)
    _refuse_strange(holder, said["list_id"])
    decision = Decision(Step.WITHDRAWN, holder.name, Cause(said["cause"]), said["note"])
    return _decided(connection, ready, said["list_id"], said["entries"], decision)


def _dispute(_: duckdb.DuckDBPyConnection, __: Ready) -> Carried:
    """Note that it came: an operator looks at it before it touches an entry."""
    return Carried(detail={"status": "waiting"})


def _decision(connection: duckdb.DuckDBPyConnection, ready: Ready) -> Carried:
    said, reviewer = ready.message.said, _of_kind(ready.account, Kind.OPERATOR)
    if ready.about is None:
        cause = Cause(said["cause"]) if said["cause"] else None
        decision = Decision(Step(said["outcome"]), reviewer.name, cause, said["note"])
        return _decided(connection, ready, said["list_id"], said["entries"], decision)
    if ready.about.kind is MessageKind.DISPUTE:
        return _case(connection, ready, ready.about)
    if ready.offer is not None:
        return _list(connection, ready)
    return _rejected(connection, ready, ready.about, reviewer)


def _rejected(
    connection: duckdb.DuckDBPyConnection, ready: Ready, about: Message, reviewer: Account
) -> Carried:
    """Reject what of the list waits; what stands by an earlier version stays."""
    list_id, digest = about.said["list_id"], about.said["file_sha256"]
    wait = [
        one.entry_id
        for one in standings(connection, list_id)
        if one.state == State.RECEIVED and one.file_sha256 == digest
    ]
    decision = Decision(Step.REJECTED, reviewer.name, None, ready.message.said["note"])
    if not wait:
        return Carried(list_id, digest, {"status": "rejected", "entries": 0})
    done = _decided(connection, ready, list_id, wait, decision)
    return Carried(list_id, digest, done.detail)


def _case(connection: duckdb.DuckDBPyConnection, ready: Ready, about: Message) -> Carried:
    """Admit a dispute to the entries that it means, or dismiss it."""
    if ready.message.said["outcome"] == "dismissed":
        return Carried(detail={"status": "dismissed"})
    said = about.said
    found = [one for one in meant(standings(connection), said["site"]) if one.state in STANDING]
    if not found:
        fact = f"no entry that counts is called {show(said['site'], 80)}"
        raise UsageRefused("dispute", fact, "dismiss it, and say so")
    words = f"{said['reason']}: {said['note']}"
    # Nobody looked who it is: a name from outside is never taken for that of an account.
    decision = Decision(Step.DISPUTED, f"{said['name']} (by the open form)", None, words)
    disputed = 0
    for list_id in sorted({one.list_id for one in found if one.state != State.DISPUTED}):
        ids = [
            one.entry_id for one in found if one.list_id == list_id and one.state != State.DISPUTED
        ]
        disputed += len(decide(connection, list_id, ids, decision, now=ready.message.received_at))
    return Carried(detail={"status": "admitted", "entries": disputed})


def _decided(
    connection: duckdb.DuckDBPyConnection,
    ready: Ready,
    list_id: str,
    entries: Sequence[str],
    decision: Decision,
) -> Carried:
    if not entries:  # `decide` would take all that it can
        raise UsageRefused("portal", "no entry is named", "name each entry")
    now = ready.message.received_at
    events = decide(connection, list_id, entries, decision, now=now)
    return Carried(list_id, detail={"status": str(decision.step), "entries": len(events)})


def _of_kind(account: Account | None, kind: Kind) -> Account:
    if account is None or account.kind is not kind:
        raise UsageRefused("portal", f"it came from no account of the kind {kind}", _REMEDY)
    return account


def _refuse_strange(holder: Account, list_id: str) -> None:
    """Refuse what the web process should not have let through."""
    if list_id.partition("/")[0] != holder.id:
        raise UsageRefused("portal", f"{show(list_id)} is no list of {show(holder.id)}", _REMEDY)


_CARRIERS: dict[MessageKind, Callable[[duckdb.DuckDBPyConnection, Ready], Carried]] = {
    MessageKind.LIST: _list,
    MessageKind.WITHDRAWAL: _withdrawal,
    MessageKind.DISPUTE: _dispute,
    MessageKind.DECISION: _decision,
}
