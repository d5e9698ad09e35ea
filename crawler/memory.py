"""Scrapy's watch over the memory of a crawl, by what it holds and not by what it once held.

Scrapy asks for the peak of the process. On Linux that of a child begins with what its parent held:
a crawl that a large process starts would end before its first request.
"""

from __future__ import annotations

import os
from pathlib import Path

from scrapy.extensions.memusage import MemoryUsage

_STATE = Path("/proc/self/statm")  # its second number: pages that are resident (proc(5))


class ResidentMemory(MemoryUsage):
    """Ends a crawl, to be resumed, when it holds more than its settings allow."""

    def get_virtual_size(self) -> int:
        """Return the octets that are resident now; the peak where the system does not tell."""
        try:
            pages = int(_STATE.read_text("ascii").split()[1])
        except (OSError, ValueError, IndexError):
            return int(super().get_virtual_size())
        return pages * os.sysconf("SC_PAGE_SIZE")
