"""This machine: one shard after another in a process apart; DuckDB itself uses the cores.

A file that makes its reader crash, or take more than it may, ends that process and not this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.engines import Engine, Options, ResultT, TaskT, WorkerLost
from provenance.apart.worker import Ended, worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path


def run(
    work: Callable[[TaskT, dict[str, Path]], ResultT],
    tasks: Sequence[TaskT],
    files: Mapping[str, Path],
    *,
    options: Options,
) -> Iterator[ResultT]:
    """Yield the results in the order of the tasks."""
    with worker() as apart:
        for task in tasks:
            try:
                result: ResultT = apart.do(work, task, dict(files), limits=options.limits)
            except Ended as error:
                raise WorkerLost(str(error)) from error
            yield result


ENGINE = Engine("local", run)
"""Nothing is tried again: what ended one process on this machine ends the next."""
