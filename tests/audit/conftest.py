"""The world that audit tests ask questions of."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from audit.inputs import open_manifests
from audit.run import run
from tests.audit.corpus import QUESTION, make_corpus
from tests.audit.world import REFUSE_AI, World

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


@pytest.fixture(scope="session")
def two_audits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the manifest `rows` and its audits `old`, and `new` after something was learnt.

    Many tests read it, and none writes there.
    """
    place = tmp_path_factory.mktemp("audits")
    known = make_corpus(place, parts=2, lines=20)
    parts = open_manifests([place / "rows"])
    run(parts, QUESTION, known.store, place / "old")
    known.robots("2024-01-30", REFUSE_AI, host="new1.example")
    known.listed("2024-01-03", host="new2.example")
    run(parts, QUESTION, known.store, place / "new")
    return place
