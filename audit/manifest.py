"""The manifest under audit: which file it is, which columns count, and its rows as a relation."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from audit import manifests
from audit.manifests import Form, identifier
from provenance.errors import InputRefused, UsageRefused
from provenance.registry import collect

if TYPE_CHECKING:
    from collections.abc import Iterator

URL_NAMES = ("url", "uri", "page_url", "image_url", "source_url", "warc-target-uri", "link")
DATE_NAMES = (
    "collected_at", "fetch_time", "fetched_at", "crawl_date", "warc_date", "warc-date", "timestamp",
    "date", "date_accessed",
)  # fmt: skip

_DATES = ("TIMESTAMP", "DATE", "VARCHAR")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A file whose rows are audited."""

    path: Path
    form: Form
    columns: dict[str, str]
    url_column: str
    date_column: str
    """Empty: the rows have no date of their own."""
    sha256: str
    size: int

    @property
    def mapping(self) -> str:
        """Which columns are read, in words."""
        dated = f"date from {self.date_column!r}" if self.date_column else "no date column"
        return f"{self.path.name}: {self.form.name}, URL from {self.url_column!r}, {dated}"


def open_manifest(path: Path, *, url_column: str = "", date_column: str = "") -> Manifest:
    """Return the manifest at *path* with its columns chosen.

    Raises:
        InputRefused: it is no readable file of a known form, or its columns do not serve.
        UsageRefused: a column was named that it does not have.
    """
    form = _form(path)
    with exact_file(path) as file:
        try:
            columns = form.columns(duckdb.connect(), file)
        except InputRefused as error:
            place = f"{path}{error.place.removeprefix(file.name)}"
            raise InputRefused(place, error.fact, error.remedy) from error
        except duckdb.Error as error:
            fact = f"cannot be read as {form.name} ({str(error).splitlines()[0][:200]})"
            raise InputRefused(str(path), fact, "copy it again, or name another file") from error
    empty = not columns and path.stat().st_size == 0
    return Manifest(
        path=path,
        form=form,
        columns=columns,
        url_column="" if empty else _url_column(path, columns, url_column),
        date_column="" if empty else _date_column(path, columns, date_column),
        sha256=_digest(path),
        size=path.stat().st_size,
    )


@contextmanager
def exact_file(path: Path) -> Iterator[Path]:
    """Give *path* a name that DuckDB cannot take for a pattern: `[a].csv` would read `a.csv`."""
    ending = "".join(path.suffixes[-2:]) if path.suffix in {".gz", ".zst"} else path.suffix
    with tempfile.TemporaryDirectory(prefix="provisor-") as folder:
        link = Path(folder) / f"manifest{ending.lower()}"
        link.symlink_to(path.absolute())
        yield link


def refuse_changed(manifest: Manifest) -> None:
    """Refuse a manifest that is not the file it was when the audit began."""
    if manifest.path.stat().st_size != manifest.size or _digest(manifest.path) != manifest.sha256:
        raise InputRefused(
            str(manifest.path), "it changed while it was read", "audit a finished file"
        )


def _form(path: Path) -> Form:
    if "://" in str(path) or str(path).startswith(("s3:/", "hf:/", "http:/", "https:/")):
        raise InputRefused(str(path), "remote paths are not read", "copy the file here first")
    if path.is_dir():
        raise InputRefused(str(path), "a folder, not a file", "name one file")
    if not path.exists():
        raise InputRefused(str(path), "there is no such file", "check the name")
    if not path.is_file():
        raise InputRefused(str(path), "not a regular file", "name a file on disk")
    forms = collect(manifests, Form).values()
    for form in forms:
        if path.name.lower().endswith(form.suffixes):
            return form
    known = ", ".join(sorted(suffix for form in forms for suffix in form.suffixes))
    raise InputRefused(str(path), "its ending names no form we read", f"known are {known}")


def _url_column(path: Path, columns: dict[str, str], asked: str) -> str:
    chosen = _chosen(path, columns, asked, URL_NAMES, "--url-column")
    if not chosen:
        found = ", ".join(repr(name[:40]) for name in list(columns)[:12]) or "none"
        raise InputRefused(
            str(path), f"no column is called url (columns: {found})", "name it with --url-column"
        )
    if columns[chosen] != "VARCHAR":
        raise InputRefused(str(path), f"column {chosen!r} is {columns[chosen][:40]}, not text")
    return chosen


def _date_column(path: Path, columns: dict[str, str], asked: str) -> str:
    if asked == "none":
        return ""
    chosen = _chosen(path, columns, asked, DATE_NAMES, "--date-column")
    if chosen and not columns[chosen].startswith(_DATES):
        if not asked:
            return ""
        raise InputRefused(str(path), f"column {chosen!r} is {columns[chosen][:40]}, not a date")
    return chosen


def _chosen(
    path: Path, columns: dict[str, str], asked: str, names: tuple[str, ...], option: str
) -> str:
    """Return the asked column, or the first that bears one of *names*; refuse a choice of two."""
    if asked:
        if asked not in columns:
            raise UsageRefused(option, f"{path} has no column {asked!r}", "check the spelling")
        return asked
    for name in names:
        alike = [column for column in columns if column.strip().lower() == name]
        if len(alike) > 1:
            raise InputRefused(
                str(path), f"columns {alike} could all be meant", f"choose by {option}"
            )
        if alike:
            return alike[0]
    return ""


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_statements(manifest: Manifest, file: Path, *, zone: str) -> tuple[str, ...]:
    """Return the SQL that makes `dated`: the rows of *manifest* as (row_number, url, lo, hi).

    lo and hi are UTC: the whole of a day or month where the date has no time of day, in *zone*.
    A form that does not number its rows is loaded first: a table keeps the order of the file.
    """
    source = manifest.form.relation(file, manifest.columns)
    number = manifest.form.row_number
    url = identifier(manifest.url_column)
    date = identifier(manifest.date_column) if manifest.date_column else "NULL::VARCHAR"
    kind = manifest.columns.get(manifest.date_column, "VARCHAR")
    first: tuple[str, ...] = ()
    if not number:
        first = (f"CREATE TEMP TABLE loaded AS SELECT {url} AS url, {date} AS date FROM {source}",)  # noqa: S608
        source, number, url, date = "loaded", "rowid", "url", "date"
    lo, hi = _interval(date, kind, zone)
    view = (
        "CREATE TEMP VIEW dated AS SELECT row_number, url, has_date, "  # noqa: S608
        "CASE WHEN isfinite(lo) THEN lo END AS lo, CASE WHEN isfinite(hi) THEN hi END AS hi "
        f"FROM (SELECT {number} AS row_number, {url} AS url, {date} IS NOT NULL AS has_date, "
        f"{lo} AS lo, {hi} AS hi FROM {source})"
    )
    return (*first, view)


def _interval(column: str, kind: str, zone: str) -> tuple[str, str]:
    """Return SQL for the beginning and end of *column*'s date."""
    in_zone = f"({{}} AT TIME ZONE '{zone}') AT TIME ZONE 'UTC'"
    if kind.startswith("TIMESTAMP WITH"):
        moment = f"({column} AT TIME ZONE 'UTC')::TIMESTAMP"
        return moment, moment
    if kind.startswith("TIMESTAMP"):
        moment = in_zone.format(f"{column}::TIMESTAMP")
        return moment, moment
    if kind == "DATE":
        return in_zone.format(f"{column}::TIMESTAMP"), in_zone.format(f"({column} + 1)::TIMESTAMP")
    return _text_interval(column, in_zone)


def _text_interval(column: str, in_zone: str) -> tuple[str, str]:
    day = f"try_strptime({column}, '%Y-%m-%d')"
    month = f"try_strptime({column} || '-01', '%Y-%m-%d')"
    zoned = f"regexp_matches({column}, '(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$')"
    moment = (
        f"CASE WHEN {zoned} THEN (try_cast({column} AS TIMESTAMPTZ) AT TIME ZONE 'UTC') "
        f"ELSE {in_zone.format(f'try_cast({column} AS TIMESTAMP)')} END"
    )

    def at(days: str, months: str) -> str:
        return (
            f"CASE WHEN regexp_full_match({column}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') "
            f"THEN {in_zone.format(f'({day}{days})')} "
            f"WHEN regexp_full_match({column}, '[0-9]{{4}}-[0-9]{{2}}') "
            f"THEN {in_zone.format(f'({month}{months})')} ELSE {moment} END"
        )

    return at("", ""), at(" + INTERVAL 1 DAY", " + INTERVAL 1 MONTH")
