"""An audit that is asked for: where it may write, what it knows, and into which tasks it falls."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit import reports as forms
from audit.folder import KNOWLEDGE, read_begun, refuse_unfit
from audit.inputs import labels, together
from audit.reports import Report
from audit.snapshot import Snapshot, bring_up_to_date
from audit.verdicts import snapshot_digest
from audit.work import Base, Task, key_of, question_digest, with_threads
from provenance.errors import UsageRefused
from provenance.registry import collect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from audit.engines import Engine, Options
    from audit.settings import Question
    from audit.shards import Planned
    from provenance.intake.manifest import Manifest
    from provenance.progress import Advance


Watch = Callable[[str, "int | None"], "AbstractContextManager[Advance]"]
"""Show how much of so many things is done, while the block runs."""


def unwatched(_label: str, _total: int | None) -> AbstractContextManager[Advance]:
    """Show nothing."""
    return nullcontext(lambda count=1: count)


@dataclass(frozen=True, slots=True)
class Job:
    """One audit: what, by what, where to, and how; see `audit.run.run`."""

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


def refuse_unfit_job(job: Job) -> None:
    """Refuse an audit whose outputs would lie over its inputs, or that its engine must not run.

    Raises:
        UsageRefused: so it is.
    """
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


def knowledge_of(job: Job) -> Snapshot:
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


def tasks_of(
    job: Job, planned: Sequence[Planned], known: Snapshot, judged: Mapping[int, Base]
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


def seen_from(folder: Path, snapshot: Path) -> str:
    """Return how *folder* names *snapshot*: by its name within it, else by its whole path."""
    inside = snapshot.absolute().is_relative_to(folder.absolute())
    return snapshot.name if inside else str(snapshot.absolute())
