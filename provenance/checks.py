"""One thing that was tried on itself: a canary that must sing, a version that must be met."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What came of it."""

    FIRES = "fires"
    """It found what was planted, or is as it must be."""
    SILENT = "silent"
    """It did not; results of this installation cannot be relied on."""
    NOT_SHOWN = "not shown"
    """It could not be tried here."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried."""

    family: str
    name: str
    state: State
    said: str = ""
    """What was found, or why it could not be tried."""


def check(family: str, name: str, *, fires: bool, said: str = "") -> Check:
    """Return what came of trying *name*."""
    return Check(family, name, State.FIRES if fires else State.SILENT, said)
