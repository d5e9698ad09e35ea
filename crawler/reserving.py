"""Which statements reserve a use for training or mining, and for whom: as an audit counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.robots.decision import matches
from provenance.records import Value

if TYPE_CHECKING:
    from crawler.inspection import Statement

OF_TRAINING = frozenset({"train", "train-genai", "mine"})
# A licence with conditions (CC BY) is no reservation.
_NO_RESERVATION_IF_CONDITIONAL = frozenset({"license-link", "structured-data"})


def to_all(one: Statement) -> bool:
    """Whether *one* speaks to every agent, and not to one by name."""
    return not one.scope.startswith("agent:") or one.scope == "agent:*"


def about(one: Statement, path: str) -> bool:
    """Whether *one* speaks of *path*: it is limited to no paths, or to such."""
    return not one.path or matches(one.path, path)


def reserves(one: Statement) -> bool:
    """Whether *one* reserves training or mining against every agent."""
    reserved = one.value == Value.DENY or (
        one.value == Value.CONDITIONAL and one.kind not in _NO_RESERVATION_IF_CONDITIONAL
    )
    return reserved and one.gate == "none" and one.usage in OF_TRAINING and to_all(one)
