"""The kinds of records that have a leaf, each with a statement that gives its canonical JSON.

A statement `provenance/sql/ledger/<kind>.sql` names the table whose rows are its records and the
tables that belong to them, and takes `$sealed`: from which row of that table on. Rows are never
changed or removed, so row numbers are how many came before. Canonical JSON here: keys in the order
of the alphabet, no blanks, times as microseconds since 1970 in UTC, no fractions. A column that is
added to a table later must not change the JSON of rows that do not use it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_HEADER = re.compile(r"-- table: (?P<table>\w+)\n-- also:(?P<also>[^\n]*)\n")

BOOKKEEPING = frozenset({"migration", "ledger_origin", "ledger", "checkpoint"})
"""Tables of a store about itself."""

NOT_RECORDS = BOOKKEEPING | {"frontier", "visited", "continuation", "not_before"}
"""Tables that hold no record: bookkeeping, and what a crawl has still to do."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of records."""

    name: str
    table: str
    """Its rows are the records, or make them up."""
    also: tuple[str, ...]
    """What belongs to them."""
    statement: str
    """Gives `place` (order), `key`, `said` (canonical JSON) from row `$sealed` of `table` on."""


@cache
def kinds() -> tuple[Kind, ...]:
    """Return the kinds in the order in which one transaction adds their leaves."""
    folder = resources.files("provenance") / "sql" / "ledger"
    found = [
        _kind(file.name.removesuffix(".sql"), file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    ]
    return tuple(sorted(found, key=lambda kind: kind.name))


def _kind(name: str, statement: str) -> Kind:
    header = _HEADER.match(statement)
    if not header:
        message = f"{name}.sql: no header with its tables"
        raise ValueError(message)
    also = tuple(one.strip() for one in header["also"].split(",") if one.strip())
    return Kind(name, header["table"], also, statement)
