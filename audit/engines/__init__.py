"""Engines: who runs the shards of an audit, on this machine or on many.

An engine schedules, ships files and tries again by its own means; nothing here does. `work` may
run more than once for a task, so what it writes it writes under a name of the task's own.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from provenance.apart.limits import UNLIMITED, Limits, held_to
from provenance.errors import ProvisorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class Options:
    """How an engine runs where no cluster is configured; a cluster keeps its own settings."""

    workers: int = field(default_factory=cores)
    retries: int = 3
    """How often a task is tried again whose worker died."""
    limits: Limits = UNLIMITED
    """What one task may take."""


class Run(Protocol):
    """Do *work* for each task and yield the results as they come, in any order.

    `work` is a function of a module, and tasks and results can be pickled. Each of *files* is at
    hand wherever `work` runs, and read only; it stays where it is until this process ends.
    """

    def __call__(  # noqa: D102
        self,
        work: Callable[[TaskT, dict[str, Path]], ResultT],
        tasks: Sequence[TaskT],
        files: Mapping[str, Path],
        *,
        options: Options,
    ) -> Iterator[ResultT]: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine."""

    name: str
    run: Run


class WorkerLost(Exception):
    """A task's worker died each time that the engine tried it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error of ours on its way home.

    It travels as a result: Spark would hand an exception over as text, and try the task again.
    """

    error: ProvisorError


def attempt(
    work: Callable[[TaskT, dict[str, Path]], ResultT],
    task: TaskT,
    files: Callable[[], dict[str, Path]],
    memory: int,
) -> ResultT | Refusal:
    """Do *work* for one task where a worker runs it, with so many octets of memory at most."""
    try:
        with held_to(memory):
            return work(task, files())
    except ProvisorError as error:
        return Refusal(error)


def result(outcome: ResultT | Refusal) -> ResultT:
    """Return what an attempt came to, or raise our error as it was raised there."""
    if isinstance(outcome, Refusal):
        raise outcome.error
    return outcome


def shipping_name(file: Path) -> str:
    """Return a name that no other content has, so that nothing stale is taken for *file*."""
    with file.open("rb") as octets:
        digest = hashlib.file_digest(octets, "sha256").hexdigest()
    return f"{digest}-{file.name}"
