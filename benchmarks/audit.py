"""How much dearer is an audit than reading the manifest's URLs? Run: make bench.

Makes a manifest of 1,000,000 rows over 200,000 hosts (Zipf-like, random order) and a store with
three observations for nine hosts in ten, a third of them with rules by path, and 20,000 list
entries; then runs `provisor audit` in a process of its own and prints its time and memory beside
those of a bare scan of the url column in the same run. Fails above the bounds of the issue: 20 s
and 1 GB.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from crawler.robots.reading import read_robots
from provenance.recording import record_readings
from provenance.records import Capture, Outcome, Probe, Reading
from provenance.store import writing

ROWS, HOSTS, ENTRIES = 1_000_000, 200_000, 20_000
MAX_SECONDS, MAX_BYTES = 20.0, 1_000_000_000
FIRST = datetime(2024, 1, 1, tzinfo=UTC)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest, store = folder / "manifest.parquet", folder / "store.duckdb"
        for make, path in ((make_manifest, manifest), (make_store, store)):
            # In a process of its own: a child's peak begins at that of its parent.
            made = multiprocessing.get_context("spawn").Process(target=make, args=(path,))
            made.start()
            made.join()
        scan = scan_seconds(manifest)
        seconds, bytes_ = audit_cost(manifest, store, folder / "out")
    print(f"rows {ROWS:,}  hosts {HOSTS:,}  entries {ENTRIES:,}")
    print(f"bare scan of url   {scan:8.2f} s CPU")
    print(f"audit              {seconds:8.2f} s wall   {ROWS / seconds:,.0f} rows/s")
    print(f"peak memory        {bytes_ / 1e6:8.0f} MB")
    if seconds > MAX_SECONDS or bytes_ > MAX_BYTES:
        sys.exit(f"above the bounds of {MAX_SECONDS:g} s and {MAX_BYTES / 1e6:.0f} MB")


def make_manifest(path: Path) -> None:
    duckdb.execute("SELECT setseed(0.5)")
    duckdb.execute(
        f"""
        COPY (
            SELECT
                'https://www.site' || floor({HOSTS} * pow(random(), 3))::INTEGER || '.example.com/'
                || CASE (i % 4)
                    WHEN 0 THEN 'news/' WHEN 1 THEN 'private/' WHEN 2 THEN 'img/a_b/' ELSE 'p?id='
                END
                || i || CASE WHEN i % 33 = 0 THEN '/caf%C3%A9' ELSE '' END AS url,
                CASE WHEN i % 50 <> 0 THEN
                    TIMESTAMP '2024-01-01' + INTERVAL (floor(random() * 700)) DAY
                END AS collected_at
            FROM range({ROWS}) AS t(i)
        ) TO '{path}' (FORMAT parquet)
        """
    )


def make_store(path: Path) -> None:
    bodies = [robots_body(kind).encode() for kind in range(600)]
    batch: list[Reading] = []
    for host in range(0, HOSTS, 10):
        for nth in range(9):
            name = f"www.site{host + nth}.example.com"
            for month in (0, 7, 14):
                body = bodies[(host * 7 + nth * 13 + month) % len(bodies)]
                when = FIRST + timedelta(days=30 * month + nth)
                capture = Capture(
                    url=f"https://{name}/robots.txt", host=name, path="/robots.txt",
                    probe=Probe.ROBOTS, captured_at=when, method="import", status=200, body=body,
                )  # fmt: skip
                batch.append(Reading(capture, Outcome.PARSED))
    with writing(path) as connection:
        record_readings(connection, "bench", batch, compile_robots=read_robots)
        connection.execute(
            "INSERT INTO submission SELECT 1, 'bench/list', 1, TIMESTAMP '2024-06-01', NULL, NULL,"
            " 'bench', 'association', 'association_list', 'plain', 'f', 'd', 'p', 'accepted'"
        )
        connection.execute(
            f"INSERT INTO entry SELECT 1, sha256(i::VARCHAR), i, '', 'domain',"
            f" 'site' || (i * 9) || '.example.com', '', '', '', '', '', NULL, []"
            f" FROM range({ENTRIES}) AS t(i)"
        )


def robots_body(kind: int) -> str:
    """Return a third each of: open, refusing AI agents, and rules by path."""
    if kind % 3 == 0:
        return f"# {kind}\nUser-agent: *\nDisallow:\n"
    if kind % 3 == 1:
        return f"# {kind}\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n"
    rules = "".join(f"Disallow: /private/{kind}{n}\nAllow: /*/{n}$\n" for n in range(15))
    return f"User-agent: *\n{rules}Disallow: /img/\nUser-agent: GPTBot\nDisallow: /news/\n"


def scan_seconds(manifest: Path) -> float:
    before = time.process_time()
    duckdb.execute(f"SELECT sum(strlen(url)) FROM '{manifest}'").fetchall()
    return time.process_time() - before


def audit_cost(manifest: Path, store: Path, out: Path) -> tuple[float, int]:
    """Return seconds of wall and the peak resident bytes of `provisor audit`."""
    command = [
        sys.executable, "-m", "cli", "audit", str(manifest), "--store", str(store),
        "--out", str(out), "--fail-on", "never",
    ]  # fmt: skip
    before = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as audit:
        _, status, used = os.wait4(audit.pid, 0)  # of this child alone
        audit.returncode = os.waitstatus_to_exitcode(status)
    if audit.returncode:
        sys.exit(f"provisor audit ended with {audit.returncode}")
    return time.monotonic() - before, used.ru_maxrss * 1024


if __name__ == "__main__":
    main()
