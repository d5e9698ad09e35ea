"""An audit's verdicts joined with all they point to, beside the rows they speak of."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from audit.verdicts import open_verdicts
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import duckdb


@contextmanager
def audited(files: Sequence[Path], folder: Path, sample: int) -> Iterator[duckdb.DuckDBPyRelation]:
    """Yield about *sample* rows of the manifest *files* with the verdict of the audit in *folder*.

    Every so many rows one is taken; row numbers follow the order of the files.
    """
    with open_verdicts(folder) as connection:
        connection.execute(
            "CREATE TEMP TABLE asked (row BIGINT, url VARCHAR, collected_at TIMESTAMP)"
        )
        counts = [_rows(connection, file) for file in files]
        step = max(1, sum(counts) // sample)
        for number, file in enumerate(files):
            connection.execute(
                f"INSERT INTO asked SELECT file_row_number + {sum(counts[:number])} AS row, url,"
                f" collected_at FROM read_parquet('{file}', file_row_number = TRUE)"
                f" WHERE row % {step} = 0"
            )
        connection.execute("RESET disabled_optimizers; SET threads = 2")
        yield connection.sql(statement("benchmarks", "audited"))


def _rows(connection: duckdb.DuckDBPyConnection, file: Path) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM '{file}'").fetchall()[0]
    return int(count)
