"""A corpus to measure with: a manifest of any size, and a store that knows its hosts.

    python -m benchmarks.corpus --rows 1000000 --hosts 200000 --out DIR

writes into DIR

    manifest/manifest-00000.parquet …   rows (url, collected_at, sha256), 1,000,000 a file
    store.duckdb                        what the hosts said, and what right holders handed in
    dataset.toml                        the declaration: CCBot collected, for pretraining
    corpus.json                         the sizes it was made with

The same sizes and seed give the same corpus; a folder that holds it already is left as it is. From
Python: `corpus = make_corpus(folder, Size(rows=100_000, hosts=20_000))`, then `corpus.manifest` (a
list of files), `corpus.store`, `corpus.declaration`. Row numbers follow the files' order.

What it is like: hosts are as popular as in the world (weight 1 / (rank + 10)) and the rows in
random order; 1.3 in a hundred URLs are oddly written; nine hosts in ten were observed, 3.5 times on
average from 2018 to 2026; half of the rows need their path compared with robots rules.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from benchmarks.corpus_hosts import make_hosts, set_values
from benchmarks.corpus_store import make_store
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Callable

FILE_ROWS = 1_000_000
DECLARATION = """\
[dataset]
name = "corpus"
version = "1"
purpose = "pretraining"
agent = "CCBot"
copies = true

[[act]]
kind = "training"
from = 2023-01-01
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a corpus is; 0 bodies or entries: as many as suit its hosts."""

    rows: int
    hosts: int
    bodies: int = 0
    entries: int = 0
    file_rows: int = FILE_ROWS
    seed: int = 1

    @property
    def body_count(self) -> int:
        """How many different robots bodies."""
        return self.bodies or max(50, min(120_000, self.hosts // 17))

    @property
    def entry_count(self) -> int:
        """How many entries of lists."""
        return self.entries or min(1_000_000, self.hosts // 2)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where a corpus lies."""

    folder: Path
    manifest: list[Path]
    store: Path
    declaration: Path


def make_corpus(folder: Path, size: Size, *, say: Callable[[str], None] = lambda _: None) -> Corpus:
    """Make the corpus of *size* in *folder*, or find it there."""
    rows = folder / "manifest"
    files = -(-size.rows // size.file_rows)
    corpus = Corpus(
        folder,
        [rows / f"manifest-{number:05}.parquet" for number in range(files)],
        folder / "store.duckdb",
        folder / "dataset.toml",
    )
    made = folder / "corpus.json"
    wanted = json.dumps(asdict(size))
    if made.exists() and made.read_text("utf-8") == wanted:
        return corpus
    if made.exists() or corpus.store.exists():
        sys.exit(f"{folder} holds another corpus, or an unfinished one: name another folder")
    rows.mkdir(parents=True, exist_ok=True)
    _write_rows(corpus.manifest, size, say)
    make_store(
        corpus.store, hosts=size.hosts, bodies=size.body_count, entries=size.entry_count,
        seed=size.seed, say=say,
    )  # fmt: skip
    corpus.declaration.write_text(DECLARATION, "utf-8")
    made.write_text(wanted, "utf-8")
    return corpus


def _write_rows(files: list[Path], size: Size, say: Callable[[str], None]) -> None:
    with duckdb.connect() as connection:
        make_hosts(connection, hosts=size.hosts, seed=size.seed)
        for number, file in enumerate(files):
            say(f"manifest: {file.name}")
            first = number * size.file_rows
            last = min(size.rows, first + size.file_rows)
            values: dict[str, tuple[str, object]] = {
                "first_row": ("BIGINT", first),
                "last_row": ("BIGINT", last),
            }
            set_values(connection, values)
            connection.execute(
                f"COPY ({statement('benchmarks', 'corpus_rows')}) TO '{file}'"
                " (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 200000)"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a corpus to measure with.")
    parser.add_argument("--out", type=Path, required=True)
    for field, value in (("rows", 1_000_000), ("hosts", 200_000), ("bodies", 0), ("entries", 0),
                         ("file-rows", FILE_ROWS), ("seed", 1)):  # fmt: skip
        parser.add_argument(f"--{field}", type=int, default=value)
    asked = vars(parser.parse_args())
    out = asked.pop("out")
    make_corpus(out, Size(**asked), say=lambda text: print(text, file=sys.stderr))


if __name__ == "__main__":
    main()
