"""Filling a snapshot: what is new in the store is copied, and hosts that it tells of are judged."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from audit.statements import JUDGE_ACTS, run
from provenance.ledger.verifying import last_checkpoint
from provenance.listing import find_periods
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

_HOSTS_AT_ONCE = 100_000
_BODIES_AT_ONCE = 10_000


def copy_news(connection: duckdb.DuckDBPyConnection, asked: str, holds: str) -> str:
    """Copy what the store has and the snapshot has not; return the digest of all.

    Args:
        connection: with the store attached as `store`, and the snapshot as what is in use.
        asked: the question that the snapshot answers, as JSON.
        holds: how much the store holds, as JSON.
    """
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
    last, news = _fingerprints(connection, last)
    ((lists,),) = connection.execute(statement("audit", "snapshot/10_news")).fetchall()
    changed = last != int(about.get("last_capture", -2)) or lists != about.get("lists")
    if changed:
        text = f"{about.get('digest')}{asked}{news}{lists}"
        about |= {"digest": hashlib.sha256(text.encode()).hexdigest()}
        connection.execute("INSERT INTO update_made VALUES (?, ?)", [number, about["digest"]])
    about |= {"question": asked, "last_capture": str(last), "lists": lists, "holds": holds}
    about |= {"checkpoint": str(last_checkpoint(connection, "store"))}
    connection.execute(
        "INSERT OR REPLACE INTO about SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
        [list(about), list(about.values())],
    )
    return str(about["digest"])


def _fingerprints(connection: duckdb.DuckDBPyConnection, last: int) -> tuple[int, str]:
    """Return the number of the last capture after *last*, and one digest of all after it."""
    news = hashlib.sha256()
    captures = connection.cursor().execute(
        "SELECT capture_id, fingerprint FROM store.capture WHERE capture_id > ? ORDER BY ALL",
        [last],
    )
    while batch := captures.fetchmany(100_000):
        news.update("".join(fingerprint for _, fingerprint in batch).encode())
        last = batch[-1][0]
    return last, news.hexdigest()


def _compile_bodies(connection: duckdb.DuckDBPyConnection) -> None:
    """Find what each new robots body answers to each agent."""
    ((first, last),) = connection.execute(
        "SELECT coalesce(min(policy_id), 0), coalesce(max(policy_id), -1) FROM every_new_policy"
    ).fetchall()
    connection.execute(f"SET VARIABLE policies_at_once = {_BODIES_AT_ONCE}")
    for start in range(first, last + 1, _BODIES_AT_ONCE):
        connection.execute(f"SET VARIABLE first_policy = {start}")
        run(connection, "snapshot/03_policies", "refused_agents", "snapshot/04_answers")


def judge_hosts(connection: duckdb.DuckDBPyConnection, done: Callable[[int, int], object]) -> None:
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
