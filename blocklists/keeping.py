"""What a list gives, as the store keeps it: rows of `entry` and `digest_entry`, in batches."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from blocklists.refusals import ListRefused
from provenance.rows import insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from blocklists.gathering import Checked
    from blocklists.vetting import DigestEntry, Entry

_BATCH = 20_000
"""Rows inserted by one statement: more take memory, and not much less time."""
_SEALED_CATEGORY, _SEALED_BASIS = "other_illegal", "hotline"


def refuse_unkept(checked: Checked, basis: str = "") -> None:
    """Refuse a list that was read well and that the store has no place for.

    Args:
        checked: the list.
        basis: what it rests on; empty: as its manifest says.

    Raises:
        ListRefused: F_SEALED.
    """
    if not basis and checked.declared:
        basis = checked.declared.basis
    illegal = any(entry.category == _SEALED_CATEGORY for entry in checked.digests)
    if checked.digests and (basis == _SEALED_BASIS or illegal):
        raise ListRefused(checked.place, "F_SEALED")


def record_entries(
    connection: duckdb.DuckDBPyConnection, submission_id: int, checked: Checked
) -> None:
    """Record the entries of *checked* as those of the submission."""
    for entries in _batches(checked.entries):
        insert_rows(connection, "entry", [_entry_row(submission_id, entry) for entry in entries])
    for digests in _batches(checked.digests):
        rows = [_digest_row(submission_id, entry) for entry in digests]
        insert_rows(connection, "digest_entry", rows)


def _batches(entries: Sequence[Any]) -> Iterator[list[Any]]:
    rest = iter(entries)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _entry_row(submission_id: int, entry: Entry) -> tuple[Any, ...]:
    target = entry.target
    return (
        submission_id, target.entry_id, entry.line, entry.raw, target.scope, target.host,
        target.port, target.path, entry.category, entry.work, entry.right_holder,
        entry.notice_date, list(entry.warnings),
    )  # fmt: skip


def _digest_row(submission_id: int, entry: DigestEntry) -> tuple[Any, ...]:
    digest = entry.digest
    return (
        submission_id, digest.entry_id, entry.line, digest.algorithm, digest.octets,
        digest.base32, digest.quality, entry.category, entry.work, entry.right_holder,
        entry.notice_date, list(entry.warnings),
    )  # fmt: skip
