"""The portal's folder: what the web process writes, what it is given to read, and by whom.

accounts.json   who may sign in, and digests of their tokens   `provisor portal account`, `token`
sets.json       data sets that the operator has opened          `provisor portal open`
key             the secret behind form tokens                   the first process that needs it
inbox/          messages, each in a file of its own             the web process; never changed
outcomes/       what came of each message                       `provisor portal ingest`
lists/          each list as it stands, and what it would name  `provisor portal ingest`
lists.json      all of them, without their entries              `provisor portal ingest`
decisions.json  what was decided on each message, and why       `provisor portal ingest`
review.json     what waits for the operator                     `provisor portal ingest`

Each file is whole or not there: it is written under another name, brought to the disk and renamed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_bytes, token_hex
from typing import TYPE_CHECKING, Any

from provenance.errors import StoreError, UsageRefused
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEY_OCTETS = 32
PARTS = ("inbox", "outcomes", "lists")


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the portal keeps what it has."""

    path: Path

    @property
    def inbox(self) -> Path:
        """Messages as they came."""
        return self.path / "inbox"

    @property
    def outcomes(self) -> Path:
        """What came of each message, under its id."""
        return self.path / "outcomes"

    @property
    def lists(self) -> Path:
        """Each list as it stands, under the digest of its id."""
        return self.path / "lists"

    def list_file(self, list_id: str) -> Path:
        """Where a list is published: under a name of ours, whatever it is called."""
        return self.lists / f"{hashlib.sha256(list_id.encode()).hexdigest()}.json"

    @property
    def key(self) -> bytes:
        """The secret of this portal; made when it is first asked for."""
        file = self.path / "key"
        if not file.exists():
            write_new(file, token_bytes(_KEY_OCTETS))
        return file.read_bytes()


def make_folder(path: Path) -> Folder:
    """Return the portal's folder at *path*, made where it is missing; only its owner may look.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        for part in (path, *(path / part for part in PARTS)):
            part.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        fact = f"cannot be made ({error.strerror})"
        raise StoreError(str(path), fact, "name a folder that can be written") from error
    return Folder(path)


def open_folder(path: Path) -> Folder:
    """Return the portal's folder at *path*.

    Raises:
        UsageRefused: it is none.
    """
    if not all((path / part).is_dir() for part in PARTS):
        remedy = "make one with `provisor portal account ID --name NAME`"
        raise UsageRefused(str(path), "there is no portal here", remedy)
    return Folder(path)


@contextmanager
def alone(folder: Folder, what: str) -> Iterator[None]:
    """Let nobody else change *what* while the block runs."""
    with (folder.path / f"{what}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_new(file: Path, octets: bytes) -> bool:
    """Write *file*, which is whole or not there whenever the process ends; False: it is there.

    Raises:
        OSError: the disk is full, or cannot be written. Then nothing is there.
    """
    written = _written(file, octets)
    try:
        os.link(written, file)  # unlike a rename, this never replaces
    except FileExistsError:
        return False
    finally:
        written.unlink()
    _sync_folder(file.parent)
    return True


def replace(file: Path, octets: bytes) -> None:
    """Write *file*, or put its new content in the place of the old at once."""
    written = _written(file, octets)
    written.replace(file)
    _sync_folder(file.parent)


def replace_json(file: Path, value: object) -> None:
    """As `replace`, for a value as JSON."""
    # In ASCII: what somebody wrote may hold half a character, and must not stop who publishes it.
    replace(file, json.dumps(value, sort_keys=True, indent=1).encode())


def read_json(file: Path) -> dict[str, Any] | None:
    """Return the object in *file*; None: it is not there.

    Raises:
        StoreError: it holds something else.
    """
    try:
        return parse_object(file.read_bytes())
    except FileNotFoundError:
        return None
    except (NotStrictJson, OSError) as error:
        fact = f"cannot be read ({error})"
        raise StoreError(str(file), fact, "restore it from a backup") from error


def _written(file: Path, octets: bytes) -> Path:
    """Return a file beside *file* with *octets*, which are on the disk."""
    other = file.with_name(f".{token_hex(8)}")
    handle = os.open(other, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as writing:
            writing.write(octets)
            writing.flush()
            os.fsync(writing.fileno())
    except OSError:
        other.unlink(missing_ok=True)
        raise
    return other


def _sync_folder(folder: Path) -> None:
    """Bring a name to the disk, not only what it names."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
