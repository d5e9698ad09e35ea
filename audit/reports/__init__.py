"""Reports: each makes one text out of a summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.summary import Summary


@dataclass(frozen=True, slots=True)
class Report:
    """One report form."""

    name: str
    file_name: str
    """What it is called in the output folder; empty: it is only printed."""
    render: Callable[[Summary], str]
    always: bool = False
    """Written by every audit; others where they are asked for."""
