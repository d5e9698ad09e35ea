"""The world that audit tests ask questions of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.audit.world import World

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world in which nothing is known yet."""
    return World(tmp_path)
