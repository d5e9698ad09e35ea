"""The world that audit tests ask questions of."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from tests.audit.world import World

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world in which nothing is known yet."""
    return World(tmp_path)


class _Here:
    """Do in this process what is done apart elsewhere, so that a test can look at it."""

    def do(self, work: Any, *arguments: Any, limits: Any) -> Any:
        return work(*arguments)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have shards judged in this process."""
    monkeypatch.setattr("audit.engines.local.worker", lambda: nullcontext(_Here()))
