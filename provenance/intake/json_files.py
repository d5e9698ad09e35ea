"""What a .json file is: lines of objects, a Croissant description, or COCO annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provenance.errors import InputRefused
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from pathlib import Path

MAX_LINE = 16 * 1024 * 1024
_HEAD = 64 * 1024

Kind = Literal["lines", "croissant", "coco"]


def kind_of(path: Path) -> Kind:
    """Return what the file is by its first object; what is none is refused later, as lines."""
    with path.open("rb") as file:
        line = file.readline(MAX_LINE)
        head = line[:_HEAD] + file.read(max(0, _HEAD - len(line)))
    if b'"@context"' in head:
        return "croissant"
    try:
        return "coco" if isinstance(parse_object(line).get("images"), list) else "lines"
    except NotStrictJson:
        # An object over several lines, or in one line that is too long to be a row.
        whole = line.strip() == b"{" or len(line) == MAX_LINE
        return "coco" if whole else "lines"


def read_document(path: Path, limit: int) -> dict[str, object]:
    """Return the object that the file is.

    Raises:
        InputRefused: it is larger than *limit* octets, or no strict JSON.
    """
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise InputRefused(
            path.name,
            f"larger than {limit // 1024 // 1024} MiB in one object",
            "write its rows as JSON Lines",
        )
    try:
        return parse_object(content)
    except NotStrictJson as error:
        raise InputRefused(path.name, str(error), "write it as strict JSON") from error
