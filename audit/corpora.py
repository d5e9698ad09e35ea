"""Corpora that court papers name as taken from shadow libraries (docs/rules.md, PIR-06)."""

from __future__ import annotations

import re

_NAMES = (
    "books 3", "bibliotik", "lib gen", "library genesis", "pi li mi", "pirate library mirror",
    "sci hub", "z library", "z lib org", "anna s archive", "annas archive",
)  # fmt: skip

NAMED = (
    "(^|[^a-z0-9])("
    + "|".join(name.replace(" ", "[^a-z0-9]?") for name in _NAMES)
    + ")([^a-z0-9]|$)"
)
"""What a name in small letters is searched for, here and in SQL (RE2)."""


def is_named(name: str) -> bool:
    """Whether *name* is that of such a corpus, however it is spelt: `The Pile (Books3)` is."""
    return bool(re.search(NAMED, name.lower()))
