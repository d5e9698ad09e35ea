"""All that is read of a list: what it would give, what it would lose, and whether that will do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blocklists.formats import Skip
from blocklists.marking import marked
from blocklists.refusals import ListRefused, Refusal
from blocklists.vetting import DigestEntry, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blocklists.packages import Declared

_FEW = 20  # a short list may well be half wrong
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
        """The targets' names, which are the same on every list; see `versions.difference`."""
        names = {entry.entry_id for entry in self.entries}
        return frozenset(names | {entry.entry_id for entry in self.digests})


def without_digest(refusal: Refusal) -> Refusal:
    """Return the refusal of a line of digests without any: in shifted cells `what` is one."""
    is_told = refusal.code == "E_HASH_LENGTH" or len(refusal.what) < _SHORTEST_DIGEST
    return replace(refusal, text="", what=refusal.what if is_told else "")


class Gathering:
    """What was read of a list so far."""

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
        if self.of_digests:
            refusal = without_digest(refusal)
        elif self._restricted:
            refusal = replace(refusal, text="", what="")
        self._refusals.append(replace(refusal, file=self.file))

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
