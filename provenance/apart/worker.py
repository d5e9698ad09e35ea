"""Have work done apart.

with worker() as apart:
    columns = apart.do(find_columns, path, limits=Limits(memory=2 * GIB, cpu_s=60))
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.apart.messages import receive, send
from provenance.apart.server import FORK, IMPORT, OUTCOME, begin
from provenance.apart.work import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.apart.limits import Limits

_TO_END_S = 10.0
_THREADS = Path("/proc/self/task")
_START = (
    "import json, socket, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from provenance.apart.server import serve; serve(socket.socket(fileno=int(sys.argv[2])))"
)


class Ended(Exception):
    """A worker ended before its work was done: for its memory, its time, or a crash."""


class _Server:
    """The process that forks the workers of this one; it is started when the first is wanted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._of = 0
        self._wait: Callable[[], object] = int

    def fork(self) -> tuple[socket.socket, int]:
        """Return the channel and the number of a new worker."""
        with self._lock:
            try:
                return self._forked()
            except (EOFError, OSError):  # somebody ended the server: it holds nothing, so anew
                self.end()
                return self._forked()

    def _forked(self) -> tuple[socket.socket, int]:
        control = self._ready()  # first: a server forked later would hold both ends of the pair
        ours, theirs = socket.socketpair()
        with theirs:
            send(control, (FORK, None))
            socket.send_fds(control, [b"."], [theirs.fileno()])
        try:
            return ours, receive(control)
        except EOFError:
            ours.close()
            raise

    def outcome(self, worker: int) -> int:
        """Return the exit code of a worker that ended, or minus its signal."""
        with self._lock:
            assert self._control is not None  # noqa: S101 (it forked the worker)
            send(self._control, (OUTCOME, worker))
            code: int = receive(self._control)
            return code

    def load(self, module: str) -> None:
        """Have *module* imported once for all workers to come."""
        with self._lock:
            send(self._ready(), (IMPORT, [module]))

    def end(self) -> None:
        """End it with all of its workers."""
        if self._control is not None and self._of == os.getpid():
            self._control.close()
            self._control = None
            self._wait()

    def _ready(self) -> socket.socket:
        if self._control is None or self._of != os.getpid():  # a fork has no server of its own yet
            self._control, self._wait = _started()
            self._of = os.getpid()
            atexit.unregister(self.end)
            atexit.register(self.end)
        return self._control


def _started() -> tuple[socket.socket, Callable[[], object]]:
    """Start the server: a fork of this process where that is safe, else a process anew."""
    ours, theirs = socket.socketpair()
    with theirs:
        if len(list(_THREADS.iterdir())) == 1:
            sys.stdout.flush()
            sys.stderr.flush()
            number = os.fork()
            if not number:
                ours.close()
                begin(theirs)
            return ours, lambda: os.waitpid(number, 0)
        command = [sys.executable, "-P", "-c", _START, json.dumps(sys.path), str(theirs.fileno())]
        started = subprocess.Popen(  # noqa: S603 (ours)
            command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
        return ours, started.wait


_SERVER = _Server()


class Worker:
    """A process that does what it is told, within limits."""

    def __init__(self) -> None:
        self._channel, self._number = _SERVER.fork()
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
        order = Order(
            function, arguments, limits, str(Path.cwd()), dict(os.environ), tempfile.tempdir
        )
        self._channel.settimeout(limits.wall_s)
        self._busy = True
        try:
            send(self._channel, order)
            result = receive(self._channel)
        except TimeoutError:
            os.kill(self._number, signal.SIGKILL)
            raise Ended(f"it took more than {limits.wall_s:,.0f} s") from None
        except (EOFError, OSError):
            raise Ended(_why(self._reaped(), limits)) from None
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
        return _SERVER.outcome(number)


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
    one = _waiting() or Worker()
    try:
        return one.do(function, *arguments, limits=limits)
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


def load(module: str) -> None:
    """Have *module* imported once for all workers to come."""
    _SERVER.load(module)
