"""How much memory and time judging one shard may take, before it is given up.

DuckDB keeps to its memory limit when it can: a Parquet file of some kilobytes whose strings unpack
to megabytes each takes several times as much. So the system keeps a second, wider limit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.engines import cores
from provenance.apart.limits import UNLIMITED, Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.work import Task
    from provenance.workplace import Room

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_SIZE = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?)(?:i?B)?\s*", re.IGNORECASE)
_MORE = 1_000_000_000
"""What Python, DuckDB itself and the table of what is known take besides."""
_A_THREAD = 64_000_000
_CPU_S = 600
_OCTETS_A_SECOND = 200_000
_ROWS_A_SECOND = 1_000
"""Real shards are read a hundred times as fast (docs/performance)."""


def limits_of(tasks: Sequence[Task]) -> Limits:
    """Return what each of *tasks* may take."""
    if not tasks:
        return UNLIMITED
    rows = max(sum(task.planned.counts) for task in tasks)
    octets = max(sum(part.size for part in task.planned.shard.parts) for task in tasks)
    seconds = _CPU_S + rows // _ROWS_A_SECOND + octets // _OCTETS_A_SECOND
    return Limits(octets_for(tasks[0].question.memory), seconds)


def octets_for(memory: Room | str) -> int:
    """Return the octets that a process may take whose DuckDB is told to keep to *memory*."""
    text, threads = (memory, None) if isinstance(memory, str) else (memory.memory, memory.threads)
    found = _SIZE.fullmatch(text)
    if not found:  # a share of the machine, as `80%`: then the machine is the limit
        return UNLIMITED.memory
    held = int(float(found[1]) * _UNITS[found[2].upper()])
    return 2 * held + _MORE + (threads or cores()) * _A_THREAD
