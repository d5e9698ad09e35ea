"""Which known top-level domain a misspelt one resembles: scanned lists hold `.oniine`, `.lnfo`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import ascii_lowercase

from publicsuffixlist import PSLFILE

_MOST = 3


def nearest(name: str) -> tuple[str, ...]:
    """Return up to three known top-level domains one letter away from *name*."""
    return tuple(sorted(_one_letter_away(name) & _known()))[:_MOST]


def _one_letter_away(name: str) -> frozenset[str]:
    halves = [(name[:i], name[i:]) for i in range(min(len(name), 24) + 1)]
    dropped = {a + b[1:] for a, b in halves}
    changed = {a + letter + b[1:] for a, b in halves for letter in ascii_lowercase}
    added = {a + letter + b for a, b in halves for letter in ascii_lowercase}
    return frozenset(dropped | changed | added) - {name}


@cache
def _known() -> frozenset[str]:
    lines = Path(PSLFILE).read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line.isascii() and line.isalpha())
