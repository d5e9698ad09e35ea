"""Where another tool does a part of what we do: the same verdicts, and how fast?

    python -m benchmarks.peers [--rows 100000] [--entries 20000] [--keep DIR]

installs robots-checker, datatrove and datadiligence, each in an environment of its own, and asks
them and us about the same rows. Differences are counted by their cause; while one is unexplained
no speed is quoted, and it ends with 1. Speeds are the best of three runs, in turn, each side on
one thread; what each has to know beforehand (bodies parsed, lists loaded, the snapshot) is not
counted. A peer that cannot be installed is reported in pip's words. --keep DIR leaves the
environments there and uses them again.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers import headers, lists, robots
from benchmarks.peers.asking import Peer, PeerFailed, installed
from benchmarks.peers.comparing import UNEXPLAINED, Comparison, Part, compared, table

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> None:
    asked = _asked()
    with tempfile.TemporaryDirectory() as name:
        keep = asked.keep.resolve() if asked.keep else Path(name)
        found = [(part, _result(part, keep)) for part in _parts(Path(name), asked)]
    print(table(found))
    results = [result for _, result in found if isinstance(result, Comparison)]
    if any(result.causes[UNEXPLAINED] for result in results):
        sys.exit("verdicts differ and nobody knows why")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare with peers.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=20_000, help="of the list")
    parser.add_argument("--keep", type=Path, help="where the environments are, or are left")
    return parser.parse_args()


def _parts(folder: Path, asked: argparse.Namespace) -> Iterator[Part]:
    yield robots.part(_fresh(folder / "robots"), asked.rows)
    yield lists.part(_fresh(folder / "lists"), asked.rows, asked.entries)
    yield headers.part(asked.rows)


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _result(part: Part, keep: Path) -> Comparison | str:
    """Return how the peer of *part* compares, or why it could not be asked."""
    environment = keep / f"env-{part.name}"
    try:
        with Peer(installed(environment, part.requirements), part.name, environment) as peer:
            return compared(part, peer)
    except PeerFailed as failed:
        return str(failed)


if __name__ == "__main__":
    main()
