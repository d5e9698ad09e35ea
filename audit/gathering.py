"""The tables of all shards of an audit, read as one."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from audit.folder import SIDES, Done, read_done, table
from audit.statements import run
from provenance.errors import InputRefused
from provenance.manifests import quoted
from provenance.many import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

_SHARD = "parse_filename(filename, true)::INTEGER AS shard"


def done_shards(folder: Path, count: int) -> tuple[Done, ...]:
    """Return what was counted of each shard.

    Raises:
        InputRefused: one is not done.
    """
    found = [read_done(folder, number) for number in range(count)]
    done = tuple(one for one in found if one)
    if len(done) < count:
        fact = f"{len(done)} of {many(count, 'shard')} done"
        raise InputRefused(str(folder), fact, "go on with `provisor audit … --resume`")
    return done


@contextmanager
def gathered(
    connection: duckdb.DuckDBPyConnection, folder: Path, shards: Sequence[Done]
) -> Iterator[None]:
    """Have `shard`, `part`, `row_verdict`, `shard_facts` and the other tables at hand to read."""
    _number(connection, shards)
    with exact_folder(folder) as place:
        for name in SIDES:
            source = _every(place, name, shards)
            connection.execute(
                f"CREATE OR REPLACE TEMP VIEW shard_{name} AS "  # noqa: S608
                f"SELECT {_SHARD}, * FROM {source}"
            )
        connection.execute(
            "CREATE OR REPLACE TEMP VIEW shard_verdicts AS "  # noqa: S608
            f"SELECT {_SHARD}, file_row_number AS row_in_shard, state, fact "
            f"FROM {_every(place, 'verdicts', shards)}"
        )
        run(connection, "gathered")
        yield


def _number(connection: duckdb.DuckDBPyConnection, shards: Sequence[Done]) -> None:
    """Tell where in the whole each shard begins, and each part of it."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE shard (shard INTEGER, first_row BIGINT, row_count BIGINT);"
        "CREATE OR REPLACE TEMP TABLE part (file_no INTEGER, file VARCHAR, first_row BIGINT,"
        " row_count BIGINT, first_in_file BIGINT)"
    )
    every, parts, row = [], [], 0
    numbers: dict[str, int] = {}
    for one in shards:
        every.append((one.number, row, one.row_count))
        for part in one.parts:
            number = numbers.setdefault(part.file, len(numbers))
            parts.append((number, part.file, row, part.row_count, one.first_in_file))
            row += part.row_count
    for name, rows in (("shard", every), ("part", parts)):
        columns = [list(column) for column in zip(*rows, strict=True)]
        listed = ", ".join("unnest(?)" for _ in columns)
        connection.execute(f"INSERT INTO {name} SELECT {listed}", columns)


def _every(place: Path, name: str, shards: Sequence[Done]) -> str:
    files = ", ".join(quoted(str(table(place, name, one.number))) for one in shards)
    return f"read_parquet([{files}])"


@contextmanager
def exact_folder(folder: Path) -> Iterator[Path]:
    """Give *folder* a name in which nothing can be taken for a pattern."""
    with tempfile.TemporaryDirectory(prefix="provisor-") as place:
        link = Path(place) / "audit"
        link.symlink_to(folder.absolute())
        yield link
