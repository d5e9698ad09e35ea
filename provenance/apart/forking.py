"""The process from which workers are forked, as the one that wants them sees it."""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.apart.messages import receive, send
from provenance.apart.server import FORK, IMPORT, OUTCOME, begin

if TYPE_CHECKING:
    from collections.abc import Callable

_THREADS = Path("/proc/self/task")
_START = (
    "import json, socket, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from provenance.apart.server import serve; serve(socket.socket(fileno=int(sys.argv[2])))"
)


class Server:
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
        try:
            with theirs:
                send(control, (FORK, None))
                socket.send_fds(control, [b"."], [theirs.fileno()])
            return ours, receive(control)
        except BaseException:
            ours.close()
            raise

    def outcome(self, worker: int) -> int:
        """Return the exit code of a worker that ended, or minus its signal."""
        with self._lock:
            if self._control is None:
                return -signal.SIGKILL
            try:
                send(self._control, (OUTCOME, worker))
                code: int = receive(self._control)
            except (EOFError, OSError):  # somebody ended the server, and nobody knows
                return -signal.SIGKILL
            return code

    def start(self) -> None:
        """Start it now."""
        with self._lock:
            self._ready()

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


SERVER = Server()
