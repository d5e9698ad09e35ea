"""An audit from its manifest to its reports, shard by shard; what is done is kept.

from audit.run import run

summary = run(open_manifests([folder]), Question(declaration, rules()), store, out)
"""

from __future__ import annotations

from dataclasses import replace
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
    read_done,
    write_begun,
)
from audit.inputs import together
from audit.job import Job, knowledge_of, refuse_unfit_job, seen_from, tasks_of, unwatched
from audit.limits import limits_of
from audit.rendering import write_report
from audit.reports import PLAIN, Asked, Report
from audit.shards import Planned, plan
from audit.sources import count_sources
from audit.stopping import Stopped, stoppable
from audit.survey import surveyed
from audit.work import Base, Task, judge_shard, question_digest
from provenance.defaults import WAIT_S
from provenance.errors import Incomplete, InputRefused
from provenance.intake.manifest import refuse_changed
from provenance.many import many
from provenance.registry import collect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from audit.job import Watch
    from audit.settings import Question
    from audit.snapshot import Snapshot
    from audit.summary import Summary
    from provenance.intake.manifest import Manifest


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
    job = Job(
        tuple(manifests), surveyed(manifests, question), store, out, snapshot or out / KNOWLEDGE,
        collect(engines, Engine)[engine], options or Options(), resume, update,
        gate, tuple(reports), wait_s, say, watch,
    )  # fmt: skip
    refuse_unfit_job(job)
    planned = plan(job.parts)
    judged = bases(job.out, planned, job.question, job.snapshot) if job.update else {}
    return _carried_out(job, planned, judged)


def _carried_out(job: Job, planned: Sequence[Planned], judged: Mapping[int, Base]) -> Summary:
    """Return the summary of *job*, once its shards are judged and its reports written."""
    tasks: list[Task] = []
    try:
        with stoppable():
            known = knowledge_of(job)
            tasks += tasks_of(job, planned, known, judged)
            _judge(job, tasks, known)
            return _report(job, known, len(tasks))
    except (Stopped, WorkerLost) as error:
        done = sum(1 for task in tasks if _is_done(task))
        why = "stopped" if isinstance(error, Stopped) else f"gave up ({error})"
        fact = f"{why} with {done} of {many(len(planned), 'shard')} done"
        raise Incomplete(str(job.out), fact, "the same command with --resume goes on") from error


def _judge(job: Job, tasks: Sequence[Task], known: Snapshot) -> None:
    """Have the engine judge the shards that are not done."""
    goes_on = job.resume or job.update
    kept = {task.planned.shard.number for task in tasks if goes_on and _is_done(task)}
    based = {task.planned.shard.number for task in tasks if task.base}
    make_ready(
        job.out, kept | based, {one.file_name for one in collect(forms, Report).values()} - {""}
    )
    asked = question_digest(job.question)
    file = seen_from(job.out, known.path)
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


def _refuse_changed(job: Job, judged: Sequence[Task]) -> None:
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


def _report(job: Job, known: Snapshot, shards: int) -> Summary:
    summary = replace(
        summarise(
            job.parts, job.question, job.out, known, shards, file=seen_from(job.out, known.path)
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
