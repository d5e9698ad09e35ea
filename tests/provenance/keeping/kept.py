"""A store with evidence, its export, and what somebody may do to an export."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import duckdb

from crawler.robots.reading import read_robots
from provenance.evidence import EvidenceFile
from provenance.evidence_records import Octets, records
from provenance.keeping.measuring import octets_of
from provenance.migrating import carry_out, migrations
from provenance.recording import record_readings
from provenance.records import Capture, Probe, Reading
from provenance.store import writing
from tests.provenance.stores import at, handed_in, matched, recorded

if TYPE_CHECKING:
    from pathlib import Path

HOSTS = [f"h{number}.example" for number in range(6)]


def filled(store: Path, *, body: bytes = b"<p>hello</p>") -> None:
    """Make *store*: two crawls, one with evidence, and a list."""
    recorded(store, *HOSTS)
    handed_in(store, "2026-01-02")
    matched(store, "h1.example")
    with EvidenceFile(store, "crawl", about={}) as file:
        evidence = file.add(0, records(Octets(
            "https://kept.example/", at("2026-01-03"), "192.0.2.1",
            b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n" + body,
        )))  # fmt: skip
    seen = Capture(
        url="https://kept.example/", host="kept.example", path="/", probe=Probe.PAGE,
        captured_at=at("2026-01-03") + timedelta(seconds=1), method="crawl", status=200,
        body=body, evidence=evidence,
    )  # fmt: skip
    with writing(store) as connection:
        record_readings(connection, "run-2", [Reading(seen)], compile_robots=read_robots)


def about(folder: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((folder / "export.json").read_text("utf-8"))
    return said


def says(folder: Path, said: dict[str, Any]) -> None:
    (folder / "export.json").write_text(json.dumps(said), encoding="utf-8")


def forged(folder: Path, table: str, query: str, *, options: str = "COMPRESSION zstd") -> Path:
    """Write *table* anew, by a query over itself as `t`; the export names it as it is then."""
    file = folder / "tables" / f"{table}.parquet"
    with duckdb.connect() as connection:
        carry_out(connection, migrations().keys())
        connection.execute(f"CREATE TEMP TABLE t AS FROM '{file}'")
        connection.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet, {options})")
        source = f"read_parquet('{file}')"
        ((rows,),) = connection.execute(f"SELECT count(*) FROM {source}").fetchall()
        try:
            octets = octets_of(connection, table, source)
        except duckdb.Error:
            octets = 0
    return told_anew(folder, table, rows=rows, octets=octets)


def told_anew(folder: Path, table: str, **values: int) -> Path:
    """Let the export say of *table* what its file is now, and *values*; return its folder."""
    said, file = about(folder), folder / "tables" / f"{table}.parquet"
    (one,) = (one for one in said["tables"] if one["name"] == table)
    one |= {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()} | values
    says(folder, said)
    return folder
