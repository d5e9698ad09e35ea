"""Putting a store back, or adding to one what an export holds.

The tables are loaded into a file beside the place they are for, which is then compared with its own
ledger, with the checkpoint that the export names and with those from outside. Only then does it
take its place, or is merged. A store that is there is never written over.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.defaults import WAIT_S
from provenance.errors import EvidenceError, Incomplete, UsageRefused
from provenance.evidence import evidence_folder
from provenance.keeping.form import EVIDENCE, EvidenceCopy, Export, checkpoint_of
from provenance.keeping.loading import load
from provenance.keeping.looking import looked_through
from provenance.ledger.verifying import Witness
from provenance.merging import Merged, merge
from provenance.migrating import migrations
from provenance.progress import octet_progress
from provenance.whole_files import DiskError, on_disk, replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_REMEDY = "get the export again from where it was made"
_AGAIN = "make room and run the command again: it goes on from there"
_STRANGE = re.compile(r"[^A-Za-z0-9._-]")
_CHUNK = 1024 * 1024


def restore(folder: Path, store: Path, *, witnesses: Sequence[Witness] = ()) -> Export:
    """Make *store*, which must be new, of the export in *folder*: with the same ledger.

    Raises:
        UsageRefused: there is a store, or evidence of one, already.
        InputRefused: *folder* is no export, or not as an export is.
        EvidenceError: something is not as it was recorded, or *witnesses* saw something else.
        Incomplete: the disk is full; run again, it goes on from there.
    """
    part = _part(store, "restoring")
    for there in (store, Path(f"{store}.wal")):
        if os.path.lexists(there):
            raise UsageRefused(str(there), "there is something already", "name a new store")
    if os.path.lexists(evidence_folder(store)) and not part.exists():
        fact = "there is evidence of a store already"
        raise UsageRefused(str(evidence_folder(store)), fact, "name a new store")
    export = _brought_in(folder, part, store, witnesses)
    try:
        os.link(part, store)  # unlike a move it never takes the place of another file
        part.unlink()
        on_disk(store.absolute().parent)
    except FileExistsError as error:
        raise UsageRefused(str(store), "there is something by now", "name a new store") from error
    except OSError as error:
        raise Incomplete(str(store), error.strerror or "cannot be written", _AGAIN) from error
    return export


def bring_in(
    folder: Path,
    store: Path,
    *,
    witnesses: Sequence[Witness] = (),
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = lambda _: None,
) -> tuple[Export, Merged]:
    """Add to *store*, which is made if there is none, what the export in *folder* holds.

    Raises:
        StoreError: as for `merge`; and as for `restore`.
    """
    part = _part(store, "importing")
    export = _brought_in(folder, part, store, witnesses)
    try:
        merged = merge(store, [part], wait_s=wait_s, say=say)
    finally:
        _remove(part)
    return export, merged


def _part(store: Path, doing: str) -> Path:
    return store.with_name(f".{store.name}.{doing}")


def _brought_in(folder: Path, part: Path, store: Path, witnesses: Sequence[Witness]) -> Export:
    """Make *part* of the export, compare it with all there is, and copy its evidence."""
    export = looked_through(folder, known=set(migrations()))
    names = _names(export, store)
    _remove(part)
    copied: list[Path] = []
    try:
        load(export, folder, part, names={one.file: new for one, new in names})
        _copy_evidence(names, folder, part.absolute().parent, copied)
        _compare(part, export, folder, witnesses)
    except (OSError, DiskError) as error:
        raise Incomplete(str(store), f"stopped: {error}", _AGAIN) from error
    except BaseException as error:
        if not isinstance(error, KeyboardInterrupt):
            _remove(part)
            _take_back(copied)
        raise
    return export


def _names(export: Export, store: Path) -> list[tuple[EvidenceCopy, str]]:
    """Return under which name, seen from the store's folder, each file of evidence will stand."""
    home, found = evidence_folder(store), list[tuple[EvidenceCopy, str]]()
    taken = set[str]()
    for one in export.evidence or ():
        plain = _STRANGE.sub("_", one.file.rpartition("/")[2]).lstrip(".")[-100:] or one.name
        there = home / plain
        other = os.path.lexists(there) and not _is(there, one)
        if other or plain in taken:
            plain = f"{one.sha256[:16]}-{plain}"
        if plain in taken or (os.path.lexists(home / plain) and not _is(home / plain, one)):
            raise UsageRefused(str(home / plain), "another file is there", "move it away")
        taken.add(plain)
        found.append((one, f"{home.name}/{plain}"))
    return found


def _is(file: Path, copy: EvidenceCopy) -> bool:
    """Whether *file* is the one that *copy* was made of."""
    if file.is_symlink() or not file.is_file() or file.stat().st_size != copy.octets:
        return False
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == copy.sha256


def _copy_evidence(
    names: list[tuple[EvidenceCopy, str]], folder: Path, home: Path, copied: list[Path]
) -> None:
    with octet_progress("evidence", sum(one.octets for one, _ in names)) as advance:
        for one, name in names:
            to = home / name
            if not to.exists():  # or it is the same, of an earlier run
                to.parent.mkdir(exist_ok=True)
                copied.append(to)
                _copy(folder / EVIDENCE / one.name, to, one)
            advance(one.octets, 1)


def _copy(source: Path, to: Path, one: EvidenceCopy) -> None:
    found = hashlib.sha256()
    handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file, replacing(to) as unfinished:
        with unfinished.open("wb") as out:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
                out.write(chunk)
        if found.hexdigest() != one.sha256:
            raise EvidenceError(str(source), "it changed while it was read", _REMEDY)


def _compare(part: Path, export: Export, folder: Path, witnesses: Sequence[Witness]) -> None:
    """Refuse a store that is not what its ledger, the export and those outside say it is."""
    from provenance.verify_command import verified

    said = checkpoint_of(export)
    named = [Witness("the checkpoint of the export", said)] if said else []
    found, octets = verified(
        part, WAIT_S, [*named, *witnesses], evidence=export.evidence is not None
    )
    if said and found.ledger != said:
        fact = f"its ledger has {found.ledger.size:,} leaves, and {said.size:,} were written"
        raise EvidenceError(str(folder), fact, _REMEDY)
    for one in (*found.findings, *(octets.findings if octets else ())):
        raise EvidenceError(f"{folder}: {one.place}", one.fact, f"nothing was kept; {_REMEDY}")


def _take_back(copied: list[Path]) -> None:
    for file in copied:
        file.unlink(missing_ok=True)
    for place in {file.parent for file in copied}:
        with suppress(OSError):  # others stand there
            place.rmdir()


def _remove(part: Path) -> None:
    for file in (part, Path(f"{part}.wal")):
        file.unlink(missing_ok=True)
