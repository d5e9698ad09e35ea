"""What an archived exchange asked its host for, told by the path of its address."""

from __future__ import annotations

from provenance.records import Probe

FILES = frozenset(
    {
        "/.well-known/tdmrep.json",
        "/ai.txt",
        "/.well-known/ai.txt",
        "/trust.txt",
        "/.well-known/trust.txt",
        "/.well-known/security.txt",
    }
)
"""Where a site speaks to machines, beside robots.txt."""


def probe_of(path: str) -> Probe:
    """Return what a request for the canonical *path* asked for."""
    if path == "/robots.txt":
        return Probe.ROBOTS
    return Probe.FILE if path in FILES else Probe.PAGE
