"""Auditing again after something was learnt: only rows of hosts that changed are judged anew.

A snapshot tells what each of its updates changed, and hosts that did not change keep their
numbers. So a shard that was judged by an earlier state of the same snapshot keeps its other rows.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb

from audit.beside import declare_copies
from audit.folder import TABLES, Done, mark, read_begun, read_done, replacing, table, write_done
from audit.gathering import exact_folder
from audit.kernel import at_work, judge, loaded
from audit.snapshot import line_of
from audit.statements import run
from audit.work import (
    Base,
    Task,
    judge_shard,
    key_of,
    question_digest,
    refuse_changed_parts,
    write,
)
from provenance.errors import UsageRefused
from provenance.manifests import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from audit.settings import Question
    from audit.shards import Planned


class _Overtaken(Exception):
    """Another worker replaces the tables of the same shard."""


_REMEDY = "audit without --update"


def bases(
    out: Path, planned: Sequence[Planned], question: Question, snapshot: Path
) -> dict[int, Base]:
    """Return by which state of *snapshot* each shard in *out* was judged; those left out were not.

    Raises:
        UsageRefused: *out* holds no audit of these files and this question by that snapshot.
    """
    asked, begun, line = question_digest(question), read_begun(out), line_of(snapshot)
    if not begun:
        raise UsageRefused(str(out), "there is no audit in it to bring up to date", _REMEDY)
    if begun.question != asked:
        raise UsageRefused(str(out), "its audit was asked another question", _REMEDY)
    if begun.snapshot_digest not in line:
        raise UsageRefused(
            str(snapshot), f"it is not the snapshot by which {out} was judged", _REMEDY
        )
    found = {}
    for one in planned:
        done = read_done(out, one.shard.number)
        states = {key_of(one, asked, digest): number for number, digest in enumerate(line)}
        if done and done.key in states:
            found[one.shard.number] = Base(done.key, states[done.key])
        elif done or len(planned) != begun.shards:
            raise UsageRefused(str(out), "its audit is of other files, or they changed", _REMEDY)
    return found


def update_shard(task: Task, files: dict[str, Path]) -> Done:
    """Bring a shard up to date by the snapshot `knowledge`, and return what is counted now.

    One that nothing is done of is judged as a whole, and so is one that broke off while its
    tables were being replaced.

    Raises:
        InputRefused: a row cannot be read, or a file changed.
        StoreError: there is no room.
    """
    shard = task.planned.shard
    done = read_done(task.out, shard.number)
    if done and done.key == task.key:
        return done
    if not done or not task.base or done.key != task.base.key:
        return judge_shard(task, files)
    if _other_digests(task, files):
        return judge_shard(task, files)  # any row may have one of them
    with (
        at_work(shard, task.question, files["knowledge"], task.knowledge) as connection,
        _tables(connection, task, task.base.update),
    ):
        if not connection.execute("FROM stale_row LIMIT 1").fetchall():
            write_done(task.out, updated := replace(done, key=task.key))
            return updated
        with loaded(connection, shard, task.question, only="stale_row"):
            judge(connection, task.question)
        run(connection, "again/01_merged", "again/02_first_rows")
        ((odd,),) = connection.execute("SELECT sum(odd_urls)::BIGINT FROM merged_tally").fetchall()
        refuse_changed_parts(shard)
        updated = replace(done, key=task.key, odd_urls=odd)
        try:
            _replace(connection, task, done, updated)
        except _Overtaken:
            return judge_shard(task, files)
        return updated


def _other_digests(task: Task, files: dict[str, Path]) -> bool:
    """Whether lists name other digests than they did, and the shard has a column of them."""
    if not task.base or not any(part.digests for part in task.planned.shard.parts):
        return False
    with duckdb.connect(str(files["knowledge"]), read_only=True) as known:
        asked = "SELECT count(*) FROM digest_change WHERE number > ?"
        return bool(known.execute(asked, [task.base.update]).fetchall()[0][0])


@contextmanager
def _tables(connection: duckdb.DuckDBPyConnection, task: Task, since: int) -> Iterator[None]:
    """Have the shard as it is at hand, and what of it is stale since an update."""
    number = task.planned.shard.number
    with exact_folder(task.out) as place:
        for name in TABLES:
            connection.execute(
                f"CREATE TEMP VIEW old_{name} AS SELECT * "
                + ("EXCLUDE (file_row_number), file_row_number AS row " * (name == "verdicts"))
                + f"FROM read_parquet({quoted(str(table(place, name, number)))}"
                + (", file_row_number = TRUE)" if name == "verdicts" else ")")
            )
        connection.execute(f"SET VARIABLE since = {since:d}")
        declare_copies(connection)
        run(connection, "again/00_stale")
        yield


def _replace(connection: duckdb.DuckDBPyConnection, task: Task, done: Done, updated: Done) -> None:
    """Put the new tables in the place of the old ones, unless those are not the old ones any more.

    The mark goes first and comes last: what breaks off in between is no shard that is done.
    """
    number = task.planned.shard.number
    with ExitStack() as whole:
        for name in TABLES:
            file = whole.enter_context(replacing(table(task.out, name, number)))
            write(connection, f"merged_{name}", file)
        if read_done(task.out, number) != done:
            raise _Overtaken
        mark(task.out, number).unlink(missing_ok=True)
    write_done(task.out, updated)
