"""How dear is it to bring an audit up to date, beside a new one? Run: python -m benchmarks.update.

    python -m benchmarks.update --corpus DIR [--share 0.01]

copies the store of a corpus (python -m benchmarks.audit --keep DIR leaves one), audits its
manifest, records a new robots.txt for a share of its hosts, and prints what the update of that
audit costs beside a new one, in CPU: judging, and what follows once for a whole audit, the summary
and the reports; and of judging in the update what each part takes. The snapshot is brought up to
date before either. Ends with 1 where the two come to different levels.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import duckdb

from audit import again, kernel, statements
from audit import run as running
from audit.declaration import read_declaration
from audit.engines import Engine, local
from audit.inputs import open_manifests
from audit.rules import rules
from audit.settings import Question
from audit.snapshot import bring_up_to_date
from audit.work import write
from benchmarks.measuring import watched
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.recording import record_readings
from provenance.records import Capture, Probe, Reading
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

_BODY = b"User-agent: GPTBot\nDisallow: /\n\nUser-agent: CCBot\nDisallow: /private/\n"
_SEEN = datetime(2026, 1, 1, tzinfo=UTC)
_STEPS = ("_judge", "_report")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure an update of an audit.")
    parser.add_argument("--corpus", type=Path, required=True, help="where the corpus is")
    parser.add_argument("--share", type=float, default=0.01, help="of its hosts that change")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(asked.corpus, Path(name), asked.share)


def measure(corpus: Path, folder: Path, share: float) -> None:
    """Print what a new audit and an update cost; nothing is written to *corpus*."""
    store, known = folder / "store.duckdb", folder / "knowledge.duckdb"
    shutil.copyfile(corpus / "store.duckdb", store)
    parts = open_manifests(sorted((corpus / "manifest").glob("*.parquet")))
    question = Question(read_declaration(corpus / "dataset.toml"), rules())

    def audit(out: str, **options: Any) -> tuple[dict[str, float], dict[str, int]]:
        # Shards are judged in this process, whose CPU is told by itself.
        with patch.object(local, "ENGINE", Engine("local", _here)):
            return _timed(
                lambda: running.run(parts, question, store, folder / out, snapshot=known, **options)
            )

    audit("audit")
    changed = _learn(store, share)
    bring_up_to_date(question, store, known)
    update, updated = audit("audit", update=True)
    anew, fresh = audit("new")
    print(f"hosts with a new robots.txt {changed:,}, rows {sum(fresh.values()):,}")
    for step, label in (("_judge", "judging"), ("_report", "summary and reports")):
        ratio = update[step] / anew[step] * 100
        print(
            f"{label:<22}{anew[step]:>8.2f} s CPU new {update[step]:>8.2f} s updated {ratio:6.1f} %"
        )
    spent = {part: seconds for part, seconds in update.items() if part not in _STEPS}
    spent["addresses, and the rest"] = update["_judge"] - sum(spent.values())
    for part, seconds in spent.items():
        print(f"  {part:<31}{seconds:>17.2f} s updated")
    if updated != fresh:
        sys.exit("the update and the new audit differ")


def _here(work: Any, tasks: Any, files: Any, *, options: Any) -> Iterator[Any]:  # noqa: ARG001
    return (work(task, dict(files)) for task in tasks)


def _timed(work: Any) -> tuple[dict[str, float], dict[str, int]]:
    """Return the CPU seconds of each step of an audit, and its levels."""
    spent: dict[str, float] = {}
    steps: dict[str, Any] = {name: watched(getattr(running, name), name, spent) for name in _STEPS}
    with (
        patch.multiple(running, **steps),
        patch.multiple(again, **_watched_parts(spent)),
    ):
        levels = work().levels
    return spent, levels


def _watched_parts(spent: dict[str, float]) -> dict[str, Any]:
    """Return what an update calls, so that *spent* tells what each part of it took."""

    def written(connection: duckdb.DuckDBPyConnection, relation: str, file: Path) -> None:
        verdicts = relation == "merged_verdicts"
        part = "verdicts written anew" if verdicts else "other tables written anew"
        watched(write, part, spent)(connection, relation, file)

    return {
        "write": written,
        "run": watched(statements.run, "stale rows, samples", spent),
        "judge": watched(kernel.judge, "rows judged", spent),
    }


def _learn(store: Path, share: float) -> int:
    """Record a new robots.txt for a share of the hosts, and return of how many."""
    with duckdb.connect(str(store), read_only=True) as connection:
        found = connection.execute(
            "SELECT DISTINCT host FROM capture WHERE hash(host) % 10000 < ? ORDER BY host",
            [round(share * 10_000)],
        ).fetchall()
    hosts = [host for (host,) in found]
    with writing(store) as connection:
        # The captures of a corpus were numbered in bulk.
        connection.execute(
            "SELECT max(nextval('capture_ids')) FROM range((SELECT max(capture_id) FROM capture))"
        )
        record_readings(connection, "corpus", list(_readings(hosts)), compile_robots=read_robots)
    return len(hosts)


def _readings(hosts: list[str]) -> Iterator[Reading]:
    for host in hosts:
        capture = Capture(
            url=f"https://{host}/robots.txt", host=host, path="/robots.txt", probe=Probe.ROBOTS,
            captured_at=_SEEN, method="crawl", status=200, body=_BODY,
        )  # fmt: skip
        yield Reading(capture, *classify(capture))


if __name__ == "__main__":
    main()
