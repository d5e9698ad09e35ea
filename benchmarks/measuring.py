"""What a piece of work costs: CPU, wall and memory of a child of its own, or of a scan."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

SCAN = "sum(strlen(url))"
"""Reads the column and nothing else."""
SCAN_HOST = "sum(strlen(split_part(url, '/', 3)))"
"""Reads the column and takes the host out of each URL."""


class Cost(NamedTuple):
    """What a child process took, of its own alone."""

    cpu_s: float
    """User and system, all threads."""
    wall_s: float
    peak_bytes: int


def child_cost(*arguments: str) -> Cost:
    """Return the cost of `python ARGUMENTS`; stop with its words where it fails.

    On Linux a child's peak begins at that of its parent, so nothing large comes before this.
    """
    command = [sys.executable, *arguments]
    before = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    wall_s = time.monotonic() - before
    return Cost(used.ru_utime + used.ru_stime, wall_s, used.ru_maxrss * 1024)


def scan_cost(files: Sequence[Path], expression: str, *, times: int = 5) -> float:
    """Return the CPU seconds of `SELECT expression` over *files*, the middle of a few times."""
    with duckdb.connect() as connection:
        return median(_once(connection, files, expression) for _ in range(times))


def _once(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], expression: str) -> float:
    before = time.process_time()
    connection.execute(
        f"SELECT {expression} FROM read_parquet(?)", [[str(file) for file in files]]
    ).fetchall()
    return time.process_time() - before


def size_of(folder: Path, pattern: str) -> int:
    """Return the bytes of the files below *folder* whose path has *pattern*."""
    found = (
        path for path in folder.rglob("*") if path.match(pattern) or path.parent.match(pattern)
    )
    return sum(path.stat().st_size for path in found if path.is_file())


def watched(work: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    """Return *work*, whose CPU seconds are added to what *spent* has under *name*."""

    def timed(*arguments: Any) -> Any:
        before = time.process_time()
        try:
            return work(*arguments)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - before

    return timed
