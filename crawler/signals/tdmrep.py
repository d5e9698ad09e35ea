"""TDMRep: text and data mining reserved by a header or a meta element.

W3C Community Group, TDM Reservation Protocol, final report of 2024-05-10. `1` reserves, `0` does
not, anything else is as if nothing were said. HTML comes before the header; what one of them
leaves out is taken from the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.signals import Page, Reader
from provenance.records import Signal, Value

if TYPE_CHECKING:
    from collections.abc import Iterator


_RESERVATION = "tdm-reservation"
_POLICY = "tdm-policy"
_MAX_QUOTE = 300


@dataclass(frozen=True, slots=True)
class _Statement:
    """The values one carrier gives a name, and where they stand."""

    values: tuple[str, ...]
    quote: str

    @property
    def reservation(self) -> str:
        """`1`, `0`, or empty where nothing valid is said; of two that differ, the reservation."""
        return max(set(self.values) & {"0", "1"}, default="")


def read(page: Page) -> Iterator[Signal]:
    """Yield the one statement that holds for *page*, or what is wrong with it."""
    said = [one for one in (_in_html(page, _RESERVATION), _in_headers(page, _RESERVATION)) if one]
    policy, policy_quote = _policy(page)
    decisive = next((one for one in said if one.reservation), None)
    if decisive is None and not (said or policy):
        return
    reserved = decisive.reservation if decisive else ""
    offer = policy if reserved == "1" else ""  # a policy is not processed with 0
    quotes = [decisive.quote] if decisive else [one.quote for one in said]
    yield Signal(
        kind="tdmrep",
        scope="asset" if page.html is None else "page",
        usage="mine",
        value=_value(reserved, offer),
        offer=offer,
        quote="; ".join([*quotes, *([policy_quote] if offer or not said else [])])[:_MAX_QUOTE],
        finding=_finding(said, reserved),
    )


def _value(reserved: str, policy: str) -> Value:
    if reserved == "1":
        return Value.CONDITIONAL if policy else Value.DENY
    return Value.ALLOW if reserved == "0" else Value.UNSPECIFIED


def _finding(said: list[_Statement], reserved: str) -> str:
    if not said:
        return "policy-without-reservation"
    if any(set(one.values) - {"0", "1"} for one in said):
        return "invalid-value"
    return "contradiction" if any(set(one.values) - {reserved} for one in said) else ""


def _policy(page: Page) -> tuple[str, str]:
    """Return the address of the licence policy and where it stands; both empty without one."""
    for one in (_in_html(page, _POLICY), _in_headers(page, _POLICY)):
        if one and one.values[0]:
            return _joined(page.url, one.values[0]), one.quote
    return "", ""


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:  # brackets that are no IPv6 address
        return reference


def _in_headers(page: Page, name: str) -> _Statement | None:
    values = page.values(name)
    return _Statement(tuple(values), f"{name}: {', '.join(values)}") if values else None


def _in_html(page: Page, name: str) -> _Statement | None:
    if page.html is None:
        return None
    values = [
        meta.attrib.get("content", "").strip()
        for meta in page.html.xpath("//meta[@name]")
        if meta.attrib["name"].strip().lower() == name
    ]
    quote = f'<meta name="{name}" content="{", ".join(values)}">'
    return _Statement(tuple(values), quote) if values else None


READER = Reader(
    "tdmrep", read, canary=Page("https://canary.example/", headers=(("tdm-reservation", "1"),))
)
