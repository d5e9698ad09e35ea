"""What the examples know: one site that lets AI agents in, one that refuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from audit.auditor import Auditor
from tests.audit.world import ALLOW, BY_CCBOT, World

if TYPE_CHECKING:
    from pathlib import Path

REFUSE = "User-agent: *\nDisallow: /\n"
OPEN, SHUT, NEW = (f"https://{name}.example/a" for name in ("open", "shut", "new"))
DAY = "2024-02-10"


@pytest.fixture
def auditor(tmp_path: Path) -> Auditor:
    world = World(tmp_path)
    for when in ("2024-02-01", "2024-02-20"):
        world.robots(when, ALLOW, host="open.example")
        world.robots(when, REFUSE, host="shut.example")
    return Auditor.of(world.store, tmp_path / "knowledge.duckdb", BY_CCBOT)


@pytest.fixture
def rows() -> pa.Table:
    return pa.table({"url": [OPEN, SHUT, NEW, None], "collected_at": [DAY] * 4, "n": [0, 1, 2, 3]})
