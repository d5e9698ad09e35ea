"""What a worker does: one piece of work after the other, each within its limits."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import tempfile
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provenance.apart.limits import Limits, impose
from provenance.apart.messages import receive, send

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Order:
    """A function of a module, what it is given, and where it stands while it works."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    limits: Limits
    folder: str
    environment: dict[str, str]
    temporary: str | None
    """`tempfile.tempdir`."""


@dataclass(frozen=True, slots=True)
class Result:
    """What an order came to."""

    value: Any = None
    error: BaseException | None = None


def work_for(channel: socket.socket) -> None:
    """Do every order that comes, until who gives them is gone."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # SIGINT is for who gives the orders
    while True:
        try:
            order = receive(channel)
        except EOFError:
            return
        except KeyboardInterrupt:
            continue  # there is nothing to break off
        except BaseException as error:  # noqa: BLE001 (what cannot be unpickled is told, too)
            _reply(channel, Result(error=error))
            continue
        _reply(channel, _done(order))


def _done(order: Order) -> Result:
    try:
        os.chdir(order.folder)
        os.environ.clear()
        os.environ.update(order.environment)
        tempfile.tempdir = order.temporary
        impose(order.limits)
        return Result(order.function(*order.arguments))
    except BaseException as error:  # noqa: BLE001 (it is raised where the order came from)
        error.add_note("".join(traceback.format_exception(error)))
        return Result(error=error)


def _reply(channel: socket.socket, result: Result) -> None:
    try:
        pickle.loads(pickle.dumps(result))  # noqa: S301 (some can be written and not read)
    except BaseException as error:  # noqa: BLE001
        fact = f"{type(result.error or result.value).__name__} cannot travel: {error}"
        result = Result(error=RuntimeError(fact))
    with contextlib.suppress(OSError):
        send(channel, result)
