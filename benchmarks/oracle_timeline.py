"""Table A (docs/rules.md), one act at a time: a state and how sure it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FRESH, BRACKET, CARRY = timedelta(hours=24), timedelta(days=90), timedelta(days=30)
POSSIBLY = {"bracketed_wide", "changed_between", "carried_stale", "inside_window"}

T = TypeVar("T")


class Act(NamedTuple):
    """When a row was collected; none: no date."""

    lo: datetime | None
    hi: datetime | None


class State(NamedTuple):
    """In force, not in force, or (None) cannot tell; and Table A's basis."""

    value: bool | None
    basis: str


class Seen(NamedTuple, Generic[T]):
    """An observation."""

    at: datetime
    capture: int
    what: T


class Around(NamedTuple, Generic[T]):
    """The last observation before an act, the first after it, and those within."""

    before: Seen[T] | None = None
    after: Seen[T] | None = None
    within: Sequence[Seen[T]] = ()


def around(seen: Sequence[Seen[T]], act: Act) -> Around[T]:
    """Return which of *seen*, in the order of time, stand around *act*."""
    if act.lo is None or act.hi is None:
        return Around()
    first = bisect_right(seen, act.lo, key=lambda one: one.at)
    last = bisect_left(seen, act.hi, key=lambda one: one.at)
    return Around(
        seen[first - 1] if first else None,
        seen[last] if last < len(seen) else None,
        seen[first:last],
    )


def state(found: Around[T], act: Act, says: Callable[[T], bool | None]) -> State:
    """Return the state of *act*, where *says* reads an observation."""
    if act.lo is None or act.hi is None:
        return State(None, "no_collection_date")
    before = says(found.before.what) if found.before else None
    within = {says(one.what) for one in found.within}
    if within and within != {before}:
        return State(True if before or True in within else None, "inside_window")
    if found.before is None:
        return State(None, "after_only" if found.after else "never_observed")
    age = act.hi - found.before.at
    if age <= FRESH:
        return State(before, "contemporaneous")
    if found.after is None:
        return State(before, "carried") if age <= CARRY else _possibly(before, "carried_stale")
    after = says(found.after.what)
    near = found.after.at - found.before.at <= BRACKET
    if before is None or after is None:
        return State(None, "bracketed" if near else "bracketed_wide")
    if after != before:
        return State(True, "changed_between")  # noqa: FBT003
    if near:
        return State(before, "bracketed")
    return _possibly(before, "bracketed_wide")


def _possibly(value: bool | None, basis: str) -> State:  # noqa: FBT001
    """Possibly refused stays a refusal; possibly not refused is unknown."""
    return State(value or None, basis)
