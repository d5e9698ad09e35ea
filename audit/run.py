"""An audit from its manifest to its reports, shard by shard; what is done is kept.

from audit.run import run

summary = run(open_manifests([folder]), Question(declaration, rules()), store, out)
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit import engines
from audit import reports as forms
from audit.again import bases, update_shard
from audit.counting import summarise
from audit.engines import Engine, Options, WorkerLost
from audit.folder import (
    KNOWLEDGE,
    Begun,
    make_ready,
    mark,
    read_begun,
    read_done,
    refuse_unfit,
    write_begun,
)
from audit.inputs import labels, together
from audit.limits import limits_of
from audit.rendering import write_report
from audit.reports import PLAIN, Asked, Report
from audit.shards import Planned, plan
from audit.snapshot import Snapshot, bring_up_to_date
from audit.sources import count_sources
from audit.stopping import Stopped, stoppable
from audit.survey import surveyed
from audit.verdicts import snapshot_digest
from audit.work import Base, Task, judge_shard, key_of, question_digest, with_threads
from provenance.defaults import WAIT_S
from provenance.errors import Incomplete, InputRefused, UsageRefused
from provenance.intake.manifest import refuse_changed
from provenance.many import many
from provenance.registry import collect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from audit.settings import Question
    from audit.summary import Summary
    from provenance.intake.manifest import Manifest
    from provenance.progress import Advance


Watch = Callable[[str, "int | None"], "AbstractContextManager[Advance]"]
"""Show how much of so many things is done, while the block runs."""


def unwatched(_label: str, _total: int | None) -> AbstractContextManager[Advance]:
    """Show nothing."""
    return nullcontext(lambda count=1: count)


@dataclass(frozen=True, slots=True)
class _Job:
    parts: tuple[Manifest, ...]
    question: Question
    store: Path
    out: Path
    snapshot: Path
    engine: Engine
    options: Options
    resume: bool
    update: bool
    gate: str
    reports: tuple[str, ...]
    wait_s: float
    say: Callable[[str], None]
    watch: Watch


def run(
    manifests: Sequence[Manifest],
    question: Question,
    store: Path,
    out: Path,
    *,
    engine: str = "local",
    options: Options | None = None,
    resume: bool = False,
    update: bool = False,
    snapshot: Path | None = None,
    gate: str = "high",
    reports: Sequence[str] = (),
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = lambda _: None,
    watch: Watch = unwatched,
) -> Summary:
    """Judge every row of *manifests* and leave verdicts and reports in *out*.

    Args:
        manifests: the parts, in the order of their rows; see `audit.inputs.open_manifests`.
        question: what is asked, and how much memory each process may take.
        store: what is known.
        out: the folder; an audit of the same manifest in it is replaced.
        engine: who runs the shards: local, spark or ray.
        options: how many workers, where no cluster is configured.
        resume: keep the shards that are done, and go on with the knowledge they were judged by.
        update: judge only what may have changed since *out* was judged, by what is known now; the
            result is that of a new audit.
        snapshot: where that knowledge is kept; None: in *out*.
        gate: the level from which the audit fails, for reports that say so.
        reports: which reports are written beside those that always are.
        wait_s: how long to wait for the store, in seconds.
        say: told what is waited for.
        watch: shows the progress.

    Raises:
        Incomplete: it was stopped, or a worker died each time; what is done is kept.
        InputRefused: a row of the manifest cannot be read, or a file changed.
        StoreError: the store, the disk or the memory fails.
        UsageRefused: *out* or *snapshot* is no place for it, or holds nothing to update.
    """
    job = _Job(
        tuple(manifests), surveyed(manifests, question), store, out, snapshot or out / KNOWLEDGE,
        collect(engines, Engine)[engine], options or Options(), resume, update,
        gate, tuple(reports), wait_s, say, watch,
    )  # fmt: skip
    _refuse_unfit(job)
    planned = plan(job.parts)
    judged = bases(job.out, planned, job.question, job.snapshot) if job.update else {}
    tasks: list[Task] = []
    try:
        with stoppable():
            known = _knowledge(job)
            tasks += _tasks(job, planned, known, judged)
            _judge(job, tasks, known)
            return _report(job, known, len(tasks))
    except (Stopped, WorkerLost) as error:
        done = sum(1 for task in tasks if _is_done(task))
        why = "stopped" if isinstance(error, Stopped) else f"gave up ({error})"
        fact = f"{why} with {done} of {many(len(planned), 'shard')} done"
        raise Incomplete(str(out), fact, "the same command with --resume goes on") from error


def _refuse_unfit(job: _Job) -> None:
    files = [part.path for part in job.parts]
    written = {one.file_name for one in collect(forms, Report).values()} | {KNOWLEDGE}
    refuse_unfit(job.out, together(job.parts), [*files, job.store], written)
    if job.question.sealed and job.engine.name != "local":
        fact = f"sealed lists do not leave this machine, and {job.engine.name} runs on others"
        raise UsageRefused("--engine", fact, "audit with --engine local")
    if job.snapshot.resolve() in {path.resolve() for path in (*files, job.store)}:
        raise UsageRefused(str(job.snapshot), "an output would lie over an input", "choose another")
    if job.snapshot.exists() and not snapshot_digest(job.snapshot):
        raise UsageRefused(str(job.snapshot), "there is a file that is no snapshot", "remove it")


def _knowledge(job: _Job) -> Snapshot:
    """Return the snapshot: the one that a resumed audit began with, else one of the store as is."""
    begun = read_begun(job.out)
    if job.resume and begun and begun.question == question_digest(job.question):
        digest = snapshot_digest(job.snapshot)
        if digest == begun.snapshot_digest:
            return Snapshot(job.snapshot, digest)
    with job.watch("knowledge", None) as advance:
        told = 0

        def done(count: int, _: int) -> None:
            nonlocal told
            advance(count - told)
            told = count

        return bring_up_to_date(
            job.question, job.store, job.snapshot,
            anew=not job.update, wait_s=job.wait_s, say=job.say, done=done,
        )  # fmt: skip


def _tasks(
    job: _Job, planned: Sequence[Planned], known: Snapshot, judged: Mapping[int, Base]
) -> list[Task]:
    """Return a task for every shard; paths hold wherever a worker stands."""
    asked = question_digest(job.question)
    names = dict(zip((part.path for part in job.parts), labels(job.parts), strict=True))
    here = job.engine.name == "local"
    return [
        Task(
            planned=one,
            labels=tuple(names[part.path] for part in one.shard.parts),
            question=job.question if here else with_threads(job.question, 1),
            out=job.out if here else job.out.absolute(),
            key=key_of(one, asked, known.digest),
            knowledge=known.digest,
            base=judged.get(one.shard.number),
        )
        for one in planned
    ]


def _judge(job: _Job, tasks: Sequence[Task], known: Snapshot) -> None:
    """Have the engine judge the shards that are not done."""
    goes_on = job.resume or job.update
    kept = {task.planned.shard.number for task in tasks if goes_on and _is_done(task)}
    based = {task.planned.shard.number for task in tasks if task.base}
    make_ready(
        job.out, kept | based, {one.file_name for one in collect(forms, Report).values()} - {""}
    )
    asked = question_digest(job.question)
    file = _seen_from(job.out, known.path)
    write_begun(job.out, Begun(together(job.parts), asked, file, known.digest, len(tasks)))
    left = [task for task in tasks if task.planned.shard.number not in kept]
    counts = [sum(task.planned.counts) for task in tasks]
    with job.watch("rows", sum(counts) if all(counts) else None) as advance:
        for number in sorted(kept):
            advance(counts[number])
        if left:
            files = {"knowledge": known.path}
            work = update_shard if job.update else judge_shard
            options = replace(job.options, limits=limits_of(left))
            for done in job.engine.run(work, left, files, options=options):
                advance(done.row_count)
    _refuse_changed(job, left)


def _refuse_changed(job: _Job, judged: Sequence[Task]) -> None:
    """Refuse a large file that changed while its shards were judged, and undo them."""
    cut = [task for task in judged if task.planned.shard.rows]
    for part in dict.fromkeys(task.planned.shard.parts[0].path for task in cut):
        of_it = [task for task in cut if task.planned.shard.parts[0].path == part]
        try:
            refuse_changed(of_it[0].planned.shard.parts[0])
        except InputRefused:
            for task in of_it:
                mark(job.out, task.planned.shard.number).unlink()
            raise


def _report(job: _Job, known: Snapshot, shards: int) -> Summary:
    summary = replace(
        summarise(
            job.parts, job.question, job.out, known, shards, file=_seen_from(job.out, known.path)
        ),
        gate=job.gate,
    )
    known_forms = collect(forms, Report).values()
    wanted = [one for one in known_forms if one.always or one.name in job.reports]
    for report in sorted(wanted, key=lambda one: one.counts_sources):
        # Sources are counted from the finished audit, of which summary.json says that it is one.
        asked = Asked(sources=count_sources(job.out)) if report.counts_sources else PLAIN
        write_report(report, summary, job.out, asked)
    return summary


def _is_done(task: Task) -> bool:
    done = read_done(task.out, task.planned.shard.number)
    return done is not None and done.key == task.key


def _seen_from(folder: Path, snapshot: Path) -> str:
    inside = snapshot.absolute().is_relative_to(folder.absolute())
    return snapshot.name if inside else str(snapshot.absolute())
