"""Cleaning from a finished audit: every row is kept, to be looked at, or left out, and counted.

from audit.cleaning.run import clean

removal = clean(open_manifests([folder]), audit, Policy(), store, to)
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from audit.cleaning.counting import counts_of, refuse_miscount
from audit.cleaning.placing import Placed, place_files, read_summary, refuse_unfit
from audit.cleaning.policy import CHOSEN, Fate, Policy, declare_policy
from audit.cleaning.removal import (
    FORMAT,
    Asked,
    Written,
    record_removal,
    removal_text,
    sealed_text,
    written,
)
from audit.cleaning.suppressing import Suppressed, address_rows, find_suppressed, suppress_text
from audit.cleaning.writing import write_fates
from audit.folder import SUMMARY
from audit.statements import run
from audit.verdicts import open_verdicts
from provenance.defaults import AUDIT_MEMORY, VERSION, WAIT_S
from provenance.errors import StoreError
from provenance.intake.manifest import exact_file, refuse_changed
from provenance.manifests import quoted
from provenance.store import reading, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import duckdb

    from provenance.intake.manifest import Manifest

REMOVAL = "removal.json"
SEALED = "sealed.json"
SUPPRESS = "suppress.txt"

_REASONS = {
    "parquet": ("reason", "reasons.parquet", "FORMAT parquet, COMPRESSION zstd"),
    "csv": ("reason_text", "reasons.csv", "FORMAT csv, HEADER"),
}
_FOLDERS = {Fate[name.upper()]: name for name in CHOSEN}


def clean(
    manifests: Sequence[Manifest],
    audit: Path,
    policy: Policy,
    store: Path,
    to: Path,
    *,
    suppress: Sequence[Suppressed] = (),
    asked: Asked = Asked(),  # noqa: B008 (it is frozen)
    memory: str = AUDIT_MEMORY,
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Write what is kept, looked at and left out of *manifests* to *to*; return the removal record.

    Nothing is written in place: the folder appears when it is whole and its record is in the store.

    Args:
        manifests: the files, in the order of their rows; see `audit.inputs.open_manifests`.
        audit: the folder of the finished audit of exactly these files.
        policy: what becomes of which rows.
        store: where the removal is recorded.
        to: a folder that does not exist yet, or is empty.
        suppress: what was removed before and is to stay out.
        asked: who asked for it, why and how.
        memory: how much to hold before it spills to disk.
        wait_s: how long to wait for the store, in seconds.
        say: told what is waited for.

    Raises:
        InputRefused: the audit is of other files, or not finished; a file is of no form that is
            written anew, or changed.
        StoreError: the store, the disk or the memory fails.
        UsageRefused: *to* is no place for it.
    """
    summary = read_summary(audit)
    placed = place_files(manifests, audit, int(summary["shards"]))
    refuse_unfit(to, [part.path for part in manifests], audit)
    made_at = datetime.now(UTC)
    with _becoming(to) as folder:
        with open_verdicts(audit, memory) as connection:
            removal = {
                **_said(made_at, asked),
                "audit": _audited(audit, summary),
                "policy": policy.said(),
                **_written(connection, placed, policy, suppress, folder),
            }
        refuse_miscount(removal["rows"], removal["files"])
        for one in placed:
            refuse_changed(one.part)
        (folder / REMOVAL).write_text(removal_text(removal), "utf-8")
        with writing(store, wait_s=wait_s, say=say) as recorded:
            run_id = record_removal(recorded, removal, made_at)
        with reading(store, wait_s=wait_s, say=say) as recorded:
            (folder / SEALED).write_text(sealed_text(recorded, run_id, folder / REMOVAL), "utf-8")
    return removal


def _written(
    connection: duckdb.DuckDBPyConnection,
    placed: Sequence[Placed],
    policy: Policy,
    suppress: Sequence[Suppressed],
    folder: Path,
) -> dict[str, Any]:
    """Write the files, the reasons and what is to stay out to *folder*; return what was done."""
    unreadable = _decide(connection, placed, policy, suppress)
    files = [_split(connection, one, folder) for one in placed]
    _write_reasons(connection, folder, placed[0].part.form.name if placed else "csv")
    digests = _dropped_digests(connection, placed).union(*(one.digests for one in suppress))
    (folder / SUPPRESS).write_text(suppress_text(digests), "utf-8")
    return {
        "suppressed": [
            {"file": one.file, "sha256": one.sha256, "addresses": len(one.digests)}
            for one in suppress
        ],
        "not_compared": unreadable,
        **counts_of(connection),
        "files": files,
    }


def _said(made_at: datetime, asked: Asked) -> dict[str, Any]:
    """Return when it was done, by what, by whom and why."""
    return {
        "format": FORMAT,
        "made_at": made_at.isoformat(),
        "provisor": VERSION,
        "command": list(asked.command),
        "by": asked.by or None,
        "reason": asked.reason or None,
    }


@contextmanager
def _becoming(to: Path) -> Iterator[Path]:
    """Make a folder beside *to* that becomes it when the block is done."""
    place = to.resolve()  # which has a name, as `.` has none
    unfinished = place.with_name(f".{place.name}.{uuid4().hex[:8]}")
    try:
        unfinished.mkdir(parents=True)
        yield unfinished
        unfinished.replace(place)
    except OSError as error:
        raise StoreError(str(to), f"cannot be written ({error})", "make room") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _decide(
    connection: duckdb.DuckDBPyConnection,
    placed: Sequence[Placed],
    policy: Policy,
    suppress: Sequence[Suppressed],
) -> int | None:
    """Make `row_fate`: what becomes of each row, in the order of the rows.

    Returned is how many rows could not be compared with *suppress*; None: there was none.
    """
    declare_policy(connection, policy)
    run(connection, "cleaning/outcomes")
    unreadable = None
    if suppress:
        parts = [(_undated(one.part), one.rows.start) for one in placed if one.part.url_column]
        unreadable = find_suppressed(connection, parts, suppress)
    run(connection, "cleaning/fates", "cleaning/reasons")
    ((misplaced,),) = connection.execute(
        "SELECT count(*) FROM memory.row_fate WHERE row <> rowid"
    ).fetchall()
    if misplaced:
        message = f"{misplaced} rows are not where they were"
        raise RuntimeError(message)
    return unreadable


def _undated(part: Manifest) -> Manifest:
    return replace(part, date_column="")


def _split(connection: duckdb.DuckDBPyConnection, one: Placed, folder: Path) -> dict[str, Any]:
    """Write one file of the manifest by fate, and return what it was and became."""
    targets = {fate: folder / name / one.label for fate, name in _FOLDERS.items()}
    for target in targets.values():
        target.parent.mkdir(parents=True, exist_ok=True)
    if one.part.url_column:
        counts = write_fates(connection, one.part, one.rows, targets)
    else:  # an empty file has no rows
        counts = dict.fromkeys(targets, 0)
        for target in targets.values():
            target.touch()
    before = Written(one.label, one.part.sha256, one.part.size, len(one.rows))
    return {
        "before": asdict(before),
        "after": {
            _FOLDERS[fate]: asdict(written(folder, target, counts[fate]))
            for fate, target in targets.items()
        },
    }


def _write_reasons(connection: duckdb.DuckDBPyConnection, folder: Path, form: str) -> None:
    """Write why each row is looked at or left out: as Parquet for Parquet, else as CSV."""
    view, file, options = _REASONS.get(form, _REASONS["csv"])
    connection.execute(f"COPY {view} TO {quoted(str(folder / file))} ({options})")


def _dropped_digests(connection: duckdb.DuckDBPyConnection, placed: Sequence[Placed]) -> set[str]:
    """Return the digests of the addresses that were left out; those that are sealed give none."""
    connection.execute("CREATE TEMP TABLE left_out (digest VARCHAR)")
    for one in placed:
        if not one.part.url_column:
            continue
        with exact_file(one.part.path) as file:
            address_rows(connection, _undated(one.part), file)
            connection.execute(
                "INSERT INTO left_out SELECT DISTINCT digest FROM addressed SEMI JOIN (SELECT"
                " row - ? AS row_number FROM memory.row_fate WHERE fate = 2 AND row >= ? AND row <"
                " ?) USING (row_number) WHERE digest IS NOT NULL",
                [one.rows.start, one.rows.start, one.rows.stop],
            )
    rows = connection.execute("SELECT DISTINCT digest FROM left_out").fetchall()
    return {digest for (digest,) in rows}


def _audited(audit: Path, summary: dict[str, Any]) -> dict[str, Any]:
    """Return which audit it was, and by which knowledge."""
    return {
        "made_at": summary["made_at"],
        "provisor": summary["version"],
        "manifest": summary["manifest"],
        "summary_sha256": hashlib.sha256((audit / SUMMARY).read_bytes()).hexdigest(),
        "snapshot_sha256": summary["snapshot"]["sha256"],
        "checkpoint": summary["snapshot"]["checkpoint"],
    }
