"""How dear is a list?

    python -m benchmarks.lists [--entries 40000 1000000] [--keep DIR]

writes plain lists of that many different names, as public lists hold them (one in three with www.
or another name in front), and prints what `provisor blocklist check` and `provisor blocklist
import` cost each: CPU, wall and memory of a process of its own.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from random import Random

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
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for entries in asked.entries:
            _measure(folder, entries)


def _measure(folder: Path, entries: int) -> None:
    path, store = folder / f"{entries}.txt", folder / f"{entries}.duckdb"
    write_list(path, entries)
    store.unlink(missing_ok=True)
    named = ("--list-id", "bench/names", "--submitter", "Bench", "--store", str(store))
    command = ("-m", "cli", "blocklist")
    _tell(f"check {entries:,}", child_cost(*command, "check", str(path)))
    _tell(f"check and store {entries:,}", child_cost(*command, "import", str(path), *named))


def _tell(what: str, cost: Cost) -> None:
    print(
        f"{what:28} {cost.cpu_s:7.1f} s CPU {cost.wall_s:7.1f} s wall"
        f" {cost.peak_bytes / 1e6:7.0f} MB"
    )


if __name__ == "__main__":
    main()
