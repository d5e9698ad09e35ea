"""What can go wrong, as a user reads it: place, fact, remedy.

ProvisorError            the message is for the user; never shown with a traceback
 ├─ UsageRefused        2  the call itself cannot be carried out
 ├─ InputRefused        3  a manifest, a list or another file cannot be used
 ├─ StoreError          4  the store or the disk failed
 ├─ EvidenceError       5  evidence is not what was recorded of it
 └─ Incomplete          6  stopped before the end; what was done is kept

Anything else that escapes is a defect of ours (70). Code 1 is kept for findings, so that neither a
defect nor an unfinished job looks like them.
"""

from __future__ import annotations

from typing import ClassVar


class ProvisorError(Exception):
    """A failure we can explain: where, what is the case, and what helps."""

    exit_code: ClassVar[int] = 70

    def __init__(self, place: str, fact: str, remedy: str = "") -> None:
        super().__init__(place, fact, remedy)
        self.place = place
        self.fact = fact
        self.remedy = remedy

    def __str__(self) -> str:
        said = f"{self.place}: {self.fact}"
        return f"{said}; {self.remedy}" if self.remedy else said


class UsageRefused(ProvisorError):
    """The call cannot be carried out as it was made."""

    exit_code = 2


class InputRefused(ProvisorError):
    """A file that was handed in cannot be used; nothing was changed."""

    exit_code = 3


class StoreError(ProvisorError):
    """The store or the disk below it cannot be used."""

    exit_code = 4


class EvidenceError(ProvisorError):
    """Octets kept as evidence are missing, or not those that were recorded."""

    exit_code = 5


class Incomplete(ProvisorError):
    """The work stopped before its end and can be resumed."""

    exit_code = 6
