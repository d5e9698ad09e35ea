"""How much memory and time a process may take, kept by the system and not by a library."""

from __future__ import annotations

import os
import resource
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATM = Path("/proc/self/statm")
_UNLIMITED = resource.RLIM_INFINITY
_WRITES = resource.getrlimit(resource.RLIMIT_FSIZE)[0]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take beyond what its process has taken before."""

    memory: int
    """Octets of data (RLIMIT_DATA); address space that is only reserved does not count."""
    cpu_s: int
    """Seconds of all threads together."""
    wall_s: float = 24 * 3600.0
    """Seconds until it is ended although it waits."""
    writes: int | None = None
    """Octets of the largest file that it may write (RLIMIT_FSIZE); None: as this process may."""


UNLIMITED = Limits(1 << 60, 10**9)
"""More than there is."""


def impose(limits: Limits) -> None:
    """Hold this process to *limits* from now on; past the seconds, the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_s
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_CPU, seconds)
    _lower(resource.RLIMIT_DATA, _data() + limits.memory)
    _lower(resource.RLIMIT_FSIZE, _WRITES if limits.writes is None else limits.writes)


@contextmanager
def held_to(memory: int) -> Iterator[None]:
    """Let this process take at most so many octets more while the block runs."""
    before = resource.getrlimit(resource.RLIMIT_DATA)[0]
    _lower(resource.RLIMIT_DATA, _data() + memory)
    try:
        yield
    finally:
        _lower(resource.RLIMIT_DATA, before)


def leave_room() -> None:
    """Hold this process to four fifths of the machine's memory: the rest is for others."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    _lower(resource.RLIMIT_DATA, machine // 5 * 4)


def _lower(what: int, value: int) -> None:
    """Set the soft limit; the hard one stays, so that it can be set anew for the next work."""
    hard = resource.getrlimit(what)[1]
    if hard != _UNLIMITED and (value == _UNLIMITED or value > hard):
        value = hard
    resource.setrlimit(what, (value, hard))


def _data() -> int:
    """Return the octets that count against RLIMIT_DATA now; proc(5), statm, sixth field."""
    return int(_STATM.read_text("ascii").split()[5]) * resource.getpagesize()
