"""Looking through an export before anything of it is read: only its own files, and all of them.

Whoever sent it may have put links, pipes or more files into the folder, or files of other octets.
"""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING

from provenance.errors import EvidenceError, InputRefused
from provenance.keeping.form import ABOUT, EVIDENCE, TABLES, Export, read_about
from provenance.progress import octet_progress

if TYPE_CHECKING:
    from pathlib import Path

_REMEDY = "get the export again from where it was made"


def looked_through(folder: Path, *, known: set[int]) -> Export:
    """Return what *folder* holds, after comparing the digest of each of its files.

    Raises:
        InputRefused: it is no export, or holds what no export holds.
        EvidenceError: a file is missing, or not the one that was written.
    """
    export = read_about(folder, known=known)
    allowed = {ABOUT, *export.files}
    _refuse_strange(folder, allowed)
    sizes = {name: (folder / name).stat().st_size for name in export.files}
    with octet_progress("files", sum(sizes.values())) as advance:
        for name, (digest, size) in export.files.items():
            if size not in (None, sizes[name]):
                fact = f"{sizes[name]:,} octets, and {size:,} were written"
                raise EvidenceError(str(folder / name), fact, _REMEDY)
            if _sha256(folder / name) != digest:
                fact = "not the octets that were written (SHA-256)"
                raise EvidenceError(str(folder / name), fact, _REMEDY)
            advance(sizes[name], 1)
    return export


def _refuse_strange(folder: Path, allowed: set[str]) -> None:
    """Refuse what is no plain file of the export, at whatever depth, and what is missing."""
    found = set()
    for sub in ("", TABLES, EVIDENCE):
        place = folder / sub
        if not os.path.lexists(place):
            continue
        if place.is_symlink() or not place.is_dir():
            raise InputRefused(str(place), "no folder", _REMEDY)
        with os.scandir(place) as entries:
            for entry in entries:
                name = f"{sub}/{entry.name}" if sub else entry.name
                if sub or entry.name not in {TABLES, EVIDENCE}:
                    _refuse_strange_file(folder / name, entry, known=name in allowed)
                    found.add(name)
    for missing in sorted(allowed - found):
        raise EvidenceError(str(folder / missing), "the file is missing", _REMEDY)


def _refuse_strange_file(file: Path, entry: os.DirEntry[str], *, known: bool) -> None:
    if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        raise InputRefused(str(file), "no plain file, but a link or such", _REMEDY)
    if not known:
        fact = "a file that the export does not name"
        raise InputRefused(str(file), fact, "move it away, or get the export again")


def _sha256(file: Path) -> str:
    # Between the look and this the file may have become a link: then it is not opened.
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
