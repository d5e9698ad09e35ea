"""An instance of DuckDB of our own, in memory, in which files of others are read.

It installs and loads nothing, keeps no secrets and sees no Python variable. What does not fit into
its memory goes to a folder that ends with it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from provenance.defaults import MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}
"""Settings of every instance: a statement can reach no more than the files it names."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a machine an instance may take."""

    memory: str = MEMORY
    """What it holds before it spills to disk, e.g. `2GB`."""
    threads: int | None = None
    """On how many cores it works; None: all."""
    spill: str = ""
    """What it may put into the folder for temporary files, e.g. `20GB`; empty: all there is."""


@contextmanager
def workplace(
    room: Room | str = MEMORY, *, only: Sequence[Path] = ()
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an instance that takes at most *room*, or that much memory; times are UTC.

    With *only*, it reads these files and reaches nothing else, whatever a statement says.
    """
    room = Room(room) if isinstance(room, str) else room
    with TemporaryDirectory(prefix="provisor-") as spill:
        config = CLOSED | {"memory_limit": room.memory, "temp_directory": spill}
        if room.threads:
            config["threads"] = room.threads
        if room.spill:
            config["max_temp_directory_size"] = room.spill
        connection = duckdb.connect(config=config)
        try:
            connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            if only:
                connection.execute("SET allowed_paths = $1", [list(map(str, only))])
                connection.execute(
                    "SET enable_external_access = false; SET lock_configuration = true"
                )
            yield connection
        finally:
            connection.close()
