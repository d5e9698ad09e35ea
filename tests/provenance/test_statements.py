"""Statements are parsed once, and run wherever they are asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from provenance.statements import execute

_TEXT = (
    "CREATE TEMP TABLE counted AS SELECT 1 AS one; INSERT INTO counted SELECT one + 1 FROM counted"
)


def counted(connection: duckdb.DuckDBPyConnection) -> list[int]:
    return [one for (one,) in connection.execute("FROM counted ORDER BY one").fetchall()]


def test_what_was_parsed_for_one_connection_runs_in_the_next() -> None:
    for _ in range(3):
        with duckdb.connect() as connection:
            execute(connection, _TEXT)

            assert counted(connection) == [1, 2]


def test_threads_may_run_the_same_statements_at_once() -> None:
    def run(_: int) -> list[int]:
        with duckdb.connect() as connection:
            execute(connection, _TEXT)
            return counted(connection)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(8))) == [[1, 2]] * 8


def test_a_statement_that_fails_leaves_those_before_it_done() -> None:
    with duckdb.connect() as connection:
        with pytest.raises(duckdb.CatalogException, match="missing"):
            execute(connection, f"{_TEXT}; FROM missing; DROP TABLE counted")

        assert counted(connection) == [1, 2]
