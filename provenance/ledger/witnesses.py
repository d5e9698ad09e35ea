"""Reading checkpoints that were kept outside the store: files of their own, and reports."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from provenance.errors import InputRefused
from provenance.ledger.checkpoint import Checkpoint, parse_checkpoint
from provenance.ledger.verifying import Witness

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 64 * 1024 * 1024
_PARQUET = b"PAR1"
# In HTML and text its lines stand as they are, in JSON as one string.
_WITHIN = re.compile(
    r"(?P<origin>provisor/[0-9a-f]{16})(?:\n|\\n)(?P<size>0|[1-9][0-9]{0,17})(?:\n|\\n)"
    r"(?P<root>[A-Za-z0-9+/]{43}=)(?:\n|\\n)"
)


def witness_of(file: Path) -> Witness:
    """Return the checkpoint in *file*, which holds nothing else but signatures.

    Raises:
        InputRefused: it is none.
    """
    text = _text(file)
    checkpoint, _ = parse_checkpoint(text, str(file))
    return Witness(str(file), checkpoint, text)


def witnesses_of(report: Path) -> tuple[Witness, ...]:
    """Return the checkpoints that *report* carries: HTML, JSON, text or Parquet.

    Raises:
        InputRefused: there is none in it.
    """
    found = {
        Checkpoint(one["origin"], int(one["size"]), base64.b64decode(one["root"]))
        for one in _WITHIN.finditer(_text(report))
    }
    if not found:
        raise InputRefused(str(report), "no checkpoint in it", "name a report of an audit")
    return tuple(Witness(str(report), one) for one in sorted(found, key=lambda one: one.size))


def _text(file: Path) -> str:
    if not file.is_file():  # a device or a pipe may never end
        raise InputRefused(str(file), "not a file", "name a checkpoint or a report")
    try:
        with file.open("rb") as opened:
            octets = opened.read(_LARGEST + 1)
    except OSError as error:
        raise InputRefused(str(file), error.strerror or "cannot be read", "name a file") from error
    if len(octets) > _LARGEST:
        raise InputRefused(str(file), "over 64 MiB", "name a checkpoint or a report")
    if octets.startswith(_PARQUET):
        return octets.decode("latin-1")  # what is said of the whole stands in it as it is
    try:
        return octets.decode()
    except UnicodeDecodeError as error:
        raise InputRefused(str(file), "not UTF-8 text", "name a checkpoint or a report") from error
