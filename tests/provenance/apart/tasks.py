"""What the tests have done apart: each a way in which reading a hostile file can end."""

from __future__ import annotations

import ctypes
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def about() -> tuple[int, str, str | None, str | None]:
    return os.getpid(), str(Path.cwd()), os.environ.get("MARK"), tempfile.tempdir


def takes(octets: int) -> int:
    return len(bytearray(octets))


def runs_on() -> None:
    while True:
        pass


def crashes() -> None:
    ctypes.string_at(0)


def waits(mark: Path) -> None:
    mark.write_text("began")
    try:
        time.sleep(600)
    finally:
        mark.write_text("tidied up")


def refuses() -> None:
    raise InputRefused("a.parquet", "torn", "copy it again")


def cannot_travel() -> object:
    return lambda: None


def hangs(_: object, *__: object) -> None:
    runs_on()


def eats(_: object, *__: object) -> None:
    takes(50_000_000_000)


def dies(_: object, *__: object) -> None:
    crashes()


class Acting:
    """What calls something where it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("acted",)


def acts(tell: Callable[[object], None], *_: object) -> None:
    tell(Acting())


def answers_by_acting() -> object:
    return Acting()


def counts(tell: Callable[[int], None], to: int) -> None:
    for number in range(to):
        tell(number)


def counts_and_dies(tell: Callable[[int], None], to: int) -> None:
    counts(tell, to)
    crashes()


def yields(to: int) -> Iterator[int]:
    yield from range(to)


def writes(path: Path) -> str:
    try:
        path.write_text("x")
    except OSError as error:
        return os.strerror(error.errno or 0)
    return "written"


def tells_who_it_is(tell: Callable[[object], None], *_: object) -> None:
    tell(("refused", f"process {os.getpid()}"))


HARM = ((hangs, "it took more than 1 s of CPU"), (eats, "it took more than {} MB of memory"),
        (dies, "what reads it crashed (SIGSEGV)"),
        (acts, "what reads it handed back what is no answer"))  # fmt: skip
"""Ways to end, and what is said of each."""
