"""The choice of columns: by the user's word, else by name, and never between two alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.errors import InputRefused, UsageRefused
from provenance.intake.columns import CRAWL_NAMES, DATE_NAMES, URL_NAMES
from provenance.intake.intervals import holds_dates

if TYPE_CHECKING:
    from pathlib import Path

    from provenance.intake.columns import Column

_INTEGERS = ("BIGINT", "UBIGINT", "HUGEINT", "INTEGER")
_HASH = (
    "a hash of address and caption that the maker of the dataset computed (LAION has one), "
    "no digest of any content"
)


def choose_url(path: Path, columns: dict[str, Column], asked: str) -> str:
    """Return the column of addresses.

    Raises:
        InputRefused: none or several serve, or it holds no text.
        UsageRefused: the asked one is not there.
    """
    chosen = _chosen(path, columns, asked, URL_NAMES, "--url-column")
    if not chosen:
        found = ", ".join(repr(name[:40]) for name in list(columns)[:12]) or "none"
        raise InputRefused(
            str(path), f"no column is called url (columns: {found})", "name it with --url-column"
        )
    return _text(path, columns, chosen)


def choose_date(path: Path, columns: dict[str, Column], asked: str) -> str:
    """Return the column of dates, or of crawl names where no date is found; empty: none.

    Raises:
        InputRefused: several serve, or the asked one holds no dates.
        UsageRefused: the asked one is not there.
    """
    if asked == "none":
        return ""
    chosen = _chosen(path, columns, asked, DATE_NAMES, "--date-column")
    if chosen and holds_dates(columns[chosen].kind):
        return chosen
    if asked:
        refuse_hash(path, columns, chosen)
        kind = columns[chosen].kind[:40]
        raise InputRefused(str(path), f"column {chosen!r} is {kind}, not a date")
    crawls = {name: column for name, column in columns.items() if column.names_crawl}
    return "" if chosen else _chosen(path, crawls, "", CRAWL_NAMES, "--date-column")


def choose_digest(path: Path, columns: dict[str, Column], asked: str) -> str:
    """Return the asked column of content digests; none is taken unasked.

    Raises:
        InputRefused: it holds no text, as the int64 `hash` of LAION.
        UsageRefused: it is not there.
    """
    return _text(path, columns, _chosen(path, columns, asked, (), "--digest-column"))


def _text(path: Path, columns: dict[str, Column], chosen: str) -> str:
    if chosen and columns[chosen].kind != "VARCHAR":
        refuse_hash(path, columns, chosen)
        kind = columns[chosen].kind[:40]
        raise InputRefused(str(path), f"column {chosen!r} is {kind}, not text")
    return chosen


def refuse_hash(path: Path, columns: dict[str, Column], chosen: str) -> None:
    """Refuse LAION's number `hash`, with the reason."""
    kind = columns[chosen].kind
    if columns[chosen].path[-1].strip().lower() == "hash" and kind in _INTEGERS:
        raise InputRefused(
            str(path), f"column {chosen!r} is {kind}: {_HASH}", "name the column with md5 or sha256"
        )


def _chosen(
    path: Path, columns: dict[str, Column], asked: str, names: tuple[str, ...], option: str
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
