"""JSON Lines: one object a line; the members of the first thousand lines are the columns."""

from __future__ import annotations

import gzip
from itertools import islice
from typing import TYPE_CHECKING

from audit.manifests import Form, quoted
from provenance.errors import InputRefused
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

_LOOKED_AT = 1000
_MAX_OBJECT = 16 * 1024 * 1024


def _columns(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:  # noqa: ARG001
    members: dict[str, str] = {}
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(islice(lines, _LOOKED_AT), start=1):  # noqa: B007 (named in the error)
                if line.strip():
                    members |= dict.fromkeys(parse_object(line), "VARCHAR")
    except NotStrictJson as error:
        raise InputRefused(
            f"{path.name}, line {number}", str(error), "write one object a line"
        ) from error
    except OSError as error:
        raise InputRefused(path.name, f"cannot be read ({error})", "copy it again") from error
    return members


def _relation(path: Path, columns: dict[str, str]) -> str:
    kinds = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in columns.items())
    return (
        f"read_json([{quoted(str(path))}], format = 'newline_delimited', records = true, "
        f"columns = {{{kinds}}}, ignore_errors = false, maximum_object_size = {_MAX_OBJECT})"
    )


FORM = Form("jsonl", (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"), _columns, _relation)
