"""What passes between two of our processes: a pickle, after its length."""

from __future__ import annotations

import pickle
import struct
from typing import TYPE_CHECKING, Any

from provenance.apart.nouns import Unfit

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

_LENGTH = struct.Struct("!Q")
_ANY = 1 << 60
_STEP = 16 * 1024 * 1024


def send(channel: socket.socket, message: Any) -> None:
    """Send *message*; OSError: nobody is there."""
    octets = pickle.dumps(message)
    channel.sendall(_LENGTH.pack(len(octets)))
    channel.sendall(octets)


def receive(
    channel: socket.socket,
    *,
    most: int = _ANY,
    load: Callable[[bytes | bytearray], Any] = pickle.loads,
) -> Any:
    """Return the next message, read by *load*.

    Raises:
        EOFError: there is none, for the other side ended.
        Unfit: it has more than *most* octets.
    """
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    if length > most:
        raise Unfit(f"{length:,} octets at once")
    return load(_exactly(channel, length))


def _exactly(channel: socket.socket, count: int) -> bytearray:
    found = bytearray(min(count, _STEP))  # and no more, whatever length was announced
    at = 0
    while at < count:
        if at == len(found):
            found += bytes(min(count - at, _STEP))
        try:
            more = channel.recv_into(memoryview(found)[at:])
        except ConnectionError:
            more = 0
        if not more:
            raise EOFError
        at += more
    return found
