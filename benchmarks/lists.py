"""How dear is a list?

    python -m benchmarks.lists [--entries 40000 1000000] [--keep DIR]
    python -m benchmarks.lists --audit 5000000 --entries 1 1000000 [--hosts 400000] [--keep DIR]

The first writes plain lists of that many different names, as public lists hold them (one in three
with www. or another name in front), and prints what `provisor blocklist check` and `provisor
blocklist import` cost each: CPU, wall and memory of a process of its own. The second prints what a
snapshot and an audit of so many rows cost by a store with so many entries (benchmarks/corpus.py);
hosts, captures and rows are the same each time.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from random import Random

from benchmarks.audit import audit_cost
from benchmarks.measuring import Cost, child_cost

_ENDINGS = ("com", "to", "ru", "net", "org", "co.jp", "lol", "example", "blogspot.com")
_FRONTS = ("", "", "", "", "www.", "manga.")


def write_list(path: Path, entries: int) -> None:
    """Write *entries* different names, the same for the same number."""
    random = Random(entries)  # noqa: S311 (no secret)
    with path.open("w", encoding="utf-8") as file:
        for number in range(entries):
            name = f"site{number}-{random.randrange(10**6)}.{random.choice(_ENDINGS)}"
            file.write(f"{random.choice(_FRONTS)}{name}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, nargs="+", default=[40_000, 1_000_000])
    parser.add_argument("--keep", type=Path, help="leave the lists and stores there")
    parser.add_argument("--audit", type=int, default=0, metavar="ROWS")
    parser.add_argument("--hosts", type=int, default=400_000, help="of the audit")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for entries in asked.entries:
            if asked.audit:
                _measure_audit(folder / f"audit-{entries}", entries, asked.audit, asked.hosts)
            else:
                _measure(folder, entries)


def _measure(folder: Path, entries: int) -> None:
    path, store = folder / f"{entries}.txt", folder / f"{entries}.duckdb"
    write_list(path, entries)
    store.unlink(missing_ok=True)
    named = ("--list-id", "bench/names", "--submitter", "Bench", "--store", str(store))
    command = ("-m", "cli", "blocklist")
    _tell(f"check {entries:,}", child_cost(*command, "check", str(path)))
    _tell(f"check and store {entries:,}", child_cost(*command, "import", str(path), *named))


def _measure_audit(folder: Path, entries: int, rows: int, hosts: int) -> None:
    sizes = ("--rows", str(rows), "--hosts", str(hosts), "--entries", str(entries))
    child_cost("-m", "benchmarks.corpus", "--out", str(folder), *sizes)
    snapshot, audit = audit_cost(folder, sorted((folder / "manifest").glob("*.parquet")))
    _tell(f"snapshot, {entries:,} entries", snapshot)
    _tell(f"audit of {rows:,} rows", audit)


def _tell(what: str, cost: Cost) -> None:
    print(
        f"{what:28} {cost.cpu_s:7.1f} s CPU {cost.wall_s:7.1f} s wall"
        f" {cost.peak_bytes / 1e6:7.0f} MB"
    )


if __name__ == "__main__":
    main()
