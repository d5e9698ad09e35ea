"""What passes between two of our processes: a pickle, after its length."""

from __future__ import annotations

import pickle
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

_LENGTH = struct.Struct("!Q")


def send(channel: socket.socket, message: Any) -> None:
    """Send *message*; OSError: nobody is there."""
    octets = pickle.dumps(message)
    channel.sendall(_LENGTH.pack(len(octets)) + octets)


def receive(channel: socket.socket) -> Any:
    """Return the next message; EOFError: there is none, for the other side ended."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    return pickle.loads(_exactly(channel, length))  # noqa: S301 (from a process of ours)


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
