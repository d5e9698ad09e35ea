"""How dear is an audit, and is it right? Run: make bench.

    python -m benchmarks.audit [--rows 1000000] [--hosts 200000] [--keep DIR] [--bounds]

makes a corpus (benchmarks/corpus.py) and prints, of one run: what the snapshot and the audit cost
in CPU, wall and memory, each in a process of its own; a bare scan of the url column, without and
with taking the host out of it; the loop a user would write (benchmarks/naive.py); how they
compare; the size of the verdicts; and the differences to a second judge (benchmarks/oracle.py).
Ends with 1 if there is a difference or, with --bounds, if a figure is beyond its bound. --keep DIR
leaves the corpus there and uses it again.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import SCAN, SCAN_HOST, Cost, child_cost, scan_cost, size_of

if TYPE_CHECKING:
    from benchmarks.naive import Cost as Naive


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured."""

    rows: int
    snapshot: Cost
    audit: Cost
    scan_s: float
    scan_host_s: float
    naive: Naive
    verdict_bytes: int
    sample: int
    differences: int

    @property
    def table(self) -> dict[str, tuple[float, str]]:
        """Each figure by its name, with its unit."""
        cpu, wall, rows = self.audit.cpu_s, self.audit.wall_s, self.rows
        return {
            "bare scan": (self.scan_s / rows * 1e6, "µs CPU a row"),
            "scan and host": (self.scan_host_s / rows * 1e6, "µs CPU a row"),
            "snapshot": (self.snapshot.cpu_s, "s CPU, once for a state of the store"),
            "audit": (cpu / rows * 1e6, "µs CPU a row"),
            "audit wall": (wall, "s"),
            "audit speed": (rows / wall, "rows/s"),
            "audit peak": (self.audit.peak_bytes / 1e6, "MB"),
            "snapshot peak": (self.snapshot.peak_bytes / 1e6, "MB"),
            "naive loop": (self.naive.wall_s_per_row * 1e6, "µs a row"),
            "naive loop CPU": (self.naive.cpu_s_per_row * 1e6, "µs CPU a row"),
            "naive parsing": (self.naive.parse_s, "s before that"),
            "audit : scan": (cpu / self.scan_s, "times the CPU"),
            "audit : scan and host": (cpu / self.scan_host_s, "times the CPU"),
            "naive : audit": (self.naive.wall_s_per_row * rows / wall, "times the wall"),
            "naive : audit CPU": (self.naive.cpu_s_per_row * rows / cpu, "times the CPU"),
            "verdicts": (self.verdict_bytes / rows, "bytes a row"),
            "differences": (self.differences, f"to the second judge in {self.sample:,} rows"),
        }


BOUNDS = {"audit": 10.0, "audit peak": 2000.0, "snapshot peak": 2000.0}
"""At most, for the default sizes. CPU, because wall depends on what else the machine does."""


def main() -> None:
    asked = _asked()
    if asked.keep:
        figures = measure(asked.keep, asked)
    else:
        with tempfile.TemporaryDirectory() as name:
            figures = measure(Path(name), asked)
    print(f"rows {asked.rows:,}  hosts {asked.hosts:,}")
    for name, (value, unit) in figures.table.items():
        print(f"{name:<22}{value:>12,.2f} {unit}")
    beyond = [name for name, most in BOUNDS.items() if figures.table[name][0] > most]
    if figures.differences:
        sys.exit("the audit and the second judge differ")
    if asked.bounds and beyond:
        sys.exit(f"beyond its bound: {', '.join(f'{name} {BOUNDS[name]:g}' for name in beyond)}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure an audit, and judge it anew.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--hosts", type=int, default=200_000)
    parser.add_argument("--sample", type=int, default=200_000, help="rows judged anew")
    parser.add_argument("--naive-rows", type=int, default=100_000, help="rows of the naive loop")
    parser.add_argument("--keep", type=Path, help="where the corpus is, or is left")
    parser.add_argument("--bounds", action="store_true", help="fail beyond the bounds")
    return parser.parse_args()


def measure(folder: Path, asked: argparse.Namespace) -> Figures:
    """Return the figures of an audit of the corpus in *folder*, made there if it is missing."""
    sizes = ("--rows", str(asked.rows), "--hosts", str(asked.hosts))
    # In a process of its own: what this one holds would count as the audit's peak.
    child_cost("-m", "benchmarks.corpus", "--out", str(folder), *sizes)
    files = sorted((folder / "manifest").glob("*.parquet"))
    snapshot, audit = audit_cost(folder, files)
    from benchmarks.naive import cost
    from benchmarks.oracle import judged, report

    naive = cost(files, folder / "store.duckdb", rows=asked.naive_rows)
    found, sample = judged(folder, folder / "audit", asked.sample)
    if found:
        print(report(found, sample), file=sys.stderr)
    return Figures(
        rows=asked.rows,
        snapshot=snapshot,
        audit=audit,
        scan_s=scan_cost(files, SCAN),
        scan_host_s=scan_cost(files, SCAN_HOST),
        naive=naive,
        verdict_bytes=size_of(folder / "audit", "verdicts*"),
        sample=sample,
        differences=len(found),
    )


def audit_cost(folder: Path, files: list[Path]) -> tuple[Cost, Cost]:
    """Return the cost of the snapshot and of an audit of *files*; both stay in *folder*."""
    one_row, knowledge = folder / "one-row.csv", folder / "knowledge.duckdb"
    one_row.write_text("url\nhttps://nobody.example/\n", "utf-8")
    knowledge.unlink(missing_ok=True)
    manifest = files[0] if len(files) == 1 else files[0].parent
    return _audit(folder, one_row, "audit-of-one-row"), _audit(folder, manifest, "audit")


def _audit(folder: Path, manifest: Path, out: str) -> Cost:
    shutil.rmtree(folder / out, ignore_errors=True)
    return child_cost(
        "-m", "cli", "audit", str(manifest), "--out", str(folder / out), "--fail-on", "never",
        "--store", str(folder / "store.duckdb"), "--declaration", str(folder / "dataset.toml"),
        "--snapshot", str(folder / "knowledge.duckdb"),
    )  # fmt: skip


if __name__ == "__main__":
    main()
