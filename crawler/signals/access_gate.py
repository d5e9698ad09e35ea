"""Access gates: what bars the way to a page, from its status, its headers and its main part.

`crawler/gates/` holds the places in which a gate shows itself, asked in the order below. A gate is
a fact beside what is reserved; only a price says that use is for sale. A gate is recorded and never
passed. A label for adults (RTA) is a label, not a gate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.gates import SERVED, Found
from crawler.gates.challenges import challenge
from crawler.gates.content import main_text
from crawler.gates.redirects import diversion
from crawler.gates.statuses import refusal
from crawler.gates.walls import wall
from crawler.signals import Page, Reader
from provenance.records import Gate, Signal, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_RTA = "RTA-5042-1996-1400-1577-RTA"
_MAX_QUOTE = 300


def read(page: Page) -> Iterator[Signal]:
    """Yield the gate that *page* stands behind, if there is one, and the label it carries."""
    text = main_text(page)
    # A challenge comes before the status: vendors answer it with any.
    found = challenge(page, text) or refusal(page) or diversion(page) or wall(page, text)
    found = found or _receipt(page)
    if found:
        yield _signal(found)
    label = _label(page)
    if label:
        yield _signal(label)


def _signal(found: Found) -> Signal:
    return Signal(
        kind="access-gate",
        scope="page",
        usage="crawl",
        value=Value.CONDITIONAL if found.for_sale else Value.UNSPECIFIED,
        gate=found.gate,
        strength=found.strength,
        offer=found.offer,
        quote=found.quote[:_MAX_QUOTE],
        finding=found.finding,
        conditions="; ".join(found.conditions),
    )


def _receipt(page: Page) -> Found | None:
    """Look for the receipt of a fetch that was paid for: served, and for sale."""
    paid = page.values("crawler-charged")
    if page.status not in SERVED or not paid:
        return None
    quote = f"crawler-charged: {paid[0]}"
    return Found(Gate.NONE, quote, offer=paid[0], for_sale=True, conditions=("per=crawl",))


def _label(page: Page) -> Found | None:
    """Look for the label "Restricted To Adults", in a header or a meta element."""
    quotes = [f"rating: {value}" for value in page.values("rating")]
    stated = (meta.get("content", "").strip() for meta in page.elements("meta"))
    quotes += [f'<meta content="{content}">' for content in stated if _RTA in content.upper()]
    quote = next((quote for quote in quotes if _RTA in quote.upper()), "")
    return Found(Gate.NONE, quote, conditions=("label=adult-rta",)) if quote else None


READER = Reader(
    "access-gate",
    read,
    canary=Page("https://canary.example/", status=401, headers=(("WWW-Authenticate", "Basic"),)),
)
