"""The removal record: what was left out of which files, why, by whom, and by which knowledge."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provenance.defaults import VERSION
from provenance.ledger.verifying import last_checkpoint
from provenance.recording import record_run
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import duckdb

FORMAT = "provisor-removal/1"
SEALED = "provisor-sealed/1"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who cleaned, for which reason, and by which command."""

    command: tuple[str, ...] = ()
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One file that was written, or read."""

    file: str
    """As seen from the folder it is in."""
    sha256: str
    bytes: int
    rows: int


def written(folder: Path, file: Path, rows: int) -> Written:
    """Return what *file* in *folder* is, with its digest."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Written(file.relative_to(folder).as_posix(), digest, file.stat().st_size, rows)


def removal_text(removal: dict[str, Any]) -> str:
    """Return the record as it is written to removal.json."""
    return json_text(removal) + "\n"


def record_removal(
    connection: duckdb.DuckDBPyConnection, removal: dict[str, Any], made_at: datetime
) -> str:
    """Record it in the store as a run of kind `clean`; the ledger seals it. Return its id."""
    run_id = uuid.uuid4().hex
    record_run(
        connection,
        run_id=run_id,
        kind="clean",
        started_at=made_at,
        settings=removal,
        version=VERSION,
    )
    return run_id


def sealed_text(connection: duckdb.DuckDBPyConnection, run_id: str, record: Path) -> str:
    """Return where in the ledger of the store that is open a removal stands, as sealed.json.

    Args:
        connection: the store, opened to read after the removal was recorded.
        run_id: the id that it was recorded by.
        record: the file removal.json.
    """
    ((leaf, digest),) = connection.execute(
        "SELECT seq, hex(leaf) FROM ledger WHERE kind = 'run' AND key = ?", [run_id]
    ).fetchall()
    said = {
        "format": SEALED,
        "removal_sha256": hashlib.sha256(record.read_bytes()).hexdigest(),
        "run_id": run_id,
        "leaf": leaf,
        "leaf_sha256": digest.lower(),
        "checkpoint": str(last_checkpoint(connection)),
    }
    return json_text(said) + "\n"
