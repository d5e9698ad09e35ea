"""Reading a list without keeping anything: every entry it would give, every line it would lose."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blocklists.detection import detect
from blocklists.documents import Document, read_document
from blocklists.formats import Candidate, Skip
from blocklists.packages import Declared, read_package
from blocklists.refusals import ListRefused, Refusal
from blocklists.vetting import Entry, vet
from provenance.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

_FEW = 20  # a short list may well be half wrong


@dataclass(frozen=True, slots=True)
class Checked:
    """A list, read: what it would give and what it would lose."""

    place: str
    """The path as the user named it."""
    sha256: str
    """Of the file; of manifest.json for a package."""
    format: str
    share: float
    """The part of the first 200 lines that look like this format, 0 to 1."""
    entries: tuple[Entry, ...]
    refusals: tuple[Refusal, ...]
    skipped: dict[str, int]
    """Lines that list nothing, by reason."""
    declared: Declared | None = None
    """What the manifest of a package says."""

    @property
    def targets(self) -> int:
        """How many different targets the entries name."""
        return len({entry.target.entry_id for entry in self.entries})


def check(
    path: Path, *, format_name: str | None = None, encoding: str = "utf-8", now: datetime
) -> Checked:
    """Read the list at *path*, a file or the folder of a package; nothing is stored.

    Args:
        path: the list.
        format_name: one of `blocklists.formats.formats()`; None: found by the lines' shape.
        encoding: one of `blocklists.documents.ENCODINGS`.
        now: aware; dates after it by more than a day are refused.

    Raises:
        ListRefused: the file as a whole cannot be used (F_ codes).
        UsageRefused: there is no such format or encoding.
    """
    if not path.is_dir():
        document = read_document(path, encoding=encoding)
        return _checked(document, document.sha256, {}, format_name, now)
    package = read_package(path, encoding=encoding, now=now)
    checked = _checked(package.entries, package.sha256, package.defaults, "csv", now)
    return replace(checked, place=str(path), declared=package.declared)


def _checked(
    document: Document,
    sha256: str,
    defaults: dict[str, str],
    format_name: str | None,
    now: datetime,
) -> Checked:
    detected = detect(document, format_name=format_name)
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    skipped: Counter[str] = Counter()
    items = detected.format.parse(document.lines)
    for item in counted(items, "check", len(document.lines)):
        if isinstance(item, Skip):
            skipped[item.reason] += 1
            continue
        found = vet(_completed(item, defaults), now=now) if isinstance(item, Candidate) else item
        if isinstance(found, Entry):
            entries.append(found)
            continue
        if found.code.startswith("F_"):
            raise ListRefused(f"{document.place}, line {found.line}", found.code, found.what)
        refusals.append(found)
    checked = Checked(
        place=document.place,
        sha256=sha256,
        format=detected.format.name,
        share=detected.share,
        entries=tuple(_marked(entries)),
        refusals=tuple(refusals),
        skipped=dict(skipped),
    )
    _refuse_hopeless(checked)
    return checked


def _completed(candidate: Candidate, defaults: dict[str, str]) -> Candidate:
    """Return *candidate* with the manifest's defaults for what its row leaves empty."""
    if not defaults:
        return candidate
    row = {name: getattr(candidate, name) or text for name, text in defaults.items()}
    return Candidate(candidate.line, candidate.text, work=candidate.work, **row)


def _marked(entries: list[Entry]) -> Iterator[Entry]:
    """Yield *entries*, those whose target came before with a warning."""
    seen: set[str] = set()
    for entry in entries:
        entry_id = entry.target.entry_id
        again = entry_id in seen
        seen.add(entry_id)
        yield replace(entry, warnings=(*entry.warnings, "W_DUPLICATE")) if again else entry


def _refuse_hopeless(checked: Checked) -> None:
    """Refuse a list that is empty, or mostly refused: it is likely another kind of file."""
    refused, lines = len(checked.refusals), len(checked.refusals) + len(checked.entries)
    if not lines:
        raise ListRefused(checked.place, "F_EMPTY")
    if lines >= _FEW and refused > lines / 2:
        what = f"read as {checked.format}, {refused:,} of {lines:,}"
        raise ListRefused(checked.place, "F_ERROR_RATE", what, refusals=checked.refusals)
