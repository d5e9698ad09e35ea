"""A new store: there whole, or not at all.

Somebody who is killed while making one leaves nothing under its name, and the same command begins
again; a file without tables would be refused as somebody else's.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb

from provenance.migrating import migrate
from provenance.store_failures import explained
from provenance.whole_files import DiskError, on_disk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def found(path: Path, config: Mapping[str, Any]) -> None:
    """Put an empty store at *path*, unless somebody else was faster.

    Raises:
        StoreError: there is no such folder, or nothing may or can be written there.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{uuid4().hex[:8]}")
    try:
        with duckdb.connect(str(unfinished.absolute()), config=dict(config)) as connection:
            migrate(connection, path)
        on_disk(unfinished)
        _put(unfinished, path)
        on_disk(path.absolute().parent)
    except duckdb.Error as error:
        raise explained(path, error) from error
    except OSError as error:
        fact = f"cannot be written ({error.strerror or error})"
        raise DiskError(str(path), fact, "make room or name another place") from error
    finally:
        for rest in (unfinished, unfinished.with_name(f"{unfinished.name}.wal")):
            with suppress(OSError):
                rest.unlink()


def _put(unfinished: Path, path: Path) -> None:
    """Give the finished file its name, and take none away from a store that stands there by now."""
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        pass
    except OSError:  # a file system without second names
        if not path.exists():
            unfinished.rename(path)
