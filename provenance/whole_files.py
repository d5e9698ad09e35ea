"""Files that are there whole or not at all: written beside their place, then put there."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from provenance.errors import StoreError, UsageRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class DiskError(StoreError):
    """A file could not be written; what stood in its place still does."""


_REMEDY = "make room or choose another place, and run the command again"


@contextmanager
def replacing(path: Path, *, remedy: str = _REMEDY) -> Iterator[Path]:
    """Give a place beside *path* to write to, and put the file there when it is on disk.

    Raises:
        DiskError: it cannot be written; what stood at *path* still does.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{uuid4().hex[:8]}")
    try:
        yield unfinished
        on_disk(unfinished)
        unfinished.replace(path)
        on_disk(path.parent)
    except OSError as error:
        fact = f"cannot be written ({error.strerror or error})"
        raise DiskError(str(path), fact, remedy) from error
    finally:
        with suppress(FileNotFoundError, NotADirectoryError):
            unfinished.unlink()


def write_whole(path: Path, octets: bytes) -> None:
    """Put a file of *octets* at *path*, over what stands there.

    Raises:
        DiskError: as for `replacing`.
    """
    with replacing(path) as unfinished:
        unfinished.write_bytes(octets)


def write_new(path: Path, octets: bytes, *, mode: int = 0o644) -> None:
    """Make the file *path*, which must be new, with these permissions from its first moment on.

    Raises:
        UsageRefused: there is something already.
        DiskError: it cannot be written; nothing is left of it.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    except FileExistsError as error:
        raise UsageRefused(str(path), "there is something already", "name a new file") from error
    except OSError as error:
        raise DiskError(str(path), error.strerror or "cannot be written", _REMEDY) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(octets)
            file.flush()
            os.fsync(file.fileno())
        on_disk(path.parent)
    except OSError as error:
        path.unlink(missing_ok=True)
        fact = f"cannot be written ({error.strerror or error})"
        raise DiskError(str(path), fact, _REMEDY) from error


def on_disk(path: Path) -> None:
    """Return when the file, or the names in the folder, would outlast a loss of power."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
