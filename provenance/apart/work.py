"""What a worker does: one piece of work after the other, each within its limits."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import tempfile
import traceback
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from provenance.apart.limits import Limits, impose
from provenance.apart.messages import receive, send
from provenance.apart.nouns import load

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
    in_pieces: bool = False
    """The function is given, first, what hands over a piece at a time."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what an order comes to, handed over while the work goes on."""

    value: Any


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
        _reply(channel, _done(order, channel))


def _done(order: Order, channel: socket.socket) -> Result:
    first = (partial(_hand_over, channel),) if order.in_pieces else ()
    try:
        os.chdir(order.folder)
        os.environ.clear()
        os.environ.update(order.environment)
        tempfile.tempdir = order.temporary
        impose(order.limits)
        return Result(order.function(*first, *order.arguments))
    except BaseException as error:  # noqa: BLE001 (it is raised where the order came from)
        error.add_note("".join(traceback.format_exception(error)))
        return Result(error=error)


def _hand_over(channel: socket.socket, value: Any) -> None:
    send(channel, Piece(value))


def _reply(channel: socket.socket, result: Result) -> None:
    try:
        load(pickle.dumps(result))  # some can be written and not read
    except BaseException as error:  # noqa: BLE001
        fact = f"{type(result.error or result.value).__name__} cannot travel: {error}"
        result = Result(error=RuntimeError(fact))
    with contextlib.suppress(OSError):
        send(channel, result)
