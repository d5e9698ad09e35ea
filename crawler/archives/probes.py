"""What an archived exchange asked its host for, told by the path of its address."""

from __future__ import annotations

from crawler.wellknown import WELL_KNOWN
from provenance.records import Probe

FILES = frozenset(one.path for one in WELL_KNOWN)
"""Where a site speaks to machines, beside robots.txt."""


def probe_of(path: str) -> Probe:
    """Return what a request for the canonical *path* asked for."""
    if path == "/robots.txt":
        return Probe.ROBOTS
    return Probe.FILE if path in FILES else Probe.PAGE
