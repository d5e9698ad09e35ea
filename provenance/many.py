"""A number with its noun, as an English sentence has it."""

from __future__ import annotations

import re

_TO_IES = re.compile(r"(?<=[^aeiou])y$")


def many(number: int, noun: str) -> str:
    """Return e.g. `1 row` or `1,024 rows`."""
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Return e.g. `rows`, `entries` or `addresses`; of several words the last one changes."""
    if _TO_IES.search(noun):
        return _TO_IES.sub("ies", noun)
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


class Counted(int):
    """A number that a template may ask for with its noun: `{rows:row}`; alone, as `1,024`."""

    def __format__(self, noun: str) -> str:
        return many(int(self), noun) if noun else f"{int(self):,}"
