"""Reading a list without keeping anything: every entry it would give, every line it would lose."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from blocklists.detection import detect
from blocklists.documents import read_document
from blocklists.formats import Candidate, Skip, formats
from blocklists.marking import marked
from blocklists.packages import Declared, read_package
from blocklists.refusals import ListRefused, Refusal
from blocklists.vetting import DigestEntry, Entry, vet
from provenance.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from blocklists.documents import Document
    from provenance.progress import Counting

_FEW = 20  # a short list may well be half wrong
_UNSHOWN = "what stands there is not shown"
_SHORTEST_DIGEST = len("1B2M2Y8AsgTpgAmY7PhCfg==")  # of MD5, in base64


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
    digests: tuple[DigestEntry, ...] = ()
    """What a list of digests gives."""
    withdrawn: tuple[Entry | DigestEntry, ...] = ()
    """What a package of changes takes off the list."""
    shares: tuple[tuple[str, float], ...] = ()
    """The part of the first 200 lines that look like each format, the likeliest first."""

    @property
    def restricted(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.declared is not None and self.declared.restricted

    @property
    def lines(self) -> int:
        """How many lines say something, whether they are taken or refused."""
        said = (self.entries, self.digests, self.withdrawn, self.refusals)
        return sum(map(len, said))

    @property
    def targets(self) -> int:
        """How many different targets the entries name."""
        return len(self.ids)

    @property
    def ids(self) -> frozenset[str]:
        """The targets' names, which are the same on every list; see `blocklists.difference`."""
        names = {entry.entry_id for entry in self.entries}
        return frozenset(names | {entry.entry_id for entry in self.digests})


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
    read_ = _Read()
    read_.of_digests = detected.format.name == "hashes"
    items = counting(detected.format.parse(document.lines), "check", len(document.texts))
    for item in _vetted(items, document, {}, now, sensitive=read_.of_digests):
        read_.take(item, changes=False)
    return read_.checked(
        document.place, document.sha256, detected.format.name, detected.share, detected.shares
    )


def _checked_package(path: Path, encoding: str, now: datetime, counting: Counting) -> Checked:
    package = read_package(path, encoding=encoding, now=now)
    declared = package.declared
    read_ = _Read(restricted=declared.restricted)
    for table in package.tables:
        read_.file = table.document.place.removeprefix(f"{path}/")
        read_.of_digests = table.format == "hashes"
        rows = formats()[table.format].parse(table.document.lines)
        items = counting(rows, "check", len(table.document.texts))
        # Digests come in restricted packages alone.
        hidden = declared.restricted
        for item in _vetted(items, table.document, package.defaults, now, sensitive=hidden):
            read_.take(item, changes=declared.mode == "delta")
    name = package.tables[0].format
    checked = read_.checked(str(path), package.sha256, name, 1.0, ((name, 1.0),))
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


class _Read:
    """What was read so far."""

    def __init__(self, *, restricted: bool = False) -> None:
        self.file = ""
        self.of_digests = False
        self._restricted = restricted
        self._entries: list[Entry] = []
        self._digests: list[DigestEntry] = []
        self._withdrawn: list[tuple[str, Entry | DigestEntry]] = []
        self._refusals: list[Refusal] = []
        self._skipped: Counter[str] = Counter()

    def take(
        self, item: tuple[str, Entry | DigestEntry] | Skip | Refusal, *, changes: bool
    ) -> None:
        """Take what one line gave; *changes*: the list may withdraw."""
        if isinstance(item, Skip):
            self._skipped[item.reason] += 1
        elif isinstance(item, Refusal):
            self._refuse(item)
        else:
            action, entry = item
            if action in {"withdraw", "update"} and not changes:
                self._refuse(Refusal("E_ACTION", action, entry.line, entry.raw))
            elif action == "withdraw":
                self._withdrawn.append((self.file, entry))
            elif isinstance(entry, DigestEntry):
                self._digests.append(entry)
            else:
                self._entries.append(entry)

    def _refuse(self, refusal: Refusal) -> None:
        """Keep *refusal*, of a restricted list and of digests without what must not be shown."""
        text = "" if self._restricted or self.of_digests else refusal.text
        what = "" if self._restricted and not self.of_digests else refusal.what
        if self.of_digests and refusal.code != "E_HASH_LENGTH" and len(what) >= _SHORTEST_DIGEST:
            what = ""  # where cells were shifted, a digest stands there
        self._refusals.append(replace(refusal, text=text, what=what, file=self.file))

    def _taken_back(self) -> Iterator[Entry | DigestEntry]:
        """Yield what is withdrawn; refuse the lines that withdraw what another one adds."""
        added = {entry.entry_id for entry in self._entries}
        added |= {entry.entry_id for entry in self._digests}
        for file, entry in self._withdrawn:
            if entry.entry_id not in added:
                yield entry
                continue
            text = "" if self._restricted else entry.raw
            self._refusals.append(
                Refusal("E_WITHDRAW_ADDED", line=entry.line, text=text, file=file)
            )

    def checked(
        self,
        place: str,
        sha256: str,
        name: str,
        share: float,
        shares: tuple[tuple[str, float], ...],
    ) -> Checked:
        """Return all that was read; refuse a list of which too little is left."""
        withdrawn = tuple(self._taken_back())
        checked = Checked(
            place=place,
            sha256=sha256,
            format=name,
            share=share,
            entries=tuple(marked(self._entries)),
            refusals=tuple(self._refusals),
            skipped=dict(self._skipped),
            digests=tuple(self._digests),
            withdrawn=withdrawn,
            shares=shares,
        )
        _refuse_hopeless(checked)
        return checked


def _refuse_hopeless(checked: Checked) -> None:
    """Refuse a list that is empty, or mostly refused: it is likely another kind of file."""
    refused, lines = len(checked.refusals), checked.lines
    if not lines:
        raise ListRefused(checked.place, "F_EMPTY")
    if lines >= _FEW and refused > lines / 2:
        what = f"read as {checked.format}, {refused:,} of {lines:,}"
        raise ListRefused(checked.place, "F_ERROR_RATE", what, refusals=checked.refusals)
