"""What bars the way to a page: one module for each place in which a gate shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.records import Strength

if TYPE_CHECKING:
    from provenance.records import Gate

SERVED = range(200, 300)


@dataclass(frozen=True, slots=True)
class Found:
    """A gate, or a fact about one, and the words that show it."""

    gate: Gate
    quote: str
    strength: Strength = Strength.NORMATIVE
    offer: str = ""
    """What access costs, as far as the answer states it."""
    for_sale: bool = False
    conditions: tuple[str, ...] = ()
    """`key=value`: vendor, scheme, retry-after …"""
    finding: str = ""
