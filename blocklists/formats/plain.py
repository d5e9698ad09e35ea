"""Plain lists: one name or one address per line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blocklists.boilerplate import BOILERPLATE
from blocklists.formats import Candidate, Format, Skip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_COMMENT_SIGNS = ("#", ";", "!")
_COMMENT_AFTER = re.compile(r"\s#.*", re.DOTALL)
_SHAPE = re.compile(r"\S+://\S+|[^\s|^=,;\"<>$/]+(?:/\S*)?")


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip]:
    """Yield what each line lists."""
    for number, line in lines:
        text = line.strip()
        value = _COMMENT_AFTER.sub("", text).strip()
        if not text:
            yield Skip(number, "blank")
        elif text.startswith(_COMMENT_SIGNS):
            yield Skip(number, "comment")
        elif value.lower() in BOILERPLATE:
            yield Skip(number, "boilerplate")
        else:
            yield Candidate(number, value)


def fits(lines: Sequence[str]) -> float:
    """Return the share of *lines* that hold one word which may be a name or an address."""
    alike = sum(bool(_SHAPE.fullmatch(_COMMENT_AFTER.sub("", line).strip())) for line in lines)
    return alike / len(lines) if lines else 0.0


FORMAT = Format("plain", "one name or address per line", parse, fits)
