"""What access costs: the price headers of pay per crawl, and x402.

Cloudflare, AI Crawl Control (`crawler-price`, `crawler-charged`, `crawler-error`); x402 HTTP
transport, v1 (JSON body) and v2 (header PAYMENT-REQUIRED).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.signals import Page

_PRICE = re.compile(r"[A-Z]{3}\s+\d+(?:\.\d+)?")
_MOST_OCTETS = 64 * 1024
_MAX_OFFER = 300


@dataclass(frozen=True, slots=True)
class Price:
    """A price as it is stated."""

    offer: str
    """`USD 0.01`, or `x402 10000 base units of TOKEN`."""
    conditions: tuple[str, ...] = ()
    finding: str = ""


def price(page: Page) -> Price | None:
    """Return the price that *page* states for itself; None where it states none."""
    for value in page.values("crawler-price"):
        finding = "" if _PRICE.fullmatch(value) else "invalid-price"
        return Price(value[:_MAX_OFFER], ("per=crawl",), finding)
    for value in page.values("payment-required"):
        demand = _decoded(value)
        return _x402(demand) or Price(
            f"x402 {value}"[:_MAX_OFFER], ("scheme=x402",), "invalid-price"
        )
    if 0 < len(page.body) <= _MOST_OCTETS and b"x402Version" in page.body:
        return _x402(page.body)
    return None


def _decoded(value: str) -> bytes:
    try:
        padded = value + "=" * (-len(value) % 4)
        return base64.b64decode(padded, validate=True) if len(value) <= _MOST_OCTETS else b""
    except (binascii.Error, ValueError):
        return b""


def _x402(text: bytes) -> Price | None:
    """Return the first way to pay that the demand *text* accepts."""
    try:
        demand = json.loads(text)
    except (ValueError, RecursionError):
        return None
    accepted = demand.get("accepts") if isinstance(demand, dict) else None
    if not isinstance(accepted, list) or not accepted or not isinstance(accepted[0], dict):
        return None
    first = accepted[0]
    amount = first.get("amount", first.get("maxAmountRequired"))
    if not isinstance(amount, str | int):
        return None
    network = first.get("network")
    conditions = ("scheme=x402", *((f"network={network}"[:80],) if network else ()))
    return Price(f"x402 {amount} base units of {first.get('asset', '?')}"[:_MAX_OFFER], conditions)
