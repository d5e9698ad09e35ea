"""Rows to look at: of each rule that fires a few, with their addresses and evidence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from audit.statements import run
from provenance.errors import InputRefused
from provenance.intake.manifest import exact_file, load_statements
from provenance.statements import statement
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.settings import Question
    from provenance.intake.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Sample:
    """One row of a rule that fires."""

    rule: str
    row: int
    url: str
    level: str
    confidence: str
    robots: str
    basis: str
    captures: Sequence[int]
    entries: Sequence[str]


def samples(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Manifest], question: Question
) -> tuple[Sample, ...]:
    """Return the samples of all shards that are gathered in *connection*, by rule and row."""
    chosen = connection.execute(statement("audit", "summary/samples")).fetchall()
    rows = sorted({row for _, _, row in chosen})
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE sampled AS SELECT shard, row - shard.first_row AS"
        " row_in_shard, row FROM (SELECT unnest(?::BIGINT[]) AS row) AS chosen JOIN shard"
        " ON row >= shard.first_row AND row < shard.first_row + shard.row_count",
        [rows],
    )
    run(connection, "summary/sampled", "verdict")
    said = connection.execute(
        "SELECT row, level, confidence, robots, basis,"
        " list_transform(captures, lambda one: one.id), entries FROM verdict"
    ).fetchall()
    verdicts = {row[0]: row[1:] for row in said}
    urls = _urls(connection, parts, question)
    return tuple(Sample(rule, row, urls[row] or "", *verdicts[row]) for rule, _, row in chosen)


def _urls(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Manifest], question: Question
) -> dict[int, str | None]:
    """Return the address of each sampled row, from the files."""
    placed = connection.execute(
        "SELECT part.file_no, sampled.row - part.first_row + part.first_in_file, sampled.row"
        " FROM sampled JOIN part ON sampled.row >= part.first_row"
        " AND sampled.row < part.first_row + part.row_count"
    ).fetchall()
    by_file: dict[int, dict[int, int]] = defaultdict(dict)
    for file, row_in_file, row in placed:
        by_file[file][row_in_file] = row
    found: dict[int, str | None] = {}
    for file, rows in by_file.items():
        try:
            for row_in_file, url in _read(parts[file], sorted(rows), question):
                found[rows[row_in_file]] = url
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            fact = "cannot be read any more"
            raise InputRefused(str(parts[file].path), fact, "audit a finished file") from error
    return found


def _read(part: Manifest, rows: Sequence[int], question: Question) -> list[tuple[int, Any]]:
    """Return the addresses of *rows*; of a form that numbers its rows only these are read."""
    with exact_file(part.path) as file, workplace(question.memory) as reader:
        for text in load_statements(part, file, zone=question.declaration.zone):
            reader.execute(text)
        if not part.form.row_number:
            listed = ", ".join(map(str, rows))
            return reader.execute(
                f"SELECT row_number, url FROM dated WHERE row_number IN ({listed})"  # noqa: S608
            ).fetchall()
        found = []
        for row in rows:
            found += reader.execute(
                "SELECT row_number, url FROM dated WHERE row_number >= ? AND row_number < ?",
                [row, row + 1],
            ).fetchall()
        return found
