"""One thing that the author of a robots.txt should know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lint:
    """A code, where it stands, and the words its text needs."""

    code: str
    line: int = 0
    """0: it is about the whole file."""
    words: tuple[tuple[str, str], ...] = ()
    """Names and values for the text."""
