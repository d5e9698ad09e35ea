"""What does each step of an audit cost, and could it cost less? Run: python -m benchmarks.profile.

    python -m benchmarks.profile --corpus DIR [--files 4]

judges the first files of a corpus (python -m benchmarks.audit --keep DIR leaves one, with its
snapshot) as one shard, in this process, and prints of each step its CPU for a row of the manifest,
and its floor: what the least statement takes that reads what the step must read and writes what it
must write, on the rows that the step has, in the same run. Shares do not hang on what else the
machine does; seconds do.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from audit import firing, kernel, statements
from audit.declaration import read_declaration
from audit.folder import TABLES
from audit.inputs import open_manifests
from audit.kernel import Shard
from audit.rules import rules
from audit.settings import Question
from audit.work import write
from benchmarks.measuring import SCAN, SCAN_HOST, scan_cost, watched

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the kernel's statements."""

    name: str
    files: tuple[str, ...]
    """What the names of its statements begin with."""
    floor: str = ""
    """The least statement that has to do its work."""
    why: str = ""
    """What that statement does."""


STEPS = (
    Step(
        "look-up",
        ("shard/00", "shard/01", "shard/02"),
        "SELECT sum(place.fact_1) FROM dated JOIN place ON place.host = split_part(url, '/', 3)",
        "reads the rows, and finds one number of each host",
    ),
    Step(
        "paths to ask",
        ("shard/03",),
        "CREATE OR REPLACE TEMP TABLE least AS SELECT row, question_id, url FROM seen"
        " WHERE aside & 33 > 0",
        "copies the addresses whose path may be asked",
    ),
    Step(
        "rules by path",
        ("refused_paths", "shard/04_answers"),
        "SELECT max(rank) FROM asked_path AS asked JOIN question USING (question_id)"
        " JOIN rule ON rule.ruleset_id = question.ruleset_ids[1] AND rule.start_4 = asked.form[:4]"
        " WHERE starts_with(asked.form, rule.literal)",
        "finds the rules of one rule set by the first four characters",
    ),
    Step(
        "entries for addresses",
        ("shard/04_named",),
        "SELECT count(*) FROM asked_path AS asked JOIN host_address AS entry"
        " ON entry.host_id = asked.host_id AND entry.key = asked.path[:4]",
        "finds the entries that begin with the same four characters",
    ),
    Step(
        "odd addresses, acts",
        ("shard/05", "shard/06", "shard/07", "exact/", "refused_agents", "acts refused_paths"),
        "SELECT count(*) FROM aside JOIN host USING (host_id)",
        "finds the hosts of the rows that were set aside",
    ),
    Step(
        "rows together",
        ("shard/08",),
        "CREATE OR REPLACE TEMP TABLE least AS SELECT row, state, fact, host_id FROM seen",
        "copies four numbers a row",
    ),
    Step(
        "facts, rules of law",
        ("shard/09", "fired", "shard/10", "shard/11", "kept_counts"),
        "SELECT host_id, fact, count(*) FROM judged GROUP BY ALL",
        "counts the rows of each host and set of facts",
    ),
    Step(
        "writing",
        tuple(f"write {name}" for name in TABLES),
        "COPY (SELECT state, own_fact FROM judged) TO '{file}' (FORMAT parquet, COMPRESSION zstd)",
        "writes two numbers a row, as they come",
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the steps of an audit and their floors.")
    parser.add_argument("--corpus", type=Path, required=True, help="where the corpus is")
    parser.add_argument("--files", type=int, default=4, help="how many of its files")
    asked = parser.parse_args()
    files = sorted((asked.corpus / "manifest").glob("*.parquet"))[: asked.files]
    with tempfile.TemporaryDirectory() as name:
        show(files, *measure(asked.corpus, files, Path(name)))


def measure(
    corpus: Path, files: list[Path], folder: Path
) -> tuple[int, float, dict[str, float], dict[str, float]]:
    """Return the rows, and the CPU seconds of all, of each file of statements, of each floor."""
    shard = Shard(0, tuple(open_manifests(files)))
    question = Question(read_declaration(corpus / "dataset.toml"), rules())
    spent: dict[str, float] = {}
    before = time.process_time()
    with (
        patch.multiple(kernel, run=_watched_run(spent), fire=watched(firing.fire, "fired", spent)),
        kernel.judged(shard, question, corpus / "knowledge.duckdb") as connection,
    ):
        counts = watched(connection.execute, "kept_counts", spent)("FROM kept_counts")
        ((rows, *_),) = counts.fetchall()
        for name in TABLES:
            watched(write, f"write {name}", spent)(connection, f"kept_{name}", folder / name)
        whole = time.process_time() - before
        floors = {step.name: _floor(connection, step, folder) for step in STEPS}
    return rows, whole, spent, floors


def show(
    files: list[Path], rows: int, whole: float, spent: dict[str, float], floors: dict[str, float]
) -> None:
    """Print the table, in microseconds of CPU for a row."""
    scan, host = (scan_cost(files, one) / rows * 1e6 for one in (SCAN, SCAN_HOST))
    print(f"rows {rows:,}; a bare scan {scan:.3f} µs CPU a row, with the host {host:.3f}")
    print(f"{'step':<24}{'µs a row':>10}{'floor':>8}  the floor")
    told = 0.0
    for step in STEPS:
        cost = sum(s for name, s in spent.items() if name.startswith(step.files)) / rows * 1e6
        told += cost
        print(f"{step.name:<24}{cost:>10.2f}{floors[step.name] / rows * 1e6:>8.2f}  {step.why}")
    least = sum(floors.values()) / rows * 1e6
    total = whole / rows * 1e6
    print(f"{'opening, and the rest':<24}{total - told:>10.2f}")
    print(f"{'all':<24}{total:>10.2f}{least:>8.2f}")
    print(f"{'times the bare scan':<24}{total / scan:>10.0f}{least / scan:>8.0f}")
    print(f"{'times scan and host':<24}{total / host:>10.0f}{least / host:>8.0f}")


def _watched_run(spent: dict[str, float]) -> Callable[..., None]:
    acts = False

    def run(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
        nonlocal acts
        for name in names:
            acts = acts or name.startswith("exact/")
            label = f"acts {name}" if acts and name == "refused_paths" else name
            watched(_RUN, label, spent)(connection, name)

    return run


_RUN = statements.run


def _floor(connection: duckdb.DuckDBPyConnection, step: Step, folder: Path) -> float:
    if not step.floor:
        return 0.0
    text = step.floor.replace("{file}", str(folder / "floor"))
    best = []
    for _ in range(2):
        before = time.process_time()
        connection.execute(text).fetchall()
        best.append(time.process_time() - before)
    return min(best)


if __name__ == "__main__":
    main()
