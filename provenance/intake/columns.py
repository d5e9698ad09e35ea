"""Which columns of a manifest count: its own, and members of nested ones by path."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.manifests import LOOKED_AT, identifier, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from provenance.manifests import Form

URL_NAMES = (
    "url", "uri", "page_url", "image_url", "source_url", "warc-target-uri", "link", "contenturl",
    "flickr_url", "coco_url",
    "metadata.url", "metadata.warc-target-uri", "metadata.warc_headers.warc-target-uri",
    "warc_headers.warc-target-uri", "meta.url", "meta.warc-target-uri",
)  # fmt: skip
DATE_NAMES = (
    "collected_at", "fetch_time", "fetched_at", "crawl_date", "warc_date", "warc-date", "timestamp",
    "date", "date_accessed", "date_download",
    "metadata.date_download", "metadata.timestamp", "metadata.warc-date", "metadata.fetch_time",
    "metadata.warc_headers.warc-date", "warc_headers.warc-date", "meta.timestamp",
    "meta.date_download",
)  # fmt: skip
CRAWL_NAMES = (
    "dump", "crawl", "cc_dump", "cc_segment", "warc_filename", "file_path", "filename",
    "metadata.dump", "metadata.cc_dump", "metadata.cc_segment", "metadata.warc_filename",
    "meta.dump",
)  # fmt: skip
"""Columns that may name a Common Crawl crawl, alone or inside a path."""

_JSON_NAMES = frozenset({"metadata", "meta", "warc_headers"})
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a member inside one."""

    kind: str
    """The DuckDB type."""
    path: tuple[str, ...]
    expression: str
    """The SQL that reads it."""
    names_crawl: bool = False
    """It goes by one of `CRAWL_NAMES`, and the first rows do hold such names."""


def find_columns(
    connection: duckdb.DuckDBPyConnection, form: Form, file: Path, asked: tuple[str, ...]
) -> dict[str, Column]:
    """Return the columns of *file* by name; a member's name is its path with dots.

    Args:
        connection: where the first rows are read.
        form: how *file* is read.
        file: the manifest, or its first rows rewritten.
        asked: names that the user gave; the column before the first dot is looked into.
    """
    kinds = form.columns(connection, file)
    if not kinds:
        return {}
    source = form.relation(file, kinds)
    flat = {name: Column(kind, (name,), identifier(name)) for name, kind in kinds.items()}
    heads = {name.partition(".")[0] for name in asked if "." in name and name not in flat}
    members: dict[str, Column] = {}
    for name, column in flat.items():
        if column.kind.startswith("STRUCT(") and column.kind.endswith(")"):
            found = _struct_members(connection, source, column)
        elif column.kind == "VARCHAR" and (name.strip().lower() in _JSON_NAMES or name in heads):
            found = _json_members(connection, source, column)
        else:
            continue
        for member in found:
            members.setdefault(".".join(member.path), member)
    every = flat | {name: member for name, member in members.items() if name not in flat}
    return {name: _crawl_marked(connection, source, name, every[name]) for name in every}


def top_level(columns: dict[str, Column]) -> dict[str, str]:
    """Return the types of the columns that are no members of others."""
    return {name: column.kind for name, column in columns.items() if len(column.path) == 1}


def _struct_members(
    connection: duckdb.DuckDBPyConnection, source: str, column: Column
) -> Iterator[Column]:
    described = connection.execute(
        f"DESCRIBE SELECT unnest({column.expression}) FROM {source}"  # noqa: S608
    ).fetchall()
    for name, kind, *_ in described:
        inner = f"struct_extract({column.expression}, {quoted(name)})"
        member = Column(kind, (*column.path, name), inner)
        yield member
        if kind.startswith("STRUCT(") and kind.endswith(")") and len(member.path) < _DEEPEST:
            yield from _struct_members(connection, source, member)


def _json_members(
    connection: duckdb.DuckDBPyConnection, source: str, column: Column
) -> Iterator[Column]:
    """Yield the members of the objects that the first rows hold; a row that is no JSON has none."""
    head = column.expression
    rows = connection.execute(
        f"SELECT text FROM (SELECT {head} AS text FROM {source} LIMIT {LOOKED_AT}) "  # noqa: S608
        "WHERE text LIKE '{%'"
    )
    paths: dict[tuple[str, ...], None] = {}
    for (text,) in rows.fetchall():
        try:
            paths |= dict.fromkeys(_leaves(json.loads(text), column.path))
        except (ValueError, RecursionError):
            continue
    for path in paths:
        # A pointer (RFC 6901), because names may hold dots and quotes.
        pointer = "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in path[1:])
        yield Column("VARCHAR", path, f"json_extract_string({head}, {quoted(pointer)})")


def _leaves(value: dict[str, object], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, inner in value.items():
        if isinstance(inner, dict) and len(path) + 1 < _DEEPEST:
            yield from _leaves(inner, (*path, name))
        else:
            yield (*path, name)


def _crawl_marked(
    connection: duckdb.DuckDBPyConnection, source: str, name: str, column: Column
) -> Column:
    if name.strip().lower() not in CRAWL_NAMES or column.kind != "VARCHAR":
        return column
    ((named,),) = connection.execute(
        "SELECT bool_or(regexp_matches(name, 'CC-MAIN-[0-9]{4}')) FROM "  # noqa: S608
        f"(SELECT {column.expression} AS name FROM {source} LIMIT {LOOKED_AT})"
    ).fetchall()
    return Column(column.kind, column.path, column.expression, names_crawl=bool(named))
