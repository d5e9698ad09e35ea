"""The manifest under audit: which file it is, which columns count, and its rows as a relation."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from provenance import manifests
from provenance.errors import InputRefused
from provenance.intake.choice import choose_date, choose_digest, choose_url
from provenance.intake.columns import top_level
from provenance.intake.digests import as_text
from provenance.intake.examining import exact_file, examine, placed
from provenance.intake.intervals import Interval, dated_view, interval
from provenance.manifests import Form
from provenance.registry import collect
from provenance.show import is_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from provenance.intake.columns import Column
    from provenance.intake.digests import DigestColumn

__all__ = [
    "Manifest", "exact_file", "is_manifest", "load_statements", "open_manifest", "refuse_changed",
]  # fmt: skip

_REMOTE = ("s3:/", "hf:/", "http:/", "https:/")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A file whose rows are audited."""

    path: Path
    form: Form
    columns: dict[str, Column]
    """By name; members of nested columns go by their path, as `metadata.url`."""
    url_column: str
    date_column: str
    """Empty: the rows have no date of their own."""
    sha256: str
    size: int
    stamp: tuple[int, ...]
    """What the file system knew of it before it was read; elsewhere it is another."""
    digest_column: str = ""
    """The column with a digest of each row's content; empty: none was asked for."""
    digests: tuple[DigestColumn, ...] = ()
    """Columns that lists of digests are compared with."""

    @property
    def mapping(self) -> str:
        """Which columns are read, in words."""
        if not self.url_column:
            return f"{self.path.name}: {self.form.name}, empty: no columns"
        dated = f"date from {self.date_column!r}" if self.date_column else "no date column"
        if self.precision:
            dated += " (the window of the Common Crawl crawl that it names)"
        also = "".join(f", {one.algorithm} from {one.name!r}" for one in self.digests)
        return f"{self.path.name}: {self.form.name}, URL from {self.url_column!r}, {dated}{also}"

    @property
    def precision(self) -> str:
        """`crawl-window` where dates are windows of crawls, else empty."""
        dated = self.columns.get(self.date_column)
        return "crawl-window" if dated and dated.names_crawl else ""


def open_manifest(
    path: Path,
    *,
    url_column: str = "",
    date_column: str = "",
    digest_column: str = "",
    digests: Sequence[str] | None = None,
    pdq_column: str = "",
) -> Manifest:
    """Return the manifest at *path* with its columns chosen.

    Args:
        path: the file.
        url_column: the column of addresses; empty: found by name.
        date_column: the column of dates, or `none`; empty: found by name.
        digest_column: the column whose values are searched as they stand; empty: none.
        digests: columns that lists of digests are compared with, as `NAME` or `NAME:ALGORITHM`, or
            `none`; empty: those that are plain; None: nothing is compared with them.
        pdq_column: the column of PDQ digests; empty: none.

    Raises:
        InputRefused: it is no readable file of a known form, or its columns do not serve.
        UsageRefused: a column was named that it does not have, or a package is missing.
    """
    if not is_text(str(path)):  # DuckDB knows no other names
        raise InputRefused(str(path), "its name is not UTF-8", "give it another name")
    form = _form(path)
    stamp = _stamp(path)
    asked = (url_column, date_column, digest_column)
    columns, chosen = examine(path, form, asked, digests, pdq_column)
    empty = not columns and path.stat().st_size == 0
    return Manifest(
        path=path,
        form=form,
        columns=columns,
        url_column="" if empty else choose_url(path, columns, url_column),
        date_column="" if empty else choose_date(path, columns, date_column),
        digest_column="" if empty else choose_digest(path, columns, digest_column),
        digests=chosen,
        stamp=stamp,
        sha256=_digest(path),
        size=path.stat().st_size,
    )


def is_manifest(path: Path) -> bool:
    """Whether the name of the file, and what it begins with, is that of a form we read."""
    return path.is_file() and _claimed(path) is not None


def refuse_changed(manifest: Manifest) -> None:
    """Refuse a manifest that is not the file it was when the audit began."""
    if _stamp(manifest.path) == manifest.stamp:
        return  # written to by nobody: then its octets need not be read again
    if manifest.path.stat().st_size != manifest.size or _digest(manifest.path) != manifest.sha256:
        raise InputRefused(
            str(manifest.path), "it changed while it was read", "audit a finished file"
        )


def load_statements(
    manifest: Manifest,
    file: Path,
    *,
    zone: str,
    view: str = "dated",
    rows: tuple[int, int] | None = None,
    beside: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return the SQL that makes *view*: *manifest*'s rows as (row_number, url, has_date, lo, hi).

    lo and hi are UTC: the whole of a day or month where the date has no time of day, in *zone*.
    A form that does not number its rows is loaded first: a table keeps the order of the file.
    Where a digest column was asked for, *view* has it last, as `digest`; columns that lists are
    compared with as `digest_0`, `digest_1` …, in their order.

    Args:
        manifest: what is read.
        file: its name by `exact_file`; a form that DuckDB cannot read is rewritten beside it.
        zone: where dates without a zone were written.
        view: the name.
        rows: from and to, without the last; only of a form that numbers its rows.
        beside: further columns, as text, by the names that they get in *view*.

    Raises:
        InputRefused: *manifest* has no such further column.
    """
    beside = dict(beside or {})
    if strange := [name for name in beside.values() if name not in manifest.columns]:
        fact = f"there is no column {strange[0]!r}, which the declaration names"
        raise InputRefused(str(manifest.path), fact, "correct [columns], or leave it out")
    form = manifest.form
    taken = {"url": manifest.url_column, "date": manifest.date_column}
    taken |= {"digest": manifest.digest_column} if manifest.digest_column else {}
    taken |= {f"digest_{nth}": one.name for nth, one in enumerate(manifest.digests)}
    taken |= beside
    if form.rewrite:
        used = (manifest.columns[name].path[0] for name in taken.values() if name)
        with placed(manifest.path, file, form):
            file = form.rewrite(file, tuple(dict.fromkeys(used)), None)
    source = form.relation(file, _read(manifest, taken))
    read = {
        alias: _read_as(manifest, alias, name) if name else "NULL::VARCHAR"
        for alias, name in taken.items()
    }
    number = form.row_number
    first: tuple[str, ...] = ()
    if not number:
        listed = ", ".join(f"{text} AS {alias}" for alias, text in read.items())
        table = f"{view}_loaded"
        first = (f"CREATE TEMP TABLE {table} AS SELECT {listed} FROM {source}",)  # noqa: S608
        source, number, read = table, "rowid", {alias: alias for alias in read}
    when = _interval(manifest, read["date"], zone)
    digest = "".join(
        f", {text} AS {alias}" for alias, text in read.items() if alias.startswith("digest")
    )
    digest += "".join(f", ({read[alias]})::VARCHAR AS {alias}" for alias in beside)
    chosen = f" WHERE {number} >= {rows[0]:d} AND {number} < {rows[1]:d}" if rows else ""
    made = dated_view(
        view,
        when,
        columns=f"{number} AS row_number, {read['url']} AS url",
        source=source + chosen,
        also=digest,
    )
    return (*first, *when.first, made)


def _read_as(manifest: Manifest, alias: str, name: str) -> str:
    column = manifest.columns[name]
    return as_text(column) if alias.startswith("digest_") else column.expression


def _read(manifest: Manifest, taken: dict[str, str]) -> dict[str, str]:
    """Return the columns that have to be declared: a rewritten file holds only what is taken."""
    every = top_level(manifest.columns)
    if not manifest.form.rewrite:
        return every
    used = [manifest.columns[name].path[0] for name in taken.values() if name]
    return {name: every[name] for name in dict.fromkeys(used)}


def _interval(manifest: Manifest, expression: str, zone: str) -> Interval:
    dated = manifest.columns.get(manifest.date_column)
    kind = dated.kind if dated else "VARCHAR"
    return interval(expression, kind, zone=zone, names_crawl=bool(manifest.precision))


def _form(path: Path) -> Form:
    if "://" in str(path) or str(path).startswith(_REMOTE):
        raise InputRefused(str(path), "remote paths are not read", "copy the file here first")
    if path.is_dir():
        raise InputRefused(str(path), "a folder, not a file", "name one file")
    if not path.exists():
        raise InputRefused(str(path), "there is no such file", "check the name")
    if not path.is_file():
        raise InputRefused(str(path), "not a regular file", "name a file on disk")
    form = _claimed(path)
    if form:
        return form
    forms = collect(manifests, Form).values()
    endings = {ending for form in forms for ending in (*form.suffixes, *form.patterns)}
    raise InputRefused(
        str(path), "its ending names no form we read", f"known are {', '.join(sorted(endings))}"
    )


def _claimed(path: Path) -> Form | None:
    name = path.name.lower()
    for form in collect(manifests, Form).values():
        known = name.endswith(form.suffixes) or any(fnmatchcase(name, p) for p in form.patterns)
        if known and form.claims(path):
            return form
    return None


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what changes when the file is written to: no program can set its time of change."""
    known = path.stat()
    return known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns, known.st_ctime_ns


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
