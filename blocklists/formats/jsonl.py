"""JSON Lines: one object per line, with the members that are columns in CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocklists.columns import COLUMNS, candidate
from blocklists.formats import Candidate, Format, Skip
from blocklists.refusals import Refusal
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_RANK = 2


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    """Yield the entry of each object."""
    for number, line in lines:
        text = line.strip()
        if text:
            yield _entry(number, text)
        else:
            yield Skip(number, "blank")


def _entry(number: int, text: str) -> Candidate | Refusal:
    try:
        members = parse_object(text)
    except NotStrictJson as error:
        return Refusal("E_JSON", str(error), number, text)
    if "value" not in members:
        return Refusal("E_JSON", "no member `value`", number, text)
    unknown = [name for name in members if name not in COLUMNS]
    if unknown:
        return Refusal("E_JSON", f"the member {unknown[0]!r} is not known", number, text)
    row = {}
    for name, value in members.items():
        if value is not None and not isinstance(value, str):
            return Refusal("E_JSON", f"the member {name!r} is not text", number, text)
        row[name] = (value or "").strip()
    return candidate(number, row)


def fits(lines: Sequence[str]) -> float:
    """Return the share of *lines* that are written as an object."""
    alike = sum(line.startswith("{") and line.endswith("}") for line in lines)
    return alike / len(lines) if lines else 0.0


FORMAT = Format("jsonl", "JSON Lines: the columns of csv as members", parse, fits, rank=_RANK)
