"""CDXJ: a key, 14 digits of time, and an object with url, as the index of Common Crawl has it.

Common Crawl calls the files cdx-00000.gz; the answers of its index server are JSON Lines instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.errors import InputRefused
from provenance.intake.compressed import UNREADABLE, opened
from provenance.manifests import Form, quoted

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

_MAX_LINE = 8 * 1024 * 1024
_LINE = re.compile(rb"\S+ [0-9]{14} \{.*\}\s*")
_SHAPE = r"^\S+ ([0-9]{14}) (\{.*\})\s*$"
_MEMBERS = ("url", "filename", "digest")


def _columns(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:  # noqa: ARG001
    try:
        with opened(path) as file:
            line = file.readline(_MAX_LINE)
    except UNREADABLE as error:
        raise InputRefused(path.name, f"cannot be read ({error})", "copy it again") from error
    if not line:
        return {}
    if line.lstrip().startswith(b"CDX "):
        raise InputRefused(
            path.name, "a CDX file of the older kind, without JSON", "name a CDXJ file"
        )
    if not _LINE.fullmatch(line):
        fact = "not a key, 14 digits and an object"
        raise InputRefused(f"{path.name}, line 1", fact, "name a CDXJ file")
    return dict.fromkeys(("timestamp", *_MEMBERS), "VARCHAR")


def _relation(path: Path, columns: dict[str, str]) -> str:  # noqa: ARG001 (they are always the same)
    """Return the SQL that splits each line; one that is no CDXJ is an error, an empty one none."""
    members = ", ".join(
        f"json_extract_string(part.object, '/{name}') AS {name}" for name in _MEMBERS
    )
    shape = quoted(_SHAPE)
    return (
        f"(SELECT part.timestamp AS timestamp, {members} FROM (SELECT "  # noqa: S608
        f"CASE WHEN regexp_matches(line, {shape}) "
        f"THEN regexp_extract(line, {shape}, ['timestamp', 'object']) "
        "ELSE error('not a CDXJ line: ' || line[:80]) END AS part "
        f"FROM read_csv([{quoted(str(path))}], columns = {{'line': 'VARCHAR'}}, header = false, "
        "delim = '\x01', quote = '', escape = '', auto_detect = false, strict_mode = true, "
        f"max_line_size = {_MAX_LINE}) WHERE line IS NOT NULL))"
    )


FORM = Form(
    "cdxj",
    (".cdxj", ".cdxj.gz", ".cdxj.zst"),
    _columns,
    _relation,
    patterns=("cdx-[0-9]*.gz",),
)
