"""What an audit needs to know, copied from the store: small, read by many, and held by none.

A snapshot is a DuckDB file that is brought up to date from a store. It holds for each host what is
known at every moment, already judged by Table A, so that a row finds its facts by one look-up.
Hosts of which nothing new is known keep their numbers.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import duckdb

from audit.knowing import copy_news, judge_hosts
from audit.settings import declare
from audit.statements import WIDEST
from provenance.agents import agents_digest
from provenance.defaults import VERSION, WAIT_S
from provenance.errors import StoreError, UsageRefused
from provenance.ledger.sealing import record_counts
from provenance.manifests import quoted
from provenance.store import attached
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audit.declaration import Declaration
    from audit.settings import Question

_FORM = 9  # the number of this form of snapshot


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file of knowledge, and the digest of what it was made from."""

    path: Path
    digest: str


def bring_up_to_date(
    question: Question,
    store: Path,
    path: Path,
    *,
    anew: bool = True,
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = lambda _: None,
    done: Callable[[int, int], object] = lambda _done, _all: None,
) -> Snapshot:
    """Return the snapshot at *path*, made or brought up to date from the store.

    One that answers another question (other agents, limits or later acts) is made anew.

    Args:
        question: whose declaration and limits count.
        store: what is copied.
        path: the file; it is replaced when the new one is whole.
        anew: make it anew where it answers another question, or another store.
        wait_s: how long to wait for the store, in seconds.
        say: told what is waited for.
        done: told how many hosts of how many are done.

    Raises:
        StoreError: the store cannot be read, or *path* not written.
        UsageRefused: it would have to be made anew, and must not be.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with workplace(question.memory) as connection:
            declare(connection, question)
            opened = partial(attached, connection, store, wait_s=wait_s, say=say)
            with opened():
                asked, holds = _asked(connection, question)
            about = _about(connection, path) if path.exists() else {}
            if (about.get("question"), about.get("holds")) == (asked, holds):
                return Snapshot(path, about["digest"])
            if about.get("question") == asked:
                shutil.copyfile(path, unfinished)
            elif not anew:
                fact = "it was made from another store, or for another question"
                raise UsageRefused(str(path), fact, "audit without --update")
            with _filled(connection, unfinished):
                with opened():
                    digest = copy_news(connection, asked, holds)
                judge_hosts(connection, done)
        unfinished.replace(path)
    except OSError as error:
        raise StoreError(str(path), f"cannot be written ({error})", "make room there") from error
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        fact = f"no room to make it ({str(error).splitlines()[0][:160]})"
        raise StoreError(str(path), fact, "make room, or give it more with --memory") from error
    finally:
        unfinished.unlink(missing_ok=True)
        unfinished.with_name(f"{unfinished.name}.wal").unlink(missing_ok=True)
    return Snapshot(path, digest)


@contextmanager
def _filled(connection: duckdb.DuckDBPyConnection, unfinished: Path) -> Iterator[None]:
    """Have the snapshot *unfinished* in use while the block fills it."""
    # Nobody reads it before it is whole, so that nothing has to be kept of its making.
    connection.execute(
        f"ATTACH {quoted(str(unfinished))} AS known (RECOVERY_MODE 'no_wal_writes'); USE known"
    )
    yield
    if connection.execute("FROM restricted_list LIMIT 1").fetchall():
        unfinished.chmod(0o600)
    connection.execute("USE memory; DETACH known")


@contextmanager
def at_hand(connection: duckdb.DuckDBPyConnection, snapshot: Path) -> Iterator[None]:
    """Have the tables of *snapshot* at hand by their names, to read.

    Raises:
        StoreError: there is none, or it is damaged.
    """
    place = quoted(str(snapshot.absolute()))
    try:
        connection.execute(f"ATTACH {place} AS known (READ_ONLY); USE known")
    except duckdb.Error as error:
        fact = f"what is known of the hosts cannot be read ({str(error).splitlines()[0][:160]})"
        raise StoreError(
            str(snapshot), fact, "remove it and audit again, which makes it anew"
        ) from error
    try:
        yield
    finally:
        connection.execute("USE memory; DETACH known")


def checkpoint_of(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the checkpoint of the store that the snapshot at hand was made from (C2SP)."""
    ((text,),) = connection.execute("SELECT said FROM about WHERE name = 'checkpoint'").fetchall()
    return str(text)


def line_of(path: Path) -> tuple[str, ...]:
    """Return the digests of the snapshot at *path*, from when it was made to now."""
    try:
        with duckdb.connect(str(path), read_only=True) as known:
            rows = known.execute("SELECT digest FROM update_made ORDER BY number").fetchall()
    except duckdb.Error:
        return ()  # there is none, or one of another form
    return tuple(digest for (digest,) in rows)


def refuse_other(
    connection: duckdb.DuckDBPyConnection, question: Question, place: str, digest: str = ""
) -> None:
    """Refuse a snapshot at hand that answers another question, or is another state of it.

    Its sets of first characters are made by DuckDB's hash: another version finds other ones, and
    rules would go unasked.

    Raises:
        UsageRefused: its states are those of other agents, limits or later acts, or of another
            version than this one.
        StoreError: its digest is not *digest*, if one is given: it was replaced meanwhile.
    """
    about = dict(connection.execute("SELECT name, said FROM about").fetchall())
    if digest and about.get("digest") != digest:
        fact = "it was brought up to date by another audit meanwhile"
        raise StoreError(place, fact, "audit again, or keep a snapshot for each with --snapshot")
    answers, asked = json.loads(about["question"]), _terms(question)
    others = [name for name in asked if answers.get(name) != asked[name]]
    if others:
        raise UsageRefused(
            place, f"it was made for another question ({', '.join(others)})", "bring it up to date"
        )


def _asked(connection: duckdb.DuckDBPyConnection, question: Question) -> tuple[str, str]:
    """Return what the states of a snapshot depend on, and how much of it the store holds.

    A store only grows: one that holds as many records as before holds the same. Runs are no
    knowledge, and each audit adds one.
    """
    connection.execute("USE store")
    try:
        # When it was made tells one store from another, and a copy keeps it.
        ((made,),) = connection.execute("SELECT min(applied_at) FROM migration").fetchall()
        holds = record_counts(connection) | {"run": 0}
    finally:
        connection.execute("USE memory")
    asked = json.dumps(_terms(question) | {"store": str(made)}, sort_keys=True)
    return asked, json.dumps(holds, sort_keys=True)


def _terms(question: Question) -> dict[str, object]:
    limits, declared = question.limits, question.declaration
    return {
        "form": _FORM, "provisor": VERSION, "duckdb": duckdb.__version__, "widest": WIDEST,
        "agents": agents_digest(), "agent": _agents(declared),
        "limits": [str(one) for one in (limits.fresh, limits.bracket, limits.carry)],
        "last_later_act": str(declared.last_later_act),
    }  # fmt: skip


def _agents(declared: Declaration) -> str:
    """Return the agents that bodies are asked of beside those of the agent lists."""
    return " ".join([declared.agent, *(act.agent for act in declared.accesses)]).strip().casefold()


def _about(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Return what the snapshot at *path* says of itself; nothing where it is none of ours."""
    try:
        connection.execute(f"ATTACH {quoted(str(path.absolute()))} AS earlier (READ_ONLY)")
    except duckdb.Error:
        return {}  # no database
    try:
        return dict(connection.execute("SELECT name, said FROM earlier.about").fetchall())
    except duckdb.Error:
        return {}  # or one that broke off
    finally:
        connection.execute("DETACH earlier")
