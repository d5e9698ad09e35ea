"""What an audit needs to know, copied from the store: small, read by many, and held by none.

A snapshot is a DuckDB file that is brought up to date from a store. It holds for each host what is
known at every moment, already judged by Table A, so that a row finds its facts by one look-up.
Hosts of which nothing new is known keep their numbers.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from audit.settings import declare
from audit.statements import JUDGE_ACTS, WIDEST, run
from provenance.agents import agents_digest
from provenance.defaults import VERSION, WAIT_S
from provenance.errors import StoreError, UsageRefused
from provenance.ledger.sealing import record_counts
from provenance.ledger.verifying import last_checkpoint
from provenance.listing import find_periods
from provenance.manifests import quoted
from provenance.statements import statement
from provenance.store import attached
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audit.declaration import Declaration
    from audit.settings import Question

_HOSTS_AT_ONCE = 100_000
_BODIES_AT_ONCE = 10_000
_FORM = 6  # the number of this form of snapshot


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
            with attached(connection, store, wait_s=wait_s, say=say):
                asked, holds = _asked(connection, question)
            about = _about(path) if path.exists() else {}
            if about.get("question") == asked:
                if about.get("holds") == holds:
                    return Snapshot(path, about["digest"])
                shutil.copyfile(path, unfinished)
            elif not anew:
                fact = "it was made from another store, or for another question"
                raise UsageRefused(str(path), fact, "audit without --update")
            # Nobody reads it before it is whole, so that nothing has to be kept of its making.
            connection.execute(
                f"ATTACH {quoted(str(unfinished))} AS known (RECOVERY_MODE 'no_wal_writes');"
                " USE known"
            )
            with attached(connection, store, wait_s=wait_s, say=say):
                digest = _copy_news(connection, asked, holds)
            _judge_hosts(connection, done)
            if connection.execute("FROM restricted_list LIMIT 1").fetchall():
                unfinished.chmod(0o600)
            connection.execute("USE memory; DETACH known")
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
def at_hand(connection: duckdb.DuckDBPyConnection, snapshot: Path) -> Iterator[None]:
    """Have the tables of *snapshot* at hand by their names, to read."""
    connection.execute(f"ATTACH {quoted(str(snapshot.absolute()))} AS known (READ_ONLY); USE known")
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


def _about(path: Path) -> dict[str, str]:
    """Return what the snapshot at *path* says of itself; nothing where it is none of ours."""
    try:
        with duckdb.connect(str(path), read_only=True) as known:
            return dict(known.execute("SELECT name, said FROM about").fetchall())
    except duckdb.Error:
        return {}  # or one that broke off


def _copy_news(connection: duckdb.DuckDBPyConnection, asked: str, holds: str) -> str:
    """Copy what the store has and the snapshot has not; return the digest of all."""
    run(connection, "compared", "timing", "snapshot/00_schema")
    about: dict[str, str] = dict(connection.execute("SELECT name, said FROM about").fetchall())
    last = int(about.get("last_capture", -1))
    connection.execute(f"SET VARIABLE last_capture = {last}")
    ((number,),) = connection.execute("SELECT count(*) FROM update_made").fetchall()
    connection.execute(f"SET VARIABLE this_update = {number}")
    find_periods(connection, store="store")
    run(connection, "snapshot/01_knowledge", "snapshot/01_changes", "snapshot/01_digests")
    run(connection, "snapshot/02_bodies")
    _compile_bodies(connection)
    run(connection, "snapshot/05_timeline")
    news = hashlib.sha256()
    captures = connection.cursor().execute(
        "SELECT capture_id, fingerprint FROM store.capture WHERE capture_id > ? ORDER BY ALL",
        [last],
    )
    while batch := captures.fetchmany(100_000):
        news.update("".join(fingerprint for _, fingerprint in batch).encode())
        last = batch[-1][0]
    ((lists,),) = connection.execute(statement("audit", "snapshot/10_news")).fetchall()
    changed = last != int(about.get("last_capture", -2)) or lists != about.get("lists")
    if changed:
        text = f"{about.get('digest')}{asked}{news.hexdigest()}{lists}"
        about |= {"digest": hashlib.sha256(text.encode()).hexdigest()}
        connection.execute("INSERT INTO update_made VALUES (?, ?)", [number, about["digest"]])
    checkpoint = str(last_checkpoint(connection, "store"))
    about |= {"question": asked, "last_capture": str(last), "lists": lists}
    about |= {"holds": holds, "checkpoint": checkpoint}
    connection.execute(
        "INSERT OR REPLACE INTO about SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
        [list(about), list(about.values())],
    )
    return str(about["digest"])


def _compile_bodies(connection: duckdb.DuckDBPyConnection) -> None:
    """Find what each new robots body answers to each agent."""
    ((first, last),) = connection.execute(
        "SELECT coalesce(min(policy_id), 0), coalesce(max(policy_id), -1) FROM every_new_policy"
    ).fetchall()
    connection.execute(f"SET VARIABLE policies_at_once = {_BODIES_AT_ONCE}")
    for start in range(first, last + 1, _BODIES_AT_ONCE):
        connection.execute(f"SET VARIABLE first_policy = {start}")
        run(connection, "snapshot/03_policies", "refused_agents", "snapshot/04_answers")


def _judge_hosts(connection: duckdb.DuckDBPyConnection, done: Callable[[int, int], object]) -> None:
    """Judge each changed host at every moment at which something changes.

    In a new snapshot also a host that nobody knows anything of, number -1.
    """
    nobody = "" if connection.execute("FROM state LIMIT 1").fetchall() else "SELECT -1, '', ''"
    connection.execute(
        "CREATE TEMP TABLE to_judge AS SELECT host_id, host, name, row_number() OVER (ORDER BY"
        " host_id) - 1 AS nth FROM host JOIN changed_host USING (host_id)"
    )
    ((count,),) = connection.execute("SELECT count(*) FROM to_judge").fetchall()
    for first in range(0, max(count, 1 if nobody else 0), _HOSTS_AT_ONCE):
        last = first + _HOSTS_AT_ONCE
        hosts = f"SELECT host_id, host, name FROM to_judge WHERE nth >= {first} AND nth < {last}"  # noqa: S608
        _judge(connection, f"{hosts} UNION ALL {nobody}" if nobody else hosts)
        if nobody:
            run(connection, "snapshot/09_nobody")
            nobody = ""
        done(min(last, count), count)


def _judge(connection: duckdb.DuckDBPyConnection, hosts: str) -> None:
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE act_host AS SELECT * FROM ({hosts}) h(host_id, host, name)"  # noqa: S608
    )
    run(connection, "exact/01_listed_hosts", "snapshot/06_moments")
    run(connection, *JUDGE_ACTS)
    run(connection, "snapshot/07_states", "snapshot/08_places")
