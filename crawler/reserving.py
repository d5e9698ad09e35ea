"""Which statements reserve a use for training or mining, and for whom: as an audit counts them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.holding import pattern_at
from crawler.robots.decision import matches
from crawler.wellknown import NAMES_A_LICENCE
from provenance.records import Value

if TYPE_CHECKING:
    from collections.abc import Container

    from crawler.inspection import Statement
    from provenance.urls import Address

OF_TRAINING = frozenset({"train", "train-genai", "mine"})
# A licence with conditions (CC BY) is no reservation.
_NO_RESERVATION_IF_CONDITIONAL = frozenset({"license-link", "structured-data"})

_PLACE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)([^#]*)")

_RESERVING = frozenset({
    "aipref", "content-signal", "rsl", "tdmrep", "tdmrep-media", "ai-txt", "trust-txt",
    "plus-data-mining", "c2pa-training-mining",
})  # fmt: skip
_UNREAD = frozenset({
    "undecodable", "over-limit", "too-complex", "not-an-array", "not-well-formed",
    "entity-rejected", "c2pa-not-read", "c2pa-remote-not-read", "c2pa-invalid",
})  # fmt: skip


def to_all(one: Statement) -> bool:
    """Whether *one* speaks to every agent, and not to one by name."""
    return not one.scope.startswith("agent:") or one.scope == "agent:*"


def about(one: Statement, place: Address) -> bool:
    """Whether *one* speaks of *place*: it is limited to no paths, or to such, or to the address."""
    pattern = pattern_at(one.path, place)
    return pattern is not None and (not pattern or matches(pattern, place.path))


def unread(one: Statement) -> bool:
    """Whether *one* tells of something that might reserve, and could not be read."""
    return one.kind in _RESERVING and (
        one.finding in _UNREAD or one.finding.startswith(("xmp-", "epub-"))
    )


def names_unread_terms(one: Statement, host: str, read: Container[str]) -> bool:
    """Whether *one* names, for everybody, terms that nobody read in the name of *host*.

    Those of another host are not read in its name, and of its own only those at the paths *read*.
    """
    if one.kind != "rsl" or one.usage != NAMES_A_LICENCE or not to_all(one):
        return False
    place = _PLACE.match(one.offer)
    return not place or place[1].lower() != host or (place[2] or "/") not in read


def reserves(one: Statement) -> bool:
    """Whether *one* reserves training or mining against every agent."""
    reserved = one.value == Value.DENY or (
        one.value == Value.CONDITIONAL and one.kind not in _NO_RESERVATION_IF_CONDITIONAL
    )
    return reserved and one.gate == "none" and one.usage in OF_TRAINING and to_all(one)
