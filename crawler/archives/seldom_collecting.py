"""Reading millions of records without looking through all of them for garbage again and again."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OBJECTS = 200_000
"""After how many new ones Python looks for cycles; rows have none, and a batch makes as many."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Have cycles of garbage collected seldom for as long as this lasts."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
