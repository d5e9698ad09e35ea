"""Tables as spreadsheets export them: a header, then cells parted by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import unicodedata
from itertools import chain
from typing import TYPE_CHECKING

from blocklists.formats import Skip
from blocklists.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SEPARATORS = (",", ";", "\t")  # Excel writes the second where a comma is the decimal sign

Row = tuple[int, dict[str, str]]


def table_rows(
    lines: Iterable[tuple[int, str]], *, required: Sequence[str], known: Sequence[str]
) -> Iterator[Row | Skip | Refusal]:
    """Yield each row with the line it begins on, by the header; a cell may run over lines.

    Args:
        lines: decoded, numbered from 1.
        required: columns that must be there; the first is what a refusal shows of a row.
        known: all columns that may be there.
    """
    header: list[str] | None = None
    for number, cells in _cells(lines, required):
        if isinstance(cells, Refusal):
            yield cells
            return
        text = ",".join(cells)
        if not any(cell.strip() for cell in cells):
            yield Skip(number, "blank")
        elif text.startswith("#") or _is_separator_line(text):
            yield Skip(number, "comment")
        elif header is None:
            header = _names(cells)
            wrong = _wrong_header(header, required, known)
            yield Refusal("F_HEADER", wrong, number, text) if wrong else Skip(number, "header")
            if wrong:
                return
        else:
            yield _row(number, header, cells, required[0])


def has_header(lines: Sequence[str], required: Sequence[str]) -> bool:
    """Whether the first of *lines* is a header with the columns *required*."""
    first = [line for line in lines if not _is_separator_line(line)][:1]
    for _, cells in _cells(enumerate(first, 1), required):
        return not isinstance(cells, Refusal) and set(required) <= set(_names(cells))
    return False


def _cells(
    lines: Iterable[tuple[int, str]], required: Sequence[str]
) -> Iterator[tuple[int, list[str] | Refusal]]:
    """Yield each row's cells with the line it begins on; a refusal where the syntax fails."""
    begin, rest = _until_header(lines)
    separator = _separator(begin[-1], required) if begin else ","
    reader = csv.reader(
        (f"{line}\n" for line in chain(begin, rest)), strict=True, delimiter=separator
    )
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        yield start, Refusal("F_CSV_SYNTAX", f"{error} in the row of line {start}", start)


def _until_header(lines: Iterable[tuple[int, str]]) -> tuple[list[str], Iterator[str]]:
    """Return the lines up to the header, and all others."""
    rest = (line for _, line in lines)
    begin = []
    for line in rest:
        begin.append(line)
        if line.strip() and not line.startswith("#") and not _is_separator_line(line):
            break
    return begin, rest


def _separator(header: str, required: Sequence[str]) -> str:
    """Return the sign by which *header* falls into the columns that are required."""
    for separator in _SEPARATORS:
        try:
            cells = next(csv.reader([header], strict=True, delimiter=separator))
        except (csv.Error, StopIteration):
            continue
        if set(required) <= set(_names(cells)):
            return separator
    return _SEPARATORS[0]


def _is_separator_line(text: str) -> bool:
    """Whether a line only tells Excel the separator: `sep=;`."""
    return len(text) == len("sep=;") and text.lower().startswith("sep=")


def _names(cells: list[str]) -> list[str]:
    # Names may have been typed in full-width letters.
    names = [unicodedata.normalize("NFKC", cell).strip().lower() for cell in cells]
    while names and not names[-1]:  # spreadsheets export empty columns at the end
        names.pop()
    return names


def _wrong_header(names: list[str], required: Sequence[str], known: Sequence[str]) -> str:
    """Return what is wrong with the header, empty when nothing is."""
    missing = [name for name in required if name not in names]
    if missing and names[0].startswith(("<!doctype", "<html", "<?xml")):
        return f"this is a web page, with no column `{missing[0]}`"
    if missing:
        return f"found the columns {', '.join(names)}, but no column `{missing[0]}`"
    unknown = [name for name in names if name not in known]
    if unknown:
        # A misspelt `scope` would silently widen every entry to its default.
        return f"the column {unknown[0]!r} is not known"
    twice = [name for name in names if names.count(name) > 1]
    return f"the column {twice[0]!r} stands twice" if twice else ""


def _row(number: int, header: list[str], cells: list[str], shown: str) -> Row | Refusal:
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    if any(cell.strip() for cell in cells[len(header) :]):
        return Refusal("E_COLUMNS", line=number, text=row.get(shown, ""))
    return number, row
