"""Long work without looking through all objects for garbage again and again."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OF_ROWS = 200_000
"""Rows have no cycles, and a batch of records makes as many objects."""
OF_EXCHANGES = 20_000
"""What an exchange leaves behind has cycles and may hold a body: those of some ten may wait."""


@contextmanager
def collecting_seldom(after: int) -> Iterator[None]:
    """Look for cycles of garbage after so many new objects only, and not among what there is."""
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    if not frozen:  # by who calls, and who will have them looked at again
        gc.freeze()
    gc.set_threshold(after, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not frozen:
            gc.unfreeze()
