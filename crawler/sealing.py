"""Hosts and pages of sealed lists are taken out of what is to be visited, before it is recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.targets import Target
    from provenance.sealed import SealedNames


@dataclass(slots=True)
class Unsealed:
    """Passes on what no sealed list names, and counts the rest."""

    names: SealedNames | None
    hosts: int = 0
    pages: int = 0

    def of(self, targets: Iterable[Target]) -> Iterator[Target]:
        """Yield *targets* without hosts and pages that a list names."""
        for target in targets:
            if self.names is None:
                yield target
            elif self.names.kind_of_host(target.host):
                self.hosts += 1
            else:
                paths = tuple(path for path in target.paths if not self._is_named(target, path))
                self.pages += len(target.paths) - len(paths)
                yield replace(target, paths=paths)

    def _is_named(self, target: Target, path: str) -> bool:
        assert self.names is not None  # noqa: S101 (asked before)
        return bool(self.names.kind_of(f"{target.schemes[0]}://{target.host}{path}"))
