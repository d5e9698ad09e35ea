"""Stopping when asked to: an audit that is interrupted says so, and is gone on with later."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASKING = (signal.SIGINT, signal.SIGTERM)


class Stopped(Exception):
    """Somebody asked this process to stop."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first SIGINT or SIGTERM into Stopped; the second ends the process as ever.

    Whatever fails because of the signal, a query that was broken off or an engine that ended its
    workers, is Stopped too.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals, and whoever runs us there sees to them
        return
    before = {number: signal.getsignal(number) for number in _ASKING}
    asked = False

    def stop(*_: object) -> None:
        nonlocal asked
        asked = True
        for number in _ASKING:
            signal.signal(number, signal.SIG_DFL)
        raise KeyboardInterrupt

    for number in _ASKING:
        signal.signal(number, stop)
    try:
        yield
    except BaseException as error:
        if asked or isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise Stopped from error
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
