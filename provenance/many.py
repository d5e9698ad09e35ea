"""A number with its noun, as a sentence has it."""

from __future__ import annotations


def many(number: int, noun: str) -> str:
    """Return e.g. `1 row` or `1,024 rows`."""
    return f"{number:,} {noun}" + "s" * (number != 1)
