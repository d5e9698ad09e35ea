"""A small audit in several shards, and what it leaves, to compare."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import duckdb

from audit.rules import rules
from audit.settings import Question
from audit.verdicts import open_verdicts
from tests.audit.world import ALLOW, BY_GPTBOT, REFUSE_AI, World

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import Summary

QUESTION = Question(BY_GPTBOT, rules())
PARTS = 4
LINES = 30


def make_corpus(folder: Path, parts: int = PARTS, lines: int = LINES) -> World:
    """Make a store and the folder `rows` of several files, which share hosts of every kind."""
    world = World(folder)
    world.robots("2024-02-09", ALLOW)
    world.robots("2024-02-11", REFUSE_AI)
    world.robots("2024-02-10", "User-agent: *\nDisallow: /p\n", host="paths.example")
    world.robots("2024-02-10", REFUSE_AI, host="closed.example")
    world.page("2024-02-10", "/a1")
    world.listed("2024-01-01", host="listed.example")
    hosts = ("site", "paths", "closed", "listed", "www.listed", "new1", "new2")
    (folder / "dataset.toml").write_text(
        '[dataset]\npurpose = "pretraining"\nagent = "GPTBot"\n', "utf-8"
    )
    (folder / "rows").mkdir()
    for part in range(parts):
        text = "url,collected_at\n"
        for line in range(lines):
            number = part * lines + line
            host, path = hosts[number * 5 % len(hosts)], "ap"[number % 2]
            day = f"2024-02-{1 + number % 20:02}" if number % 11 else ("x", "")[number % 2]
            odd = ":443/%7Eb" if number % 13 == 0 else ""
            text += f"https://{host}.example{odd}/{path}{number % 3},{day}\n"
        text += "no address,2024-02-10\n"
        (folder / "rows" / f"part-{part}.csv").write_text(text, "utf-8")
    return world


def as_parquet(folder: Path, *, group: int = 2048) -> Path:
    """Return the rows of all files in one Parquet file."""
    file = folder / "all.parquet"
    duckdb.execute(
        f"COPY (SELECT * FROM read_csv('{folder}/rows/part-*.csv', all_varchar = true))"
        f" TO '{file}' (FORMAT parquet, ROW_GROUP_SIZE {group})"
    )
    return file


def tables(out: Path) -> dict[str, bytes]:
    """Return what lies in every Parquet file of an audit."""
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.parquet")}


def counted(summary: Summary) -> dict[str, Any]:
    """Return all of a summary but when and how it was made, and from which files."""
    said = asdict(summary)
    return {
        name: said[name]
        for name in said.keys() - {"made_at", "manifest", "shards", "snapshot", "rules"}
    }


def told(out: Path) -> list[tuple[Any, ...]]:
    """Return the full verdicts, without the files their rows stand in."""
    with open_verdicts(out) as connection:
        return connection.execute("SELECT * EXCLUDE (shard, fact, state) FROM verdict").fetchall()


def done(out: Path) -> list[int]:
    """Return which shards are done."""
    return sorted(json.loads(path.read_text())["number"] for path in (out / "shards").glob("*"))
