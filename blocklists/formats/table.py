"""CSV with a header: a column `value`, and what else is known of each entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocklists.columns import COLUMNS, candidate
from blocklists.formats import Candidate, Format, Skip
from blocklists.refusals import Refusal
from blocklists.tabular import has_header, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_REQUIRED = ("value",)
_RANK = 2


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    """Yield each row's entry."""
    for item in table_rows(lines, required=_REQUIRED, known=COLUMNS):
        yield item if isinstance(item, Skip | Refusal) else candidate(*item)


def fits(lines: Sequence[str]) -> float:
    """Return 1 when the first of *lines* is a header with the column `value`, else 0."""
    return float(has_header(lines, _REQUIRED))


FORMAT = Format(
    "csv", "CSV with a header; only the column value is required", parse, fits, rank=_RANK
)
