"""Our side of two parts: an audit of all rows, from Arrow to Arrow, on one thread as the peer is.

It answers more than the peer is asked: as of a date, for all agents, by all rules, with evidence.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from audit.auditor import Auditor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

SEEN = datetime(2024, 2, 1)  # noqa: DTZ001 (UTC, as rows have it)
"""When every host was looked at; rows were collected an hour later."""


def judging(store: Path, urls: Sequence[str]) -> Callable[[], Any]:
    """Return what judges *urls* by *store*; its snapshot is made at once, beside it."""
    auditor = Auditor.of(store, store.with_name("knowledge.duckdb"))
    collected_at = pa.array([SEEN + timedelta(hours=1)] * len(urls), pa.timestamp("us"))
    rows = pa.table({"url": pa.array(urls, pa.string()), "collected_at": collected_at})
    return lambda: auditor.judge(rows)
