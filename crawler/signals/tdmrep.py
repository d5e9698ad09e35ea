"""TDMRep: text and data mining reserved by a file, a header or a meta element.

W3C Community Group, TDM Reservation Protocol, final report of 2024-05-10. `1` reserves, `0` does
not, anything else is as if nothing were said. HTML comes before the header, the header before
/.well-known/tdmrep.json, whose entries are tried in their order; what one of them leaves out is
taken from the next. A policy is an ODRL offer: the terms on which mining is granted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.references import resolved
from crawler.repeated_names import Repeated, parsed_json
from crawler.robots.lines import escaped_pattern
from crawler.signals import Page, Reader
from crawler.wellknown import NAMES_A_LICENCE, file_text, is_file_of
from provenance.records import Probe, Signal, Value

if TYPE_CHECKING:
    from collections.abc import Iterator


_RESERVATION = "tdm-reservation"
_POLICY = "tdm-policy"
_PROFILE = "http://www.w3.org/ns/tdmrep"
_MOST_ENTRIES = 2_000
_LONGEST_LOCATION = 2_000
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
    """Yield what a file says of its site's paths, or the one statement that holds for a page."""
    if is_file_of("tdmrep", page):
        yield from _in_file(page)
    elif page.probe is Probe.FILE:
        yield from _policy_document(page)
    else:
        yield from _of_page(page)


def _of_page(page: Page) -> Iterator[Signal]:
    said = [one for one in (_in_html(page, _RESERVATION), _in_headers(page, _RESERVATION)) if one]
    policy, policy_quote = _policy(page)
    decisive = next((one for one in said if one.reservation), None)
    if decisive is None and not (said or policy):
        return
    reserved = decisive.reservation if decisive else ""
    # A policy is not processed with 0; alone it may belong to what the file reserves.
    offer = "" if reserved == "0" else policy
    quotes = [decisive.quote] if decisive else [one.quote for one in said]
    yield Signal(
        kind="tdmrep",
        scope="asset" if page.html is None else "page",
        usage="mine",
        value=_value(reserved, offer),
        offer=offer,
        quote="; ".join([*quotes, *([policy_quote] if offer else [])])[:_MAX_QUOTE],
        finding=_finding(said, reserved),
    )


def _in_file(page: Page) -> Iterator[Signal]:
    """Yield a statement for each entry; the first that matches a path holds for it."""
    text, finding = file_text(page)
    entries = None if finding else parsed_json(text)
    if not isinstance(entries, list):
        # An object that names the protocol is meant; any other text is an error page.
        first = text.lstrip()[:1]
        is_meant = first in {"", "["} or (first == "{" and "tdm" in text.lower())
        finding = finding or ("not-an-array" if is_meant else "soft-404")
        yield _entry_signal(text.strip(), finding=finding)
        return
    for number, entry in enumerate(entries[:_MOST_ENTRIES], start=1):
        yield _entry(page, entry, number)
    if len(entries) > _MOST_ENTRIES:
        yield _entry_signal(f"{len(entries):,} entries", finding="over-limit")


def _entry(page: Page, entry: Any, number: int) -> Signal:
    fields = entry if isinstance(entry, dict) else {}
    quote, order = _quoted(entry), f"entry={number}"
    location, stated = fields.get("location"), fields.get(_RESERVATION)
    if isinstance(stated, Repeated):  # of several that differ, the reservation
        reserving = [one for one in stated if one in (1, "1") and one is not True]
        stated = next(iter(reserving), None)
    if not isinstance(location, str) or not 0 < len(location) <= _LONGEST_LOCATION:
        return _entry_signal(quote, finding="location-missing", conditions=order)
    # `true` is no number, though Python compares it as one.
    reserved = "" if isinstance(stated, bool) or stated not in (0, 1, "0", "1") else str(stated)[0]
    policy = fields.get(_POLICY)
    offer = resolved(page.url, _text(policy)) if reserved == "1" else ""
    lenient = "string-value" if isinstance(stated, str) else ""
    if reserved == "1" and _text(policy) and not offer:
        lenient = "invalid-policy"
    return _entry_signal(
        quote,
        value=_value(reserved, offer),
        offer=offer,
        path=escaped_pattern(location),
        finding=lenient if reserved else "invalid-value",
        conditions=order,
    )


def _entry_signal(
    quote: str,
    *,
    value: Value = Value.UNSPECIFIED,
    offer: str = "",
    path: str = "",
    finding: str = "",
    conditions: str = "",
) -> Signal:
    return Signal(
        kind="tdmrep",
        scope="site",
        usage="mine",
        value=value,
        offer=offer,
        quote=quote[:_MAX_QUOTE],
        finding=finding,
        path=path,
        conditions=conditions,
    )


def _policy_document(page: Page) -> Iterator[Signal]:
    """Yield the terms of a licence policy: an ODRL offer with the profile of TDMRep."""
    policy = parsed_json(file_text(page)[0]) if _PROFILE.encode() in page.body else None
    if not isinstance(policy, dict) or policy.get("profile") != _PROFILE:
        return
    terms = [f"{key}={value}" for key, value in _terms(policy)]
    yield Signal(
        kind="tdmrep",
        scope="asset",
        usage=NAMES_A_LICENCE,
        value=Value.CONDITIONAL,
        offer=resolved(page.url, _text(policy.get("uid"))) or page.url,
        quote=_quoted(policy),
        conditions="; ".join(dict.fromkeys(terms))[:_MAX_QUOTE],
    )


def _terms(policy: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what mining is made to depend on, and who to ask."""
    for permission in _dicts(policy.get("permission")):
        for duty in _dicts(permission.get("duty")):
            yield "duty", _text(duty.get("action"))
        for constraint in _dicts(permission.get("constraint")):
            yield _text(constraint.get("leftOperand")), _text(constraint.get("rightOperand"))
    for assigner in _dicts(policy.get("assigner")):
        for name in ("vcard:hasEmail", "vcard:hasURL", "vcard:hasTelephone"):
            if _text(assigner.get(name)):
                yield "contact", _text(assigner[name])


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id")
    # An escape like "\\ud800" is half a character, which no store takes.
    return value.encode("utf-8", "replace").decode()[:2000] if isinstance(value, str) else ""


def _quoted(value: Any) -> str:
    try:
        return _text(json.dumps(value, ensure_ascii=False))[:_MAX_QUOTE]
    except RecursionError:
        return "(nested too deep to be quoted)"


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
        addresses = (resolved(page.url, value) for value in one.values) if one else ()
        offer = next((address for address in addresses if address), "")
        if one and offer:
            return offer, one.quote
    return "", ""


def _in_headers(page: Page, name: str) -> _Statement | None:
    values = page.values(name)
    quote = f"{name}: {', '.join(values)}"
    if name == _RESERVATION:  # field lines may come joined by commas (RFC 9110, section 5.3)
        values = [one.strip() for value in values for one in value.split(",")]
    return _Statement(tuple(values), quote) if values else None


def _in_html(page: Page, name: str) -> _Statement | None:
    values = [
        meta.get("content", "").strip()
        for meta in page.elements("meta")
        if meta.get("name", "").strip().lower() == name
    ]
    quote = f'<meta name="{name}" content="{", ".join(values)}">'
    return _Statement(tuple(values), quote) if values else None


READER = Reader(
    "tdmrep", read, canary=Page("https://canary.example/", headers=(("tdm-reservation", "1"),))
)
