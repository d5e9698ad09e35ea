"""A progress bar on standard error for work that may take more than two seconds."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


ItemT = TypeVar("ItemT")

_STRIDE = 500


class Advance(Protocol):
    """Tell the bar that *count* more things are done."""

    def __call__(self, count: int = 1) -> object: ...  # noqa: D102


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Advance]:
    """Show a bar while the block runs; nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda count=1: count
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Pace(TextColumn):
        """How many things a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")

    columns = (
        TextColumn(label), BarColumn(), MofNCompleteColumn(), Pace(""), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda count=1: bar.advance(task, count)


class Counting(Protocol):
    """Yield items and tell somebody how many of *total* there were."""

    def __call__(self, items: Iterable[ItemT], label: str, total: int) -> Iterator[ItemT]: ...  # noqa: D102


def counted(items: Iterable[ItemT], label: str, total: int) -> Iterator[ItemT]:
    """Yield *items* and move a bar along with them."""
    with progress(label, total) as advance:
        for number, item in enumerate(items, start=1):
            yield item
            if number % _STRIDE == 0:
                advance(_STRIDE)


class AdvanceOctets(Protocol):
    """Tell the bar that so many more octets are read, and so many records found."""

    def __call__(self, octets: int, records: int) -> object: ...  # noqa: D102


@contextmanager
def octet_progress(label: str, total: int) -> Iterator[AdvanceOctets]:
    """Show a bar of octets, with the pace of records; nothing without a terminal."""
    if not sys.stderr.isatty():
        yield lambda octets, records: (octets, records)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        Task,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )
    from rich.text import Text

    class Records(TextColumn):
        """How many records there were, and how many a second."""

        def render(self, task: Task) -> Text:
            pace = task.fields["records"] / task.elapsed if task.elapsed else 0
            return Text(f"{task.fields['records']:,} records, {pace:,.0f}/s")

    columns = (
        TextColumn(label), BarColumn(), DownloadColumn(), TransferSpeedColumn(), Records(""),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total, records=0)
        found = 0

        def advance(octets: int, records: int) -> None:
            nonlocal found
            found += records
            bar.update(task, advance=octets, records=found)

        yield advance
