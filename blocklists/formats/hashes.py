"""Lists of digests: CSV with the columns `algo` and `hash`, and what else is known of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocklists.columns import ACTIONS
from blocklists.formats import Candidate, Format, Skip
from blocklists.refusals import Refusal
from blocklists.tabular import has_header, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_REQUIRED = ("hash", "algo")
_KEPT = ("category", "work", "right_holder", "notice_date", "expires_on", "quality")
_SEEN = ("media", "size_bytes", "evidence_url", "note", "ref", "related_to")
COLUMNS = (*_REQUIRED, *_KEPT, *_SEEN, "action")
_RANK = 3


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    """Yield each row's digest."""
    for item in table_rows(lines, required=_REQUIRED, known=COLUMNS):
        yield item if isinstance(item, Skip | Refusal) else _digest(*item)


def _digest(number: int, row: dict[str, str]) -> Candidate | Refusal:
    text, action = row.get("hash", ""), row.get("action", "").lower()
    if action and action not in ACTIONS:
        return Refusal("E_ACTION", action, number, text)
    kept = {name: row.get(name, "") for name in _KEPT}
    algorithm = row.get("algo", "")
    return Candidate(number, text, scope="hash", algorithm=algorithm, action=action, **kept)


def fits(lines: Sequence[str]) -> float:
    """Return 1 when the first of *lines* is a header with `algo` and `hash`, else 0."""
    return float(has_header(lines, _REQUIRED))


FORMAT = Format("hashes", "CSV of digests: algo and hash", parse, fits, rank=_RANK)
