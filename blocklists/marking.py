"""What only the whole list tells of an entry: named twice, or covered by another one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blocklists.targets import Target
    from blocklists.vetting import Entry


def marked(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield *entries*, each with what the others tell of it."""
    sites = {entry.target.host for entry in entries if entry.target.scope == "domain"}
    seen: set[Target] = set()
    for entry in entries:
        target = replace(entry.target, warnings=()) if entry.target.warnings else entry.target
        warnings = []
        if target in seen:
            warnings.append("W_DUPLICATE")
        seen.add(target)
        if _is_covered(target, sites):
            warnings.append("W_REDUNDANT")
        if warnings:
            yield replace(entry, warnings=(*entry.warnings, *warnings))
        else:
            yield entry


def _is_covered(target: Target, sites: set[str]) -> bool:
    """Whether a listed site stands above *target*."""
    if target.scope != "domain" and target.host in sites:
        return True
    return any(parent in sites for parent in _parents(target.host))


def _parents(host: str) -> Iterator[str]:
    """Yield every name above *host*, without its top-level domain."""
    _, _, rest = host.partition(".")
    while "." in rest:
        yield rest
        _, _, rest = rest.partition(".")
