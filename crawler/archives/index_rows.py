"""Rows of an index of archives: what was asked, when, and with which status it was answered.

| form     | a row                                                                            |
|----------|----------------------------------------------------------------------------------|
| CDXJ     | a key, 14 digits of time, and an object with url, status, digest, filename …      |
| JSONL    | the object alone, with `timestamp`, as index servers answer                       |
| CDX      | fields in the order that the first line, ` CDX N b a m s k r M S V g`, gives       |
| columnar | Parquet with Common Crawl's columns: url, fetch_time, fetch_status, content_digest |

A row holds no body: of a robots.txt it tells no rules.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from provenance.errors import InputRefused
from provenance.intake.examining import exact_file, placed
from provenance.manifests.parquet import FORM, parquet_columns
from provenance.strict_json import NotStrictJson, parse_object
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_LINE = 1024 * 1024
_CDXJ = re.compile(rb"\S+ (\d{14}) (\{.*\})\s*")
_LEGEND = {"a": "url", "b": "timestamp", "s": "status", "k": "digest", "V": "offset",
           "S": "length", "g": "filename", "r": "redirect", "m": "mime"}  # fmt: skip
_COLUMNS = {
    "url": "url", "fetch_time": "timestamp", "fetch_status": "status",
    "content_digest": "digest", "warc_filename": "filename", "warc_record_offset": "offset",
    "warc_record_length": "length", "fetch_redirect": "redirect", "content_mime_type": "mime",
}  # fmt: skip
_NEEDED = ("url", "fetch_time", "fetch_status")


class IndexRow(NamedTuple):
    """One row, as far as it can be told."""

    place: str
    """`line 4`, `row 4`."""
    url: str
    captured_at: datetime | None
    """None: the row tells no time."""
    status: int | None
    redirect: str
    mime: str
    where: str
    """Of the record: file, offset and length, and the digest of its payload."""


def index_rows(file: Path) -> Iterator[IndexRow]:
    """Yield the rows of *file*.

    Raises:
        InputRefused: it is no index, or a line is none of its form.
    """
    if not file.is_file():
        fact = "a folder" if file.is_dir() else "there is no such file"
        raise InputRefused(str(file), fact, "name a CDX, CDXJ or Parquet file")
    with file.open("rb") as opened:
        is_parquet = opened.read(4) == b"PAR1"
    said = _columnar(file) if is_parquet else _lines(file)
    for place, one in said:
        yield _row(place, one)


def _columnar(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with (
        exact_file(file) as exact, placed(file, exact, FORM), workplace(only=(exact,)) as connection
    ):  # fmt: skip
        columns = parquet_columns(connection, exact)
        missing = [name for name in _NEEDED if name not in columns]
        if missing:
            fact = f"no column {', '.join(missing)}"
            raise InputRefused(exact.name, fact, "name a file of Common Crawl's columnar index")
        names = [name for name in _COLUMNS if name in columns]
        path = [str(exact)]
        rows = connection.execute(f"SELECT {', '.join(names)} FROM read_parquet(?)", [path])  # noqa: S608 (our names)
        keys, before = [_COLUMNS[name] for name in names], 0
        while batch := rows.fetchmany(10_000):
            for number, row in enumerate(batch, before + 1):
                yield f"row {number}", dict(zip(keys, row, strict=True))
            before += len(batch)


def _lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    number = 0
    legend: tuple[str, ...] = ()
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
            while line := lines.readline(MAX_LINE + 1):
                number += 1
                place = f"line {number}"
                if len(line) > MAX_LINE:
                    raise InputRefused(f"{file}, {place}", f"longer than {MAX_LINE:,} octets")
                if number == 1 and line.lstrip().startswith(b"CDX "):
                    legend = tuple(line.decode("latin-1").split()[1:])
                elif line.strip():
                    yield place, _said(file, place, line, legend)
    except (OSError, EOFError, zlib.error) as error:
        raise InputRefused(f"{file}, after line {number}", f"cannot be read ({error})") from error
    if not number:
        raise InputRefused(str(file), "the file is empty", "name an index file")


def _said(file: Path, place: str, line: bytes, legend: tuple[str, ...]) -> dict[str, Any]:
    """Return the named parts of *line*, which is one of CDX where there is a *legend*."""
    if legend:
        parts = line.decode("utf-8", "replace").split()
        if len(parts) != len(legend):
            fact = f"{len(parts)} fields, and the first line names {len(legend)}"
            raise InputRefused(f"{file}, {place}", fact)
        return {
            _LEGEND[letter]: part
            for letter, part in zip(legend, parts, strict=True)
            if letter in _LEGEND and part != "-"
        }
    keyed = _CDXJ.fullmatch(line)
    try:
        said = parse_object(keyed[2] if keyed else line)
    except NotStrictJson as error:
        remedy = "name a CDX, CDXJ or Parquet file of an index"
        raise InputRefused(f"{file}, {place}", f"no row of an index: {error}", remedy) from error
    return {"timestamp": keyed[1].decode(), **said} if keyed else said


def _row(place: str, said: dict[str, Any]) -> IndexRow:
    status = str(said.get("status", ""))
    known = status.isascii() and status.isdecimal() and 100 <= int(status[:9]) <= 999
    where = {
        name: str(said[name])[:300]
        for name in ("filename", "offset", "length", "digest")
        if said.get(name) is not None
    }
    return IndexRow(
        place,
        str(said.get("url", "")),
        _moment(said.get("timestamp")),
        int(status) if known else None,
        str(said.get("redirect") or ""),
        str(said.get("mime") or ""),
        json.dumps(where) if where else "",
    )


def _moment(said: object) -> datetime | None:
    """Return the time of 14 digits, or of a column; UTC."""
    if isinstance(said, datetime):
        return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
    try:
        return datetime.strptime(str(said), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
