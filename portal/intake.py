"""Taking in what the portal keeps: the one writer, each message once, however often it is run."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from blocklists.doubts import NOTHING_WATCHED, Watched
from blocklists.refusals import ListRefused
from portal.accounts import read_accounts
from portal.answering import answer
from portal.carrying import carry_out, made_ready
from portal.folder import read_json
from portal.messages import QUESTIONS, Message, pending
from portal.publishing import publish, publish_outcome
from portal.reaching import reach_of
from portal.refusing import refused_in_each
from provenance.defaults import WAIT_S
from provenance.errors import InputRefused, ProvisorError, UsageRefused
from provenance.moments import stored
from provenance.rows import insert_rows
from provenance.sealed import names_beside
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import duckdb

    from portal.accounts import Account
    from portal.answering import Answerers
    from portal.carrying import Ready
    from portal.folder import Folder

_ANSWERS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Intake:
    """What the operator says about taking in."""

    store: Path
    watched: Watched = NOTHING_WATCHED
    """Names for which an entry is held back."""
    manifests: tuple[Path, ...] = ()
    """Data sets in which a reviewer is shown what a list would name."""
    answerers: Answerers = field(default_factory=dict)
    """What answers questions, by their kind."""
    wait_s: float = WAIT_S
    say: Callable[[str], None] = lambda _: None


def ingest(folder: Folder, plan: Intake, *, now: datetime | None = None) -> Counter[str]:
    """Take in every message that waits, answer every question, and publish what came of them.

    A message is recorded in the same transaction as what it brings about, so that it is taken in
    once whenever this is stopped; what it comes to is published again where that was missed.

    Returns:
        How many were taken, refused or answered.

    Raises:
        StoreError: the store is held or cannot be written, or a message is damaged.
    """
    counts: Counter[str] = Counter()
    accounts = read_accounts(folder).accounts
    waiting = list(pending(folder))
    for message in waiting:
        if message.kind not in QUESTIONS:
            counts[_taken_in(folder, plan, message, accounts)] += 1
    if plan.store.exists():
        publish(folder, plan.store, accounts, wait_s=plan.wait_s, say=plan.say)
    for message in waiting:
        if message.kind in QUESTIONS:
            publish_outcome(folder, message, answer(folder, message, plan.answerers))
            counts["answered"] += 1
    _forget_answers(folder, now or datetime.now(UTC))
    return counts


def _taken_in(
    folder: Folder, plan: Intake, message: Message, accounts: Mapping[str, Account]
) -> str:
    """Record *message* and what it brings about, once, and return what came of it."""
    ready: Ready | ProvisorError
    try:
        ready = made_ready(folder, message, accounts, plan.watched)
    except (InputRefused, UsageRefused) as refused:
        ready = refused
    with writing(plan.store, wait_s=plan.wait_s, say=plan.say) as connection:
        known = connection.execute(
            "SELECT outcome FROM handed_in WHERE message_id = ?", [message.id]
        ).fetchall()
        if known:
            return str(known[0][0])
        outcome = _recorded(connection, message, ready)
    if plan.manifests and outcome == "taken":
        reach_of(folder, message, plan.manifests, names_beside(plan.store))
    return outcome


def _recorded(
    connection: duckdb.DuckDBPyConnection, message: Message, ready: Ready | ProvisorError
) -> str:
    list_id, file_sha256, about = "", "", ""
    try:
        if isinstance(ready, ProvisorError):
            raise ready
        carried = carry_out(connection, ready)
        outcome, detail = "taken", carried.detail
        list_id, file_sha256 = carried.list_id, carried.file_sha256
        about = ready.about.id if ready.about else ""
    except (InputRefused, UsageRefused) as refused:
        # Where the list lay while it was read means nothing to whoever handed it in.
        place = str(message.said.get("list_id", "")) if isinstance(refused, ListRefused) else ""
        outcome, detail = "refused", {**refused_in_each(refused, place=place)}
    insert_rows(connection, "handed_in", [(
        message.id, message.kind, stored(message.received_at),
        message.account, message.sha256, about, list_id, file_sha256, outcome,
        json.dumps(detail, sort_keys=True, separators=(",", ":")),
    )])  # fmt: skip
    return outcome


def _forget_answers(folder: Folder, now: datetime) -> None:
    """Take away questions that were answered a day ago: nothing rests on them."""
    for outcome in _old(folder, now):
        # The question first: without its answer it would be answered anew.
        for message in folder.inbox.glob(f"*/{outcome.name}"):
            message.unlink(missing_ok=True)
        outcome.unlink(missing_ok=True)


def _old(folder: Folder, now: datetime) -> Iterator[Path]:
    for file in folder.outcomes.glob("*.json"):
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        if now - written < _ANSWERS_KEPT:
            continue
        if (read_json(file) or {}).get("outcome") == "answered":
            yield file
