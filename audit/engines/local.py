"""This process: one task after another; DuckDB itself uses the cores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.engines import Engine, Options, ResultT, TaskT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path


def run(
    work: Callable[[TaskT, dict[str, Path]], ResultT],
    tasks: Sequence[TaskT],
    files: Mapping[str, Path],
    *,
    options: Options,  # noqa: ARG001 (there are no workers)
) -> Iterator[ResultT]:
    """Yield the results in the order of the tasks."""
    for task in tasks:
        yield work(task, dict(files))


ENGINE = Engine("local", run)
