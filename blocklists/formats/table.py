"""CSV with a header: a column `value`, and what else is known of each entry."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from blocklists.formats import Candidate, Format, Skip
from blocklists.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_KEPT = ("scope", "category", "work", "right_holder", "notice_date", "expires_on")
_SEEN = ("evidence_url", "note", "ref", "related_to")
COLUMNS = ("value", *_KEPT, *_SEEN, "action")


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    """Yield each row's entry; a cell may run over several lines."""
    header: list[str] | None = None
    for number, cells in _rows(lines):
        if isinstance(cells, Refusal):
            yield cells
            return
        text = ",".join(cells)
        if not any(cell.strip() for cell in cells):
            yield Skip(number, "blank")
        elif text.startswith("#"):
            yield Skip(number, "comment")
        elif header is None:
            header = _header(cells)
            wrong = _wrong_header(header)
            yield Refusal("F_HEADER", wrong, number, text) if wrong else Skip(number, "header")
            if wrong:
                return
        else:
            yield _entry(number, header, cells)


def _rows(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[str] | Refusal]]:
    """Yield each row with the line it begins on; a refusal where the syntax fails."""
    reader = csv.reader((f"{line}\n" for _, line in lines), strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        yield start, Refusal("F_CSV_SYNTAX", f"{error} in the row of line {start}", start)


def _header(cells: list[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    while names and not names[-1]:  # spreadsheets export empty columns at the end
        names.pop()
    return names


def _wrong_header(names: list[str]) -> str:
    """Return what is wrong with the header, empty when nothing is."""
    if "value" not in names:
        between = "; its cells are parted by ; instead of a comma" if ";" in names[0] else ""
        return f"found the columns {', '.join(names)}, but no column `value`{between}"
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        # A misspelt `scope` would silently widen every entry to its default.
        return f"the column {unknown[0]!r} is not known"
    twice = [name for name in names if names.count(name) > 1]
    return f"the column {twice[0]!r} stands twice" if twice else ""


def _entry(number: int, header: list[str], cells: list[str]) -> Candidate | Refusal:
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    value = row.get("value", "")
    if any(cell.strip() for cell in cells[len(header) :]):
        return Refusal("E_COLUMNS", line=number, text=value)
    action = row.get("action", "").lower()
    if action not in {"", "add"}:
        return Refusal("E_ACTION", action, number, value)
    return Candidate(number, value, **{name: row.get(name, "") for name in _KEPT})


def fits(lines: Sequence[str]) -> float:
    """Return 1 when the first of *lines* is a header with the column `value`, else 0."""
    for _, cells in _rows(enumerate(lines[:1], 1)):
        return float(not isinstance(cells, Refusal) and "value" in _header(cells))
    return 0.0


FORMAT = Format("csv", "CSV with a header; only the column value is required", parse, fits)
