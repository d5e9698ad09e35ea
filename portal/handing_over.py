"""What the portal is handed by whoever starts it, for it may not import it itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from portal.limits import Limiter
from provenance.errors import InputRefused

if TYPE_CHECKING:
    from portal.folder import Folder
    from portal.sessions import Sessions

Answerer = Callable[..., dict[str, Any]]
"""Returns `lines`, by language, and `told`, plain data."""


def _clock() -> datetime:
    return datetime.now(UTC)


class Busy(InputRefused):
    """More work at once than one process can do."""


@dataclass(frozen=True, slots=True)
class Portal:
    """What every page and call needs."""

    folder: Folder
    sessions: Sessions
    limiter: Limiter = field(default_factory=Limiter)
    read_robots: Answerer | None = None
    """Says what a robots.txt at hand says: octets and address in, no request."""
    secure: bool = True
    """It is reached by https: cookies are sent by nothing else."""
    clock: Callable[[], datetime] = _clock
    working: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(2))
    """Lists are read in Python: two at once take all of a core."""

    def work(self, task: Callable[[], Any]) -> Any:
        """Carry out *task* when one of two places is free.

        Raises:
            Busy: none was, for twenty seconds.
        """
        if not self.working.acquire(timeout=20):
            raise Busy("portal", "busy with other lists; nothing was kept", "try again in a minute")
        try:
            return task()
        finally:
            self.working.release()
