"""JSON Lines: one object a line; the members that any line has are the columns.

C4 and Dolma call such files .json.gz.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import duckdb

from provenance.errors import InputRefused
from provenance.intake.compressed import UNREADABLE, opened
from provenance.intake.json_files import MAX_LINE, kind_of
from provenance.manifests import LOOKED_AT, Form, quoted
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from pathlib import Path

_MAX_COLUMNS = 10_000


def jsonl_columns(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Return the members of all lines, as text; the first lines are read strictly."""
    members: dict[str, str] = {}
    number = 0
    try:
        with opened(path) as file:
            lines = iter(lambda: file.readline(MAX_LINE + 1), b"")
            for number, line in enumerate(islice(lines, LOOKED_AT), start=1):  # noqa: B007 (named in the error)
                if line.strip():
                    members |= dict.fromkeys(_row(line), "VARCHAR")
    except NotStrictJson as error:
        raise InputRefused(
            f"{path.name}, line {number}", str(error), "write one object a line"
        ) from error
    except UNREADABLE as error:
        raise InputRefused(path.name, f"cannot be read ({error})", "copy it again") from error
    members |= _later_members(connection, path) if number == LOOKED_AT else {}
    if len(members) > _MAX_COLUMNS:
        fact = f"{len(members):,} different members, at most {_MAX_COLUMNS:,}"
        raise InputRefused(path.name, fact, "leave out those that no audit reads")
    return members


def _later_members(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Return the members of every line: a date that first stands in the last row is one too."""
    try:
        found = connection.execute(
            "SELECT DISTINCT unnest(json_keys(json)) FROM read_json_objects([?],"
            " format = 'newline_delimited', maximum_object_size = 16777216)",
            [str(path)],
        ).fetchall()
    except duckdb.Error:
        return {}  # a line that cannot be read is refused, with its number, when the rows are
    return dict.fromkeys(sorted(name for (name,) in found), "VARCHAR")


def _row(line: bytes) -> dict[str, object]:
    if len(line) > MAX_LINE:
        raise NotStrictJson("longer than 16 MiB")
    return parse_object(line)


def jsonl_relation(path: Path, columns: dict[str, str]) -> str:
    """Return the SQL that reads each line as a row."""
    kinds = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in columns.items())
    return (
        f"read_json([{quoted(str(path))}], format = 'newline_delimited', records = true, "
        f"columns = {{{kinds}}}, ignore_errors = false, maximum_object_size = {MAX_LINE})"
    )


def _claims(path: Path) -> bool:
    return path.suffix.lower() != ".json" or kind_of(path) == "lines"


FORM = Form(
    "jsonl",
    (
        ".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst",
        ".json", ".json.gz", ".json.zst",
    ),
    jsonl_columns,
    jsonl_relation,
    claims=_claims,
)  # fmt: skip
