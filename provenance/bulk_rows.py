"""Exchanges on their way into the store, many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from provenance.records import Outcome, Probe, Signal

Behind = tuple[int, str, int, int, str, str | None]
"""Of a record: hop, kind, offset, length, SHA-256, file (None: that of the call)."""


class Row(NamedTuple):
    """One exchange, in the words of the store."""

    url: str
    host: str
    path: str
    probe: Probe
    captured_at: str
    """UTC, as `datetime.isoformat` writes it without a zone."""
    status: int | None
    error: str
    hops: tuple[str, ...]
    headers: str
    """JSON, as `json.dumps` writes it."""
    body_sha256: str | None
    truncated: bool
    outcome: Outcome | None
    reason: str
    kind: str
    """Of the record in which it stands: `response`, `revisit`."""
    offset: int
    length: int
    sha256: str
    """Of the record's octets."""
    signals: tuple[Signal, ...]
    behind: tuple[Behind, ...]
    """Further records that hold a part of it."""


class Rows:
    """Exchanges, field by field: as columns they are moved faster than one after the other."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.columns: dict[str, list[Any]] = {name: [] for name in Row._fields[:-2]}
        """Of `Row`, all but the last two."""
        self.signals: dict[int, tuple[Signal, ...]] = {}
        """By the number of the row; most have none."""
        self.behind: dict[int, tuple[Behind, ...]] = {}
        for row in rows:
            self.add(row)

    def __len__(self) -> int:
        return len(self.columns["url"])

    def add(self, row: Row) -> None:
        """Take one more."""
        if row.signals:
            self.signals[len(self)] = row.signals
        if row.behind:
            self.behind[len(self)] = row.behind
        for column, value in zip(self.columns.values(), row, strict=False):
            column.append(value)

    def extend(self, columns: Mapping[str, Sequence[Any]], **same: object) -> None:
        """Take many more: *columns* by name, and the fields that all of them have the *same*."""
        count = len(columns["url"])
        for name, column in self.columns.items():
            column.extend(columns[name] if name in columns else [same[name]] * count)
