"""A list as it would be taken: what each line gives, and what its author has to mend."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from blocklists.codes import explain, meaning, speaking
from blocklists.documents import ENCODINGS, encoding_of, text_in
from blocklists.keeping import refuse_unkept
from blocklists.reading import read_list
from blocklists.refusals import ListRefused, Refusal
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from blocklists.gathering import Checked

MOST_OCTETS = 2 * 1024**2
"""Of one list; about 80,000 names, which take two seconds to read."""
MOST_LINES = 100_000
_TOLD = 1000
"""Refused lines that are told of one list."""

_SUFFIXES = frozenset({".csv", ".tsv", ".jsonl"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not taken, or the whole list where `line` is 0."""

    line: int
    text: str
    code: str
    cause: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a list would give."""

    text: str
    """As it was read, with LF at the end of each line; empty: it could not be."""
    encoding: str
    format: str
    """Empty: it could not be told."""
    sha256: str
    """Of `text` in UTF-8: of what will be kept."""
    entries: int
    targets: int
    """Different ones."""
    refused: tuple[Line, ...]
    """The first thousand of them."""
    refused_count: int
    """All of them."""
    noted: tuple[tuple[str, int, str], ...]
    """What is only noted: code, how often, what it means."""

    @property
    def can_be_taken(self) -> bool:
        """Whether nothing of it has to be mended."""
        return not self.refused


def look(
    octets: bytes,
    *,
    file_name: str = "",
    format_name: str = "",
    encoding: str = "",
    language: str = "en",
    basis: str = "",
    now: datetime,
) -> Looked:
    """Read a list as it was handed over; nothing is kept.

    Args:
        octets: the file, or what was typed, in UTF-8.
        file_name: only its ending is looked at.
        format_name: one of `blocklists.formats.formats()`; empty: found by the lines' shape.
        encoding: one of `blocklists.documents.ENCODINGS`; empty: found out.
        language: `en` or `ja`, for causes and remedies.
        basis: what the lists of whoever hands it in rest on.
        now: aware.

    Raises:
        UsageRefused: there is no such format or encoding.
    """
    encoding = encoding or encoding_of(octets) or "utf-8"
    text = _text(octets, encoding)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    with speaking(language), written_list(octets, file_name) as path:
        if max(octets.count(b"\n"), octets.count(b"\r")) > MOST_LINES:
            said = explain("F_TOO_LARGE", f"{MOST_LINES:,} lines")
            line = Line(0, "", "F_TOO_LARGE", said.cause, said.remedy)
            return Looked(text, encoding, "", digest, 0, 0, (line,), 1, ())
        try:
            checked = read_list(path, format_name=format_name or None, encoding=encoding, now=now)
            refuse_unkept(checked, basis)
        except ListRefused as refused:
            code, _, cause = refused.fact.partition(": ")
            whole = Line(0, "", code, cause, refused.remedy)
            lines = (whole, *(_line(one) for one in refused.refusals[: _TOLD - 1]))
            count = 1 + len(refused.refusals)
            return Looked(text, encoding, "", digest, 0, 0, lines, count, ())
        return Looked(
            text=text,
            encoding=encoding,
            format=checked.format,
            sha256=digest,
            entries=len(checked.entries) + len(checked.digests),
            targets=checked.targets,
            refused=tuple(_line(one) for one in checked.refusals[:_TOLD]),
            refused_count=len(checked.refusals),
            noted=_noted(checked),
        )


@contextmanager
def written_list(octets: bytes, file_name: str = "") -> Iterator[Path]:
    """A list in a file of its own while the block runs: under a name of ours, never of theirs."""
    ending = Path(file_name.replace("\0", "")).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="provisor-") as folder:
        path = Path(folder) / f"list{ending if ending in _SUFFIXES else '.txt'}"
        path.write_bytes(octets)
        yield path


def _line(one: Refusal) -> Line:
    said = explain(one.code, one.what)
    return Line(one.line, show(one.text, 200), one.code, said.cause, said.remedy)


def _noted(checked: Checked) -> tuple[tuple[str, int, str], ...]:
    counts = Counter(code for entry in checked.entries for code in entry.warnings)
    return tuple((code, count, meaning(code)) for code, count in sorted(counts.items()))


def _text(octets: bytes, encoding: str) -> str:
    text = (text_in(octets, encoding) if encoding in ENCODINGS else None) or ""
    return text.replace("\r\n", "\n").replace("\r", "\n")
