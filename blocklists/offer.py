"""A list that is handed in: what was read of it, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blocklists.doubts import NOTHING_WATCHED, Watched

if TYPE_CHECKING:
    from datetime import datetime

    from blocklists.gathering import Checked


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a list that is handed in; of a package, its manifest says most of it."""

    list_id: str = ""
    """`owner/slug`; this and the next three may be left out for a package."""
    submitter: str = ""
    """Who hands it in."""
    role: str = ""
    """One of `packages.ROLES`."""
    basis: str = ""
    """One of `packages.BASES`."""
    version: int | None = None
    """Has to rise within a list; None: the package's, or the last one and 1."""
    issued_at: datetime | None = None
    """What the document says; aware."""
    published_at: datetime | None = None
    """Since when anybody could read the list; aware."""
    status: str = "accepted"
    """Or `received`, for one that nobody has verified yet."""
    format_name: str | None = None
    """As for `check`; so is the next."""
    encoding: str = "utf-8"
    skip_refused: bool = False
    """Leave refused lines out instead of refusing the list."""
    watched: Watched = NOTHING_WATCHED
    """Names for which an entry is held back until a second person has looked."""
    confirmed_by: str = ""
    """Who looked at a version that changes much, another than the submitter."""
    note: str = ""
    """In their words."""
    file_name: str = ""
    """As the receipt names it; empty: as the file is called."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A list that was read and can be received."""

    checked: Checked
    said: Said
    """By whoever hands it in, completed by the manifest."""
    received_at: datetime
    """Aware: the notice date."""
