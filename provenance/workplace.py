"""An instance of DuckDB of our own, in memory, in which files of others are read.

It installs and loads nothing, keeps no secrets and sees no Python variable. What does not fit into
its memory goes to a folder that ends with it.
"""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}
"""Settings of every instance: a statement can reach no more than the files it names."""

MEMORY = "600MB"


@contextmanager
def workplace(memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an instance that holds at most *memory*, e.g. `2GB`; times are UTC."""
    with TemporaryDirectory(prefix="provisor-") as spill:
        config = CLOSED | {"memory_limit": memory, "temp_directory": spill}
        connection = duckdb.connect(config=config)
        try:
            connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            yield connection
        finally:
            connection.close()
