"""Gates, declarations and prices of pages: their own, of their site, a gate at its front page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.oracle_timeline import State, around, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.oracle_timeline import Act, Around, Seen
    from benchmarks.oracle_world import Page

SHOWN = 5
SUREST = [
    "contemporaneous", "bracketed", "carried", "bracketed_wide", "carried_stale", "inside_window",
    "changed_between", "after_only", "never_observed", "no_collection_date",
]  # fmt: skip
UNSEEN = State(None, "never_observed")


class Pages(NamedTuple):
    """What pages say of a row."""

    gate: bool | None
    gate_basis: str
    gate_later: bool
    declared: bool | None
    declared_basis: str
    declared_later: bool
    priced: bool | None
    priced_basis: str
    captures: frozenset[tuple[str, int]]


def pages(seen: dict[str, list[Seen[Page]]], path: str, act: Act) -> Pages:
    """Return what the pages *seen* of a host say of its *path*."""
    own = around(seen[path], act) if path in seen else None
    front = around(seen["/"], act) if "/" in seen and path != "/" else None
    files = [answers for name, answers in sorted(seen.items()) if name.startswith("site:")]
    site, shop = (
        [around(one, act) for one in files if any(says(seen.what) is not False for seen in one)]
        for says in (_declared, _priced)
    )
    gate = _gate(_state(own, act, _gated), _state(front, act, _gated))
    declared = _declaration(
        _state(own, act, _declared), [state(one, act, _declared) for one in site]
    )
    priced = _declaration(_state(own, act, _priced), [state(one, act, _priced) for one in shop])
    own_gate = _state(own, act, _gated)
    return Pages(
        gate.value,
        gate.basis,
        _later(own, act, _gated)
        or (_later(front, act, _gated) and (own_gate is None or own_gate.value is None)),
        declared.value,
        declared.basis,
        declared.value is not True and any(_later(one, act, _declared) for one in (own, *site)),
        priced.value,
        priced.basis,
        frozenset().union(*map(_captures, (own, front, *site, *shop))),
    )


def _gate(own: State | None, front: State | None) -> State:
    """Return the page's own state; where that cannot tell, a gate at the front page."""
    if own and own.value is not None:
        return own
    if front and front.value:
        return front
    return own or UNSEEN


def _declaration(own: State | None, site: list[State]) -> State:
    """Return what the page or its site says; that nothing is said, only where all can tell."""
    made = [one for one in (own, *site) if one and one.value]
    open_ = [one for one in site if one.value is None]
    for value, states in ((True, made), (None, open_)):
        if states:
            return State(value, min((one.basis for one in states), key=SUREST.index))
    return own or UNSEEN


def _gated(page: Page) -> bool | None:
    return page.gated


def _declared(page: Page) -> bool | None:
    return page.declared


def _priced(page: Page) -> bool | None:
    return page.priced


def _state(
    found: Around[Page] | None, act: Act, says: Callable[[Page], bool | None]
) -> State | None:
    return state(found, act, says) if found else None


def _later(found: Around[Page] | None, act: Act, says: Callable[[Page], bool | None]) -> bool:
    """Whether a page was first seen after the act, and then *says* so."""
    if not found or not found.after:
        return False
    return state(found, act, says).basis == "after_only" and bool(says(found.after.what))


def _captures(found: Around[Page] | None) -> set[tuple[str, int]]:
    if not found:
        return set()
    roles = {("page_before", found.before), ("page_after", found.after)}
    return {(role, one.capture) for role, one in roles if one} | {
        ("page_during", one.capture) for one in found.within[:SHOWN]
    }
