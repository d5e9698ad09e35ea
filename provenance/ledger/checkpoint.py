"""A checkpoint as text: what a ledger came to, to be kept where its owner cannot change it.

C2SP tlog-checkpoint: three lines, the name of the log, its size in decimal and its root in base64.
Signatures follow after an empty line, as in C2SP signed-note.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from provenance.errors import InputRefused

_BODY = re.compile(r"(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{0,17})\n(?P<root>[A-Za-z0-9+/=]+)\n")
_LONGEST = 100_000
_REMEDY = "name the file of `provisor store checkpoint`, or a report"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger of one store at one time."""

    origin: str
    size: int
    """Leaves."""
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str, place: str) -> tuple[Checkpoint, tuple[str, ...]]:
    """Return the checkpoint that *text* is, and its signature lines.

    Raises:
        InputRefused: it is none, to the octet.
    """
    body, parted, signatures = text.partition("\n\n")
    found = _BODY.fullmatch(body + "\n" if parted else body) if len(text) < _LONGEST else None
    if not found or not found["origin"].isprintable() or found["origin"] != found["origin"].strip():
        raise InputRefused(place, "not a valid checkpoint", _REMEDY)
    try:
        root = base64.b64decode(found["root"], validate=True)
    except binascii.Error:
        root = b""
    if len(root) != 32 or base64.b64encode(root).decode() != found["root"]:
        raise InputRefused(place, "not a valid checkpoint: its root is no SHA-256", _REMEDY)
    lines = signatures.split("\n")[:-1] if parted else []
    if parted and (not lines or not signatures.endswith("\n")):
        raise InputRefused(place, "not a valid checkpoint: no signature follows", _REMEDY)
    if any(not line.startswith("\u2014 ") for line in lines):
        raise InputRefused(place, "not a valid checkpoint: a line is no signature", _REMEDY)
    return Checkpoint(found["origin"], int(found["size"]), root), tuple(lines)
