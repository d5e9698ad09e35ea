"""What an audit leaves in its folder: verdicts for every row, their facts, and the reports."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from audit import reports
from audit.reports import Report
from audit.summary import Summary, summarise
from provenance.errors import StoreError, UsageRefused
from provenance.intake.manifest import refuse_changed
from provenance.manifests import quoted
from provenance.registry import collect
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audit.kernel import Audit

SIDE_TABLES = {
    "facts": "SELECT * FROM facts ORDER BY fact_id",
    "refusals": "SELECT * FROM refusal ORDER BY refusal_id",
    "captures": (
        "SELECT answer.capture_id, host.host, 'robots' AS probe, '/robots.txt' AS path, seen_at,"
        " status, outcome, body_sha256 FROM robots_answer AS answer JOIN host USING (host_id)"
        " UNION ALL SELECT answer.capture_id, host.host, 'page', path, seen_at, status, NULL,"
        " body_sha256 FROM page_answer AS answer JOIN host USING (host_id) ORDER BY capture_id"
    ),
    "entries": (
        "SELECT DISTINCT list_entry.* FROM list_entry WHERE entry_id IN (SELECT entry_id FROM"
        " listed_host UNION ALL SELECT entry_id FROM listed_row) ORDER BY ALL"
    ),
    "hosts": "SELECT host_id, host, row_count FROM host ORDER BY host_id",
}
"""What the numbers in verdicts.parquet stand for."""


def write_outputs(connection: duckdb.DuckDBPyConnection, audit: Audit, folder: Path) -> Summary:
    """Write verdicts.parquet, its side tables and the reports into *folder*.

    Raises:
        StoreError: the disk is full, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _replacing(folder / "verdicts.parquet") as file:
            _copy(connection, "FROM verdict", file)
            connection.execute(
                f"CREATE OR REPLACE TEMP VIEW judged AS FROM read_parquet([{quoted(str(file))}])"
            )
            summary = summarise(connection, audit)
            refuse_changed(audit.manifest)
        for name, query in SIDE_TABLES.items():
            with _replacing(folder / f"{name}.parquet") as file:
                _copy(connection, query, file)
        for report in collect(reports, Report).values():
            if report.file_name:
                with _replacing(folder / report.file_name) as file:
                    file.write_text(report.render(summary), "utf-8")
    except (OSError, duckdb.IOException) as error:
        raise StoreError(
            str(folder), f"cannot be written ({error})", "make room and audit again"
        ) from error
    return summary


def refuse_unfit_folder(audit: Audit, folder: Path) -> None:
    """Refuse a folder in which an output would lie over an input, or over another manifest's audit.

    Raises:
        UsageRefused: saying which of the two.
    """
    inputs = {audit.manifest.path.resolve(), audit.store.resolve()}
    outputs = {folder.resolve() / name for name in _output_names()}
    if folder.is_file() or inputs & outputs:
        raise UsageRefused(str(folder), "an output would lie over an input", "choose another --out")
    try:
        known = json.loads((folder / "summary.json").read_text("utf-8"))["manifest"]["file"]
    except (OSError, ValueError, LookupError, TypeError):
        return
    if known != audit.manifest.path.name:
        fact = f"it holds the audit of {show(str(known))}"
        raise UsageRefused(str(folder), fact, "choose another --out, or remove it")


def _output_names() -> set[str]:
    files = {f"{name}.parquet" for name in ("verdicts", *SIDE_TABLES)}
    return files | {report.file_name for report in collect(reports, Report).values()}


def _copy(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    connection.execute(f"COPY ({query}) TO {quoted(str(file))} (FORMAT parquet, COMPRESSION zstd)")


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Write beside *path* and put the file there when it is whole."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
