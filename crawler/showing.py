"""How far a crawl is: a bar on a terminal, else a line every ten seconds."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from provenance.many import many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Task
    from rich.text import Text

    from crawler.spider import Crawl

_SAY_EVERY_S = 10.0


@contextmanager
def shown(work: Crawl, *, hosts: int, done: int, say: Callable[[str], None]) -> Iterator[None]:
    """Show how far *work* is, of *hosts* of which *done* were visited before."""
    over = threading.Event()
    how = _bar if sys.stderr.isatty() else _lines
    thread = threading.Thread(target=how, args=(work, hosts, done, say, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _lines(
    work: Crawl, hosts: int, done: int, say: Callable[[str], None], over: threading.Event
) -> None:
    began = time.monotonic()
    while not over.wait(_SAY_EVERY_S):
        visited = sum(work.endings.values())
        pace = visited / (time.monotonic() - began)
        left = hosts - done - visited
        ready = f", about {_span(left / pace)} left" if pace else ""
        say(f"{done + visited:,} of {many(hosts, 'host')}, {pace:,.1f}/s{ready}; {_counted(work)}")


def _bar(
    work: Crawl, hosts: int, done: int, _: Callable[[str], None], over: threading.Event
) -> None:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Pace(TextColumn):
        """Hosts a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.1f}/s" if task.speed else "", style="progress.data.speed")

    counts = TextColumn("{task.fields[counts]}")
    columns = ("hosts", BarColumn(), MofNCompleteColumn(), Pace(""), TimeRemainingColumn(), counts)
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("crawl", total=hosts, completed=done, counts="")
        while True:
            ended = over.wait(0.2)
            visited = done + sum(work.endings.values())
            progress.update(task, completed=visited, counts=_counted(work))
            if ended:
                return


def _counted(work: Crawl) -> str:
    refused = work.endings["refused"] + work.endings["gated"]
    return f"{refused:,} refused, {many(work.failed, 'request')} failed"


def _span(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"
