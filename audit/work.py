"""The work on one shard, wherever an engine runs it: judge its rows, and write what came of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from audit.collected import by_day
from audit.folder import TABLES, Done, Part, replacing, table, write_done
from audit.kernel import judged
from provenance.agents import agents_digest
from provenance.defaults import VERSION
from provenance.intake.manifest import refuse_changed
from provenance.manifests import quoted
from provenance.workplace import Room

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from audit.kernel import Shard
    from audit.settings import Question
    from audit.shards import Planned


@dataclass(frozen=True, slots=True)
class Base:
    """By which state of the snapshot a shard was judged before."""

    key: str
    update: int
    """The number of that state in the line of the snapshot."""


@dataclass(frozen=True, slots=True)
class Task:
    """One shard to judge."""

    planned: Planned
    labels: tuple[str, ...]
    """What each part goes by."""
    question: Question
    out: Path
    key: str
    knowledge: str
    """The digest of the snapshot."""
    base: Base | None = None
    """What is done of it by an earlier state of the snapshot; None: nothing."""


def key_of(planned: Planned, question: str, snapshot: str) -> str:
    """Return the digest of all that a shard's results depend on."""
    parts = [
        (part.sha256, part.size, part.form.name, part.url_column, part.date_column, part.digests)
        for part in planned.shard.parts
    ]
    return _digest([parts, planned.shard.rows, question, snapshot])


def question_digest(question: Question) -> str:
    """Return the digest of what is asked, by whatever means it is answered."""
    asked = asdict(replace(question, memory="", sealed=None))
    sealed = question.sealed.state if question.sealed else ""
    return _digest([VERSION, agents_digest(), asked, *([sealed] if sealed else [])])


def judge_shard(task: Task, files: dict[str, Path]) -> Done:
    """Judge a shard by the snapshot `knowledge`, write its tables, and return what was counted.

    Raises:
        InputRefused: a row cannot be read, or a file changed.
        StoreError: there is no room.
    """
    shard = task.planned.shard
    with judged(shard, task.question, files["knowledge"], digest=task.knowledge) as connection:
        counts = connection.execute("FROM kept_counts").fetchall()
        ((rows, unreadable, odd, whole),) = counts
        if not whole:
            raise RuntimeError(f"rows were lost or doubled in shard {shard.number}")
        collected = by_day(connection.execute("FROM kept_days").fetchall())
        for name in TABLES:
            with replacing(table(task.out, name, shard.number)) as file:
                write(connection, f"kept_{name}", file)
    refuse_changed_parts(shard)
    done = Done(
        key=task.key,
        number=shard.number,
        parts=_parts(task, rows),
        first_in_file=shard.rows[0] if shard.rows else 0,
        row_count=rows,
        unreadable_dates=unreadable,
        odd_urls=odd,
        collected=collected,
    )
    write_done(task.out, done)
    return done


def refuse_changed_parts(shard: Shard) -> None:
    """Refuse files that are not what they were; one that was cut is read by others still."""
    if not shard.rows:
        for part in shard.parts:
            refuse_changed(part)


def with_threads(question: Question, threads: int) -> Question:
    """Return the question, to be worked on by so many threads."""
    room = question.memory if isinstance(question.memory, Room) else Room(question.memory)
    return replace(question, memory=replace(room, threads=threads))


def write(connection: duckdb.DuckDBPyConnection, relation: str, file: Path) -> None:
    """Write *relation* in the form that the tables of a shard have."""
    connection.execute(
        f"COPY (FROM {relation}) TO {quoted(str(file))} (FORMAT parquet, COMPRESSION zstd,"
        " PARQUET_VERSION v2, ROW_GROUP_SIZE 1000000)"
    )


def _parts(task: Task, rows: int) -> tuple[Part, ...]:
    counts = task.planned.counts or (rows,)
    return tuple(
        Part(label, part.sha256, part.size, count)
        for label, part, count in zip(task.labels, task.planned.shard.parts, counts, strict=True)
    )


def _digest(said: object) -> str:
    text = json.dumps(said, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
