"""How many cases drawn at random a test tries: `THOROUGH=10` tries ten times as many."""

from __future__ import annotations

import os

_TIMES = int(os.environ.get("THOROUGH", "1"))


def times(count: int) -> int:
    """Return *count* for every day, more where that is asked for."""
    return count * _TIMES
