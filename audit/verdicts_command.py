"""`provisor verdicts`: what an audit said of each row, with all that its numbers stand for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.errors import UsageRefused
from provenance.many import many
from provenance.options import json_option, say
from provenance.show import show
from provenance.strict_json import json_text
from provenance.told_times import iso_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

COLUMNS = (
    "row", "file", "row_in_file", "level", "confidence", "rules", "untold", "unobserved", "robots",
    "basis", "host", "refused_before", "refused_after", "captures", "entries",
)  # fmt: skip
LEVELS = ("critical", "high", "medium", "unknown", "low", "info")

_LISTS = ("rules", "untold", "unobserved", "refused_before", "refused_after", "captures", "entries")
_NAMES = ("file", "host")
_SHOWN = 20
_AT_ONCE = 10_000


@click.command("verdicts")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "file",
    type=click.Path(path_type=Path),
    help="A .parquet or .csv file to write them to; lists stand in CSV as JSON.",
)
@click.option(
    "--level",
    "levels",
    type=click.Choice(LEVELS),
    multiple=True,
    help="Only rows at this level; may be said several times.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help=f"At most so many rows.  [default: all; {_SHOWN} in the table]",
)
@click.option(
    "--details",
    is_flag=True,
    help="Say what captures and entries are: host, path, time, status, digest; list, submitter.",
)
@json_option
def show_verdicts(
    folder: Path,
    *,
    file: Path | None,
    levels: tuple[str, ...],
    limit: int | None,
    details: bool,
    as_json: bool,
) -> None:
    """Give the verdict of every row of the audit in the folder OUT, in the order of the manifest.

    \b
    Examples:
      provisor verdicts rows-audit --out verdicts.parquet
      provisor verdicts rows-audit --level high --level critical --json
    """
    from audit.own_files import refuse_own
    from audit.statements import run
    from audit.verdicts import open_verdicts

    if file and file.suffix not in {".parquet", ".csv"}:
        raise UsageRefused(str(file), "neither .parquet nor .csv", "name it so")
    if file:
        refuse_own(folder, file)
    shown = limit or (None if file or as_json else _SHOWN)
    with open_verdicts(folder) as connection:
        if details:
            run(connection, "details")
        source = "detailed" if details else "exported"
        if file:
            _write(connection, _query(source, levels, shown, as_text=file.suffix == ".csv"), file)
        elif as_json:
            for row in _rows(connection, _query(source, levels, shown)):
                click.echo(json_text(row, indent=None, default=iso_text))
        else:
            _print(list(_rows(connection, _query(source, levels, shown))), shown)


def _query(source: str, levels: Sequence[str], limit: int | None, *, as_text: bool = False) -> str:
    """Return the query; it keeps the order of the rows, and so sorts nothing."""
    columns = [in_text(name) if as_text else name for name in COLUMNS]
    chosen = ", ".join(f"'{level}'" for level in levels)
    return (
        f"SELECT {', '.join(columns)} FROM {source}"  # noqa: S608 (names of ours)
        + (f" WHERE level IN ({chosen})" if chosen else "")
        + (f" LIMIT {limit}" if limit else "")
    )


def in_text(name: str) -> str:
    """Return a column as CSV holds it; what a spreadsheet takes for a formula gets a quote."""
    if name in _LISTS:
        return f"to_json({name})::VARCHAR AS {name}"
    if name in _NAMES:  # OWASP ASVS 5.0, 1.2.10
        return f"regexp_replace({name}, '^[-=+@\\t\\r\\n]', chr(39) || '\\0') AS {name}"
    return name


def _write(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    from audit.folder import replacing
    from provenance.manifests import quoted

    form = "parquet, COMPRESSION zstd" if file.suffix == ".parquet" else "csv, HEADER"
    with replacing(file) as unfinished:
        ((count,),) = connection.execute(
            f"COPY ({query}) TO {quoted(str(unfinished))} (FORMAT {form})"
        ).fetchall()
    say(f"{file}: {many(count, 'row')}")


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    result = connection.execute(query)
    while batch := result.fetchmany(_AT_ONCE):
        for row in batch:
            yield dict(zip(COLUMNS, row, strict=True))


def _print(rows: Sequence[dict[str, Any]], limit: int | None) -> None:
    from rich.console import Console

    from audit.terminal import add_row, new_table

    table = new_table(">row", "level", "confidence", "rules", "untold", "robots", "basis", "host")
    for row in rows:
        add_row(
            table, f"{row['row']:,}", row["level"], row["confidence"], ", ".join(row["rules"]),
            ", ".join(row["untold"]), row["robots"], row["basis"], show(row["host"] or ""),
        )  # fmt: skip
    Console().print(table)
    if len(rows) == limit:
        say(f"the first {many(limit, 'row')}; more with --limit, all with --out or --json")
