"""A part of a file, read from its beginning to its end, with a digest of what went by."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from hashlib import _Hash

_CHUNK = 1024 * 1024


class Octets:
    """A window of a file that moves forward; offsets are those of the file.

    Only what is not yet taken is held, in pieces of a megabyte.
    """

    def __init__(self, file: BinaryIO, begin: int, end: int) -> None:
        self.offset = begin
        """Of the next octet that is taken."""
        self.end = end
        self.read = begin
        """Up to where the file was read."""
        self.reread = 0
        """How many octets were read a second time."""
        self._file = file
        self._digested = begin
        self._held = b""
        self._at = 0
        self._digest: _Hash = hashlib.sha256()
        file.seek(begin)

    def peek(self, size: int) -> bytes:
        """Return up to *size* octets without taking them; fewer only at the end."""
        while len(self._held) - self._at < size and self._more():
            pass
        return self._held[self._at : self._at + size]

    def some(self, size: int) -> memoryview:
        """Return up to *size* octets that are at hand, without taking them; none at the end."""
        if self._at >= len(self._held):
            self._more()
        return memoryview(self._held)[self._at : self._at + size]

    def take(self, size: int) -> bytes:
        """Take *size* octets, or what there is."""
        taken = self.peek(size)
        self._at += len(taken)
        self.offset += len(taken)
        return taken

    def at_hand(self) -> tuple[bytes, int]:
        """Return what is held, and where in it the next octet stands."""
        return self._held, self._at

    def past(self, size: int) -> None:
        """Go *size* octets forward, all of which are at hand."""
        self._at += size
        self.offset += size

    def skip(self, size: int) -> int:
        """Go *size* octets forward and return how many there were."""
        skipped = 0
        while skipped < size and (at_hand := len(self.some(size - skipped))):
            self._at += at_hand
            self.offset += at_hand
            skipped += at_hand
        return skipped

    def find(self, mark: bytes) -> bool:
        """Go forward to the next *mark*; False: there is none, and the end is reached."""
        while True:
            found = self._held.find(mark, self._at)
            if found >= 0:
                self.offset += found - self._at
                self._at = found
                return True
            self.skip(max(0, len(self._held) - self._at - len(mark) + 1))
            if not self._more():
                self.skip(len(mark))
                return False

    def back(self, offset: int) -> None:
        """Go back to *offset*; what follows is read again."""
        self._file.seek(offset)
        self._held, self._at = b"", 0
        self.offset = self.read = offset

    def digest(self) -> str:
        """Return the SHA-256 of all that was read; the whole window once its end is reached."""
        return self._digest.hexdigest()

    def _more(self) -> bool:
        piece = self._file.read(min(_CHUNK, self.end - self.read))
        self.read += len(piece)
        fresh = max(0, self.read - self._digested)
        self._digest.update(piece[len(piece) - fresh :] if fresh < len(piece) else piece)
        self._digested = max(self._digested, self.read)
        self.reread += len(piece) - fresh
        self._held = self._held[self._at :] + piece
        self._at = 0
        return bool(piece)
