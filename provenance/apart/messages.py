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


def send(channel: socket.socket, message: Any) -> None:
    """Send *message*; OSError: nobody is there."""
    octets = pickle.dumps(message)
    channel.sendall(_LENGTH.pack(len(octets)) + octets)


def receive(
    channel: socket.socket, *, most: int = _ANY, load: Callable[[bytes], Any] = pickle.loads
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


def _exactly(channel: socket.socket, count: int) -> bytes:
    found = bytearray()
    while len(found) < count:
        try:
            octets = channel.recv(min(count - len(found), 1024 * 1024))
        except ConnectionError:
            octets = b""
        if not octets:
            raise EOFError
        found += octets
    return bytes(found)
