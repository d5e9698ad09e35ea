"""A list as a form brings it: a file, or text, with the lines that were mended one by one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from portal.looking import MOST_OCTETS
from provenance.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Brought:
    """What a form brought."""

    octets: bytes
    file_name: str
    encoding: str
    """Empty: to be found out."""


async def brought(form: Any) -> Brought:
    """Return the list of *form*: its file, or its text with the fields `fix-N` and `drop-N`.

    Raises:
        InputRefused: it is too large.
    """
    file = form.get("file")
    if file is not None and not isinstance(file, str) and file.filename:
        octets = await file.read(MOST_OCTETS + 1)
        _refuse_large(octets)
        return Brought(octets, file.filename, _text(form, "encoding"))
    text = _lf(_text(form, "text"))
    # Where the whole text was changed as well, numbers of lines mean nothing any more.
    if hashlib.sha256(text.encode()).hexdigest() == _text(form, "was"):
        text = mended(text, dict(form.items()))
    octets = text.encode()
    _refuse_large(octets)
    return Brought(octets, _text(form, "file_name"), "utf-8")


def mended(text: str, fields: dict[str, Any]) -> str:
    """Return *text* with line N as `fix-N` says, and without it where there is a `drop-N`."""
    lines = text.split("\n")
    kept = []
    for number, line in enumerate(lines, 1):
        if f"drop-{number}" in fields:
            continue
        said = fields.get(f"fix-{number}", line)
        kept.append(_lf(said) if isinstance(said, str) else line)
    return "\n".join(kept)


def lines_at(text: str, numbers: set[int]) -> dict[int, str]:
    """Return the lines of *text* with these numbers, from 1."""
    return {n: line for n, line in enumerate(text.split("\n"), 1) if n in numbers}


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(form: Any, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _refuse_large(octets: bytes) -> None:
    if len(octets) > MOST_OCTETS:
        fact = f"larger than {MOST_OCTETS:,} octets"
        raise InputRefused("list", fact, "hand it in as several lists")
