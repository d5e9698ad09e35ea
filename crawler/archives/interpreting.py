"""What archived bodies say, worked out beside the reading: each distinct one once.

Reading a robots.txt takes ten times as long as finding it in a file, so it is done in worker
processes where there is enough to do, and only for bodies that were not seen before.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.apart.limits import UNLIMITED, Limits, impose
from provenance.bulk import compiled_tables
from provenance.errors import Incomplete
from provenance.recording import robots_rows
from provenance.records import Capture, Outcome, Probe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from provenance.records import Signal

ResultT = TypeVar("ResultT")
Verdict = tuple[Outcome, str]

_WORTH_A_PROCESS = 300
"""Bodies: fewer are read here, before a worker has even started."""
_MEMORY = 2_000_000_000
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class Bodies(NamedTuple):
    """What robots bodies, answered with 200, amount to."""

    verdicts: dict[str, Verdict]
    compiled: dict[str, Any]
    """Rows of those that are parsed, by table (`provenance.bulk.compiled_tables`)."""
    cpu_s: float
    """What it took."""


def read_bodies(bodies: Sequence[tuple[str, bytes]]) -> Bodies:
    """Return what each of *bodies*, by its SHA-256, amounts to as a robots.txt."""
    from time import process_time

    begun = process_time()
    verdicts: dict[str, Verdict] = {}

    def parsed() -> Iterator[dict[str, list[tuple[Any, ...]]]]:
        for digest, body in bodies:
            verdicts[digest] = classify(_robots(200, body, ""))
            if verdicts[digest][0] is Outcome.PARSED:  # then it was read a moment ago
                yield robots_rows(digest, read_robots(body), lowercased=False)

    compiled = compiled_tables(parsed())
    return Bodies(verdicts, compiled, process_time() - begun)


def read_pages(pages: Sequence[Capture]) -> list[tuple[Signal, ...]]:
    """Return what each of *pages* says."""
    from crawler.pages import page_signals

    return [page_signals(page) for page in pages]


@lru_cache(maxsize=4096)
def verdict_without_rules(status: int | None, error: str) -> Verdict:
    """Return what an answer amounts to on which no rules are read: an error, or not 2xx."""
    return classify(_robots(status, b"", error))


def _robots(status: int | None, body: bytes, error: str) -> Capture:
    return Capture(
        url="https://archive.invalid/robots.txt",
        host="archive.invalid",
        path="/robots.txt",
        probe=Probe.ROBOTS,
        captured_at=_ANY_TIME,
        method="import",
        status=status,
        body=body,
        error=error,
    )


@dataclass(slots=True)
class Workers:
    """Processes that read bodies; none is started before there is enough to do."""

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    _pool: ProcessPoolExecutor | None = None

    def do(
        self, work: Callable[[Any], ResultT], items: Sequence[Any], *, chunk: int
    ) -> list[Future[ResultT]]:
        """Begin *work* on *items*, so many at a time, and return what will come of it."""
        if self._pool is None and len(items) >= _WORTH_A_PROCESS and self.jobs > 0:
            context = get_context("spawn")  # a fork would copy the threads of DuckDB
            self._pool = ProcessPoolExecutor(self.jobs, context, initializer=_within_bounds)
        parts = [items[at : at + chunk] for at in range(0, len(items), chunk)]
        if self._pool is None:
            return [_done(work(part)) for part in parts]
        return [self._pool.submit(work, part) for part in parts]

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)


def result(future: Future[ResultT]) -> ResultT:
    """Return what *future* came to.

    Raises:
        Incomplete: a worker was killed.
    """
    try:
        return future.result()
    except BrokenProcessPool as error:
        fact = "a worker process ended before its work was done; it may have been out of memory"
        raise Incomplete("import", fact, "import again, with fewer --jobs") from error


def _done(value: ResultT) -> Future[ResultT]:
    future: Future[ResultT] = Future()
    future.set_result(value)
    return future


def _within_bounds() -> None:
    """Take no more than a reader may, and leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    impose(Limits(_MEMORY, UNLIMITED.cpu_s))
