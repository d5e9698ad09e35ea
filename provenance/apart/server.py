"""The process that forks the others: it has one thread, reads no file and does no work."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import importlib
import os
import select
import signal
import socket
import sys
from typing import TYPE_CHECKING, NoReturn

from provenance.apart.messages import receive, send

if TYPE_CHECKING:
    from collections.abc import Sequence

FORK, IMPORT, OUTCOME = "fork", "import", "outcome"


def begin(control: socket.socket) -> NoReturn:
    """Serve in this process, which was forked from one with a single thread."""
    code = 1
    try:
        serve(control)
        code = 0
    finally:
        os._exit(code)  # never back into the stack of the process that was forked


def serve(control: socket.socket) -> None:
    """Fork a worker each time that is asked for, until who asks is gone; end them all then."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # they are for who asked
    _be_silent()
    gc.freeze()  # what is never looked at by a collector stays shared
    workers: set[int] = set()
    try:
        while True:
            select.select([control], [], [])
            _answer(control, workers)
    except (EOFError, OSError):
        pass
    finally:
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):  # what it took counts as this command's
                os.waitpid(worker, 0)


def _answer(control: socket.socket, workers: set[int]) -> None:
    """Do what one message asks."""
    match receive(control):
        case (str(kind), channel) if kind == FORK:
            workers.add(_forked(control, channel))
        case (str(kind), names) if kind == IMPORT:
            _import(names)
        case (str(kind), worker) if kind == OUTCOME:
            workers.discard(worker)
            send(control, _ended(worker))


def _ended(worker: int) -> int:
    """Wait for a worker's end and return its exit code, or minus its signal."""
    try:
        _, status = os.waitpid(worker, 0)
    except ChildProcessError:  # of a server before this one, which was killed
        return -signal.SIGKILL
    return os.waitstatus_to_exitcode(status)


def _forked(control: socket.socket, _: object) -> int:
    _, handles, _, _ = socket.recv_fds(control, 1, 1)
    worker = os.fork()
    if worker:
        os.close(handles[0])
        send(control, worker)
        return worker
    try:
        control.close()
        from provenance.apart.work import work_for

        work_for(socket.socket(fileno=handles[0]))
    finally:
        os._exit(0)


def _import(names: Sequence[str]) -> None:
    """Import what the work needs once, and not in each worker; what fails, fails there too."""
    for name in names:
        if name not in sys.modules:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def _be_silent() -> None:
    """Let nothing that a library prints when it dies reach the terminal."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    os.close(nowhere)
