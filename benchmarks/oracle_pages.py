"""Gates and declarations of pages: the page's own, and a gate at the front page of its host."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.oracle_timeline import State, around, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.oracle_timeline import Act, Around, Seen
    from benchmarks.oracle_world import Page

SHOWN = 5
UNSEEN = State(None, "never_observed")


class Pages(NamedTuple):
    """What pages say of a row."""

    gate: bool | None
    gate_basis: str
    gate_later: bool
    declared: bool | None
    declared_basis: str
    declared_later: bool
    captures: frozenset[tuple[str, int]]


def pages(seen: dict[str, list[Seen[Page]]], path: str, act: Act) -> Pages:
    """Return what the pages *seen* of a host say of its *path*."""
    own = around(seen[path], act) if path in seen else None
    front = around(seen["/"], act) if "/" in seen and path != "/" else None
    gate = _gate(_state(own, act, _gated), _state(front, act, _gated))
    declared = _state(own, act, _declared) or UNSEEN
    own_gate = _state(own, act, _gated)
    return Pages(
        gate.value,
        gate.basis,
        _later(own, act, _gated)
        or (_later(front, act, _gated) and (own_gate is None or own_gate.value is None)),
        declared.value,
        declared.basis,
        _later(own, act, _declared),
        frozenset(_captures(own) | _captures(front)),
    )


def _gate(own: State | None, front: State | None) -> State:
    """Return the page's own state; where that cannot tell, a gate at the front page."""
    if own and own.value is not None:
        return own
    if front and front.value:
        return front
    return own or UNSEEN


def _gated(page: Page) -> bool:
    return page.gated


def _declared(page: Page) -> bool:
    return page.declared


def _state(found: Around[Page] | None, act: Act, says: Callable[[Page], bool]) -> State | None:
    return state(found, act, says) if found else None


def _later(found: Around[Page] | None, act: Act, says: Callable[[Page], bool]) -> bool:
    """Whether a page was first seen after the act, and then *says* so."""
    if not found or not found.after:
        return False
    return state(found, act, says).basis == "after_only" and says(found.after.what)


def _captures(found: Around[Page] | None) -> set[tuple[str, int]]:
    if not found:
        return set()
    roles = {("page_before", found.before), ("page_after", found.after)}
    return {(role, one.capture) for role, one in roles if one} | {
        ("page_during", one.capture) for one in found.within[:SHOWN]
    }
