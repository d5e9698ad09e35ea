"""Reading a list without keeping anything: every entry it would give, every line it would lose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from blocklists.detection import detect
from blocklists.documents import read_document
from blocklists.formats import Candidate, Skip, formats
from blocklists.gathering import Gathering, without_digest
from blocklists.packages import read_package
from blocklists.refusals import ListRefused, Refusal
from blocklists.vetting import DigestEntry, Entry, vet
from provenance.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from blocklists.documents import Document
    from blocklists.gathering import Checked
    from provenance.progress import Counting

_UNSHOWN = "what stands there is not shown"


def read(
    path: Path, *, format_name: str | None = None, encoding: str = "utf-8", now: datetime
) -> Iterator[Entry | DigestEntry | Refusal | Skip]:
    """Yield what each line of the file at *path* gives, as it is read.

    Nothing that needs the whole list is done here: no line is marked as a duplicate, and a list
    that is mostly refused is not refused as a whole. Arguments and errors are those of `check`.
    """
    document = read_document(path, encoding=encoding)
    format_ = detect(document, format_name=format_name).format
    sensitive = format_.name == "hashes"
    for item in _vetted(format_.parse(document.lines), document, {}, now, sensitive=sensitive):
        if sensitive and isinstance(item, Refusal):
            yield without_digest(item)
        else:
            yield item[1] if isinstance(item, tuple) else item


def check(
    path: Path,
    *,
    format_name: str | None = None,
    encoding: str = "utf-8",
    now: datetime,
    counting: Counting = counted,
) -> Checked:
    """Read the list at *path*, a file or the folder of a package; nothing is stored.

    It is done in this process: lists of others are read by `blocklists.reading`.

    Args:
        path: the list.
        format_name: one of `blocklists.formats.formats()`; None: found by the lines' shape.
        encoding: one of `blocklists.documents.ENCODINGS`.
        now: aware; dates after it by more than a day are refused.
        counting: yields the lines it is given, and tells how far they are read.

    Raises:
        ListRefused: the file as a whole cannot be used (F_ codes).
        UsageRefused: there is no such format or encoding.
    """
    if path.is_dir():
        return _checked_package(path, encoding, now, counting)
    document = read_document(path, encoding=encoding)
    detected = detect(document, format_name=format_name)
    found = Gathering()
    found.of_digests = detected.format.name == "hashes"
    items = counting(detected.format.parse(document.lines), "check", len(document.texts))
    for item in _vetted(items, document, {}, now, sensitive=found.of_digests):
        found.take(item, changes=False)
    return found.checked(
        document.place, document.sha256, detected.format.name, detected.share, detected.shares
    )


def _checked_package(path: Path, encoding: str, now: datetime, counting: Counting) -> Checked:
    package = read_package(path, encoding=encoding, now=now)
    declared = package.declared
    found = Gathering(restricted=declared.restricted)
    for table in package.tables:
        found.file = table.document.place.removeprefix(f"{path}/")
        found.of_digests = table.format == "hashes"
        rows = formats()[table.format].parse(table.document.lines)
        items = counting(rows, "check", len(table.document.texts))
        hidden = declared.restricted  # as every package of digests is
        for item in _vetted(items, table.document, package.defaults, now, sensitive=hidden):
            found.take(item, changes=declared.mode == "delta")
    name = package.tables[0].format
    checked = found.checked(str(path), package.sha256, name, 1.0, ((name, 1.0),))
    return replace(checked, declared=declared)


def _vetted(
    items: Iterable[Candidate | Skip | Refusal],
    document: Document,
    defaults: dict[str, str],
    now: datetime,
    *,
    sensitive: bool,
) -> Iterator[tuple[str, Entry | DigestEntry] | Skip | Refusal]:
    """Yield what each line gives, an entry with its action; a code for the whole file ends it."""
    for item in items:
        if isinstance(item, Candidate):
            found = vet(_completed(item, defaults), now=now)
            yield found if isinstance(found, Refusal) else (item.action, found)
        elif isinstance(item, Refusal) and item.code.startswith("F_"):
            # Where the header is missing, the first entry stands in its place.
            what = _UNSHOWN if sensitive and item.code == "F_HEADER" else item.what
            raise ListRefused(f"{document.place}, line {item.line}", item.code, what)
        else:
            yield item


def _completed(candidate: Candidate, defaults: dict[str, str]) -> Candidate:
    """Return *candidate* with the manifest's defaults for what its row leaves empty."""
    if not defaults:
        return candidate
    row: dict[str, Any] = {
        name: getattr(candidate, name) or text for name, text in defaults.items()
    }
    return replace(candidate, **row)
