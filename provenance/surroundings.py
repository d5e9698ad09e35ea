"""What a store stands in: does its folder keep what is written, who may read it, and the clock."""

from __future__ import annotations

import fcntl
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from provenance.checks import Check, State, check
from provenance.errors import ProvisorError
from provenance.evidence import evidence_folder
from provenance.store import reading
from provenance.whole_files import on_disk, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
"""This release was not made before."""

_APART = timedelta(minutes=1)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SECRET = ("PRIVATE+KEY+", "-----BEGIN PRIVATE KEY")
_SECRET_NAMES = ("*.key", "*.sealed", "*.sealed/*")
_LONGEST_SIGN = 32


def surroundings(store: Path | None, *, wait_s: float) -> Iterator[Check]:
    """Try the folder of *store*, or this one; and look at its files, if there is a store."""
    folder = store.absolute().parent if store else Path.cwd()
    if folder.is_dir():
        yield _keeps(folder)
        yield _clock(folder, _last_record(store, wait_s))
    if store and store.is_file():
        yield from _permissions(store, folder)
        yield from _evidence(store, wait_s)
        yield _left_over(store, folder)


def _keeps(folder: Path) -> Check:
    """Write, flush, put in place of another, link and lock: as a store and its evidence need it."""
    try:
        with TemporaryDirectory(prefix=".provisor-doctor-", dir=folder) as place:
            file = Path(place) / "a"
            for octets in (b"old", b"new"):
                write_whole(file, octets)
            os.link(file, Path(place) / "b")
            with file.open("r+b") as locked:
                fcntl.lockf(locked, fcntl.LOCK_EX | fcntl.LOCK_NB)
            on_disk(Path(place))
            whole = file.read_bytes() == b"new"
    except (OSError, ProvisorError) as error:
        said = f"{folder}: it cannot write, flush, rename, link or lock there ({error})"
        return check("files", "file system", fires=False, said=said)
    return check("files", "file system", fires=whole, said=f"{folder} keeps what is written")


def _last_record(store: Path | None, wait_s: float) -> datetime | None:
    """Return when something was last recorded, if that can be told."""
    if not store or not store.is_file():
        return None
    try:
        with reading(store, wait_s=wait_s) as connection:
            ((last,),) = connection.execute("SELECT max(made_at) FROM checkpoint").fetchall()
    except (ProvisorError, duckdb.Error):
        return None
    return last.replace(tzinfo=UTC) if last else None


def _clock(folder: Path, last: datetime | None) -> Check:
    """Compare this machine's clock with what cannot be later, and with that of the disk."""
    now = datetime.now(UTC)
    with TemporaryDirectory(prefix=".provisor-doctor-", dir=folder) as place:
        written = datetime.fromtimestamp(Path(place).stat().st_mtime, UTC)
    if now < RELEASED:
        fact = f"it says {now:%Y-%m-%d %H:%M}Z, before this release was made"
    elif last and last > now + _APART:
        fact = (
            f"it says {now:%Y-%m-%d %H:%M}Z, and something was recorded at {last:%Y-%m-%d %H:%M}Z"
        )
    elif abs(written - now) > _APART:
        fact = f"it and that of the disk are {abs(written - now)} apart"
    else:
        return check("files", "clock", fires=True, said=f"{now:%Y-%m-%d %H:%M}Z")
    return check("files", "clock", fires=False, said=fact)


def _permissions(store: Path, folder: Path) -> Iterator[Check]:
    """Look who may write to the store and its evidence, and who may read the secrets beside it."""
    for place in (store, evidence_folder(store)):
        if place.exists():
            mode = place.stat().st_mode
            said = f"{stat.filemode(mode)}{', others may write to it' if mode & 0o002 else ''}"
            yield check("permissions", place.name, fires=not mode & 0o002, said=said)
    secrets = {file for name in _SECRET_NAMES for file in folder.glob(name)}
    for file in sorted(secrets):
        if file.suffix != ".key" or _is_secret(file):
            mode = file.stat().st_mode
            wrong = bool(mode & _OTHERS)
            said = f"{stat.filemode(mode)}{', others may read it: chmod 600' if wrong else ''}"
            yield check("permissions", file.name, fires=not wrong, said=said)


def _is_secret(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(_LONGEST_SIGN).decode("ascii", "replace").startswith(_SECRET)
    except OSError:
        return False


def _evidence(store: Path, wait_s: float) -> Iterator[Check]:
    """Look whether the files of evidence are there and long enough; `verify` hashes them."""
    home = store.absolute().parent
    try:
        with reading(store, wait_s=wait_s) as connection:
            files = connection.execute(
                "SELECT file, max(record_offset + record_length) FROM evidence GROUP BY file"
            ).fetchall()
    except (ProvisorError, duckdb.Error):
        yield Check("evidence", "files", State.NOT_SHOWN, "the store cannot be read")
        return
    gone = sorted(
        name
        for name, size in files
        if not (home / name).is_file() or (home / name).stat().st_size < size
    )
    said = (
        f"{len(files):,} files" if not gone else f"{len(gone):,} of {len(files):,} files are gone"
    )
    said += f" or cut short, the first of them {gone[0]}" if gone else ""
    yield check("evidence", "files", fires=not gone, said=said)


def _left_over(store: Path, folder: Path) -> Check:
    """Name what an interruption, or a migration, left beside the store."""
    names = sorted(
        file.name
        for pattern in (f".{store.name}.restoring", f".{store.name}.importing", ".*.unfinished",
                        f"{store.name}.before-*")
        for file in folder.glob(pattern.replace("[", "[[]"))
    )  # fmt: skip
    said = f"beside it: {', '.join(names[:5])}" if names else "nothing is left beside it"
    return check("files", "left over", fires=True, said=said)
