"""Wildcard lists: `*.site.example`, by which their authors mean the site and all below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocklists.formats import Candidate, Format, Skip
from blocklists.formats.plain import parse as parse_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_RANK = 1  # each of its lines is a plain one, too


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip]:
    """Yield the name of each line as a whole site."""
    for item in parse_plain(lines):
        yield (
            Candidate(item.line, item.text, scope="domain") if isinstance(item, Candidate) else item
        )


def fits(lines: Sequence[str]) -> float:
    """Return the share of *lines* that begin with `*.` and hold no path."""
    alike = sum(line.startswith("*.") and "/" not in line for line in lines)
    return alike / len(lines) if lines else 0.0


FORMAT = Format("wildcard", "*.site, one per line", parse, fits, rank=_RANK)
