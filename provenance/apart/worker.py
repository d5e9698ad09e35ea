"""Have work done apart.

with worker() as apart:
    columns = apart.do(find_columns, path, limits=Limits(memory=2 * GIB, cpu_s=60))
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import tempfile
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.apart.forking import SERVER
from provenance.apart.messages import receive, send
from provenance.apart.nouns import Unfit
from provenance.apart.nouns import load as load_nouns
from provenance.apart.work import Order, Piece, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provenance.apart.limits import Limits

_TO_END_S = 10.0
_NO_ANSWER = "what reads it handed back what is no answer"


class Ended(Exception):
    """A worker ended before its work was done: for its memory, its time, or a crash."""


class Worker:
    """A process that does what it is told, within limits."""

    def __init__(self) -> None:
        self._channel, self._number = SERVER.fork()
        self._of = os.getpid()
        self._busy = False

    @property
    def waits(self) -> bool:
        """Whether it can be given an order by this process."""
        return not self._busy and self._number > 0 and self._of == os.getpid()

    def do(self, function: Callable[..., Any], *arguments: Any, limits: Limits) -> Any:
        """Return what *function*, one of a module, returns there; what it raises is raised here.

        Raises:
            Ended: the worker took more than *limits*, or crashed; it is no more.
        """
        self._begin(function, arguments, limits)
        return self._settled(self._received(limits), limits)

    def pieces(
        self, function: Callable[..., Any], *arguments: Any, limits: Limits
    ) -> Iterator[Any]:
        """Yield what *function* hands over there, a piece at a time, by its first argument.

        What it raises is raised here, after the pieces before. A piece waits until it is taken, so
        that neither side holds more than one or two.

        Raises:
            Ended: as `do`.
        """
        self._begin(function, arguments, limits, in_pieces=True)
        while isinstance(message := self._received(limits), Piece):
            yield message.value
        self._settled(message, limits)

    def _begin(
        self,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        limits: Limits,
        *,
        in_pieces: bool = False,
    ) -> None:
        order = Order(
            function, arguments, limits, str(Path.cwd()), dict(os.environ), tempfile.tempdir,
            in_pieces,
        )  # fmt: skip
        self._channel.settimeout(limits.wall_s)
        self._busy = True
        try:
            send(self._channel, order)
        except OSError:
            raise Ended(_why(self._reaped(), limits)) from None

    def _received(self, limits: Limits) -> Any:
        """Return the next message; what is none ends the worker."""
        try:
            return receive(self._channel, most=limits.memory, load=load_nouns)
        except TimeoutError:
            os.kill(self._number, signal.SIGKILL)
            raise Ended(f"it took more than {limits.wall_s:,.0f} s") from None
        except Unfit:
            os.kill(self._number, signal.SIGKILL)
            raise Ended(_NO_ANSWER) from None
        except (EOFError, OSError):
            raise Ended(_why(self._reaped(), limits)) from None

    def _settled(self, result: Any, limits: Limits) -> Any:
        """Return what the order came to, or raise it; the worker can be given the next one."""
        if not isinstance(result, Result):
            raise Ended(_NO_ANSWER)
        self._busy = False
        if isinstance(result.error, MemoryError):
            raise Ended(f"it took more than {limits.memory // 1_000_000:,} MB of memory")
        if result.error is not None:
            raise result.error
        return result.value

    def end(self) -> None:
        """Break off what it does, let it tidy up, and end it."""
        if not self._number:
            return
        with contextlib.suppress(OSError, EOFError):
            self._channel.settimeout(_TO_END_S)
            self._channel.shutdown(socket.SHUT_WR)
            os.kill(self._number, signal.SIGTERM)
            while self._channel.recv(65536):
                pass
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGKILL)
        with contextlib.suppress(OSError, EOFError):
            self._reaped()

    def _reaped(self) -> int:
        """Return how it ended; from then on its number may be another's."""
        number, self._number = self._number, 0
        self._channel.close()
        return SERVER.outcome(number)


def _why(code: int, limits: Limits) -> str:
    if code == -signal.SIGXCPU:
        return f"it took more than {limits.cpu_s:,} s of CPU"
    if code == -signal.SIGKILL:
        return "the system ended it: it may have been out of memory"
    name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"what reads it crashed ({name})"


@contextmanager
def worker() -> Iterator[Worker]:
    """Give a worker, and end it."""
    one = Worker()
    try:
        yield one
    finally:
        one.end()


_WAITING: list[Worker] = []


def aside(function: Callable[..., Any], *arguments: Any, limits: Limits) -> Any:
    """Have one piece of work done by a worker that waits for such, as `Worker.do`."""
    with _one() as one:
        return one.do(function, *arguments, limits=limits)


def aside_in_pieces(function: Callable[..., Any], *arguments: Any, limits: Limits) -> Iterator[Any]:
    """Have one piece of work done by a worker that waits for such, as `Worker.pieces`."""
    with _one() as one:
        yield from one.pieces(function, *arguments, limits=limits)


@contextmanager
def _one() -> Iterator[Worker]:
    """Give a worker that waits, or a new one; it waits again after it, or is ended."""
    one = _waiting() or Worker()
    try:
        yield one
    finally:
        if one.waits:
            _WAITING.append(one)
        else:
            one.end()


def _waiting() -> Worker | None:
    with contextlib.suppress(IndexError):
        while True:
            one = _WAITING.pop()
            if one.waits:
                return one
    return None


def begin_early() -> None:
    """Start what forks workers while this process has one thread, as before it imports pyarrow.

    Then that is a fork of this process, which costs milliseconds, and has all that is imported.
    """
    SERVER.start()


def load(module: str) -> None:
    """Have *module* imported once for all workers to come."""
    SERVER.load(module)


def each_aside(
    read: Callable[..., Iterable[Any]], *arguments: Any, limits: Limits, at_once: int
) -> Iterator[Any]:
    """Yield what *read*, a generator of a module, yields in a worker, as `aside_in_pieces`.

    Args:
        read: the generator.
        arguments: what it is given.
        limits: of its worker; one message has at most `limits.memory` octets.
        at_once: how many things go into one message.
    """
    for batch in aside_in_pieces(_batches, read, arguments, at_once, limits=limits):
        yield from batch


def _batches(
    tell: Callable[[list[Any]], None],
    read: Callable[..., Iterable[Any]],
    arguments: tuple[Any, ...],
    at_once: int,
) -> None:
    rest = iter(read(*arguments))
    while batch := list(islice(rest, at_once)):
        tell(batch)
