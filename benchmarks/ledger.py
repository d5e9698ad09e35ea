"""What sealing costs, and verifying: a million captures, in one run.

    python -m benchmarks.ledger [--leaves 1000000]

The parts of a tenth each are recorded with the seal and, in a second store, as bare rows.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from provenance.ledger.verifying import verify
from provenance.store import attached, writing
from provenance.workplace import workplace

_PARTS = 10
_ROWS = """
    INSERT INTO capture
    SELECT
        i + 1, 'run', sha256('capture' || i), 'https://h' || i || '.example/robots.txt',
        'h' || i || '.example', '/robots.txt', 'robots',
        TIMESTAMP '2024-01-01' + to_seconds(i), '', 'crawl', '', 200, '', '', [],
        '[["Server","nginx"],["Content-Type","text/plain"]]', sha256('body' || i % 1000), FALSE,
        FALSE, 'parsed', ''
    FROM range(?, ?) AS t(i)
"""


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--leaves", type=int, default=1_000_000)
    leaves = asked.parse_args().leaves
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store.duckdb"
        sealed = _recorded(store, leaves)
        bare = _bare(Path(folder) / "bare.duckdb", leaves)
        began, cpu = time.monotonic(), time.process_time()
        with workplace("300MB") as connection, attached(connection, store):
            connection.execute("USE store")
            found = verify(connection)
            connection.execute("USE memory")
        wall, cpu = time.monotonic() - began, time.process_time() - cpu
    if found.findings or found.ledger.size != leaves:
        sys.exit(f"not as recorded: {found}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, value, unit in (
        ("bare rows", bare / leaves * 1e6, "µs CPU a leaf"),
        ("rows and seal", sealed / leaves * 1e6, "µs CPU a leaf"),
        ("verify", cpu, "s CPU"),
        ("verify wall", wall, "s"),
        ("peak", peak, "MB"),
    ):
        print(f"{name:<16}{value:>12,.2f} {unit}")


def _recorded(store: Path, leaves: int) -> float:
    began = time.process_time()
    for part in range(_PARTS):
        with writing(store) as connection:
            connection.execute(_ROWS, [part * leaves // _PARTS, (part + 1) * leaves // _PARTS])
    return time.process_time() - began


def _bare(store: Path, leaves: int) -> float:
    with writing(store):
        pass
    began = time.process_time()
    with duckdb.connect(str(store)) as connection:
        for part in range(_PARTS):
            connection.execute(_ROWS, [part * leaves // _PARTS, (part + 1) * leaves // _PARTS])
    return time.process_time() - began


if __name__ == "__main__":
    main()
