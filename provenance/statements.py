"""SQL statements live in .sql files beside the package that runs them."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def statement(package: str, name: str) -> str:
    """Return the statement `sql/<name>.sql` of *package*."""
    return (resources.files(package) / "sql" / f"{name}.sql").read_text("utf-8")
