"""Garbage is looked for seldom while long work lasts, and as before after it."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from crawler.seldom_collecting import OF_EXCHANGES, OF_ROWS, collecting_seldom

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def thawed() -> Iterator[None]:
    """Let nothing be frozen: what tests were collected is (tests/conftest.py)."""
    gc.unfreeze()
    yield
    gc.freeze()


class Cycle:
    def __init__(self) -> None:
        self.itself = self


def left(objects: int) -> bool:
    """Whether a cycle is still there after so many new objects."""
    seen = weakref.ref(Cycle())
    kept: list[object] = [[] for _ in range(objects)]
    return bool(kept) and seen() is not None


def test_cycles_wait_and_are_collected_in_the_end() -> None:
    gc.collect()
    with collecting_seldom(OF_EXCHANGES):
        assert left(OF_EXCHANGES // 2)
        assert not left(OF_EXCHANGES * 2)


def failing(after: int) -> None:
    with collecting_seldom(after):
        assert gc.get_threshold()[0] == after
        assert gc.get_freeze_count() > 0
        raise ValueError("broken")


@pytest.mark.usefixtures("thawed")
@pytest.mark.parametrize("after", [OF_ROWS, OF_EXCHANGES])
def test_what_was_set_before_is_set_again_though_the_work_fails(after: int) -> None:
    before = gc.get_threshold()

    with pytest.raises(ValueError, match="broken"):
        failing(after)

    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


@pytest.mark.usefixtures("thawed")
def test_what_somebody_else_froze_stays_frozen() -> None:
    gc.freeze()

    with collecting_seldom(OF_ROWS):
        pass

    assert gc.get_freeze_count() > 0
