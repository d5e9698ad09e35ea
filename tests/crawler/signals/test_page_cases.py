"""The conformance cases of pages, files and gates: every key that a case expects is compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crawler.pages import page_signals
from crawler.signals.c2pa_training_mining import statements
from provenance.records import Capture, Gate, Signal, Value
from tests.crawler.signals.files import epub, served
from tests.crawler.signals.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COUNTS = {
    "plus-data-mining": 9,
    "c2pa-training-mining": 8,
    "structured-data": 8,
    "license-link": 4,
    "access-gate": 24,
}
# Uses that do not speak of training; a case names them under `usage`.
BESIDE = {"search", "ai-input"}
STRICTEST = (Value.DENY, Value.CONDITIONAL, Value.ALLOW, Value.UNSPECIFIED)


def answered(case: dict[str, Any]) -> tuple[Signal, ...]:
    """What all readers find in the input of *case*."""
    given, url = case["input"], case["url"]
    if "manifest" in given:
        return tuple(statements(given["manifest"]))
    if "xmp" in given:
        return page_signals(served(given["xmp"].encode(), "image/jpeg", url=url))
    if "epub_opf" in given:
        return page_signals(served(epub(given["epub_opf"]), "application/epub+zip", url=url))
    return page_signals(_answer(given, url))


def _answer(given: dict[str, Any], url: str) -> Capture:
    headers = [pair for pair in given.get("headers", {}).items() if pair[0] != "Content-Type"]
    if "html" in given:
        return page(given["html"], *headers, status=given.get("status", 200), url=url)
    body = given.get("body", "").encode()
    return served(body, "", *headers, status=given.get("status", 200), url=url)


def value(signals: list[Signal]) -> str:
    said = [signal.value for signal in signals if signal.usage not in BESIDE]
    return min(said, key=STRICTEST.index, default=Value.UNSPECIFIED)


def usage(signals: list[Signal]) -> dict[str, str]:
    return {name: value([s for s in signals if s.usage == name]) for name in ("train", "train-genai")} | {
        name: next((s.value for s in signals if s.usage == name), Value.UNSPECIFIED)
        for name in BESIDE
    }  # fmt: skip


def condition(name: str) -> Callable[[list[Signal]], str | None]:
    def found(signals: list[Signal]) -> str | None:
        pairs = [pair for signal in signals for pair in signal.conditions.split("; ")]
        return next((pair.partition("=")[2] for pair in pairs if pair.startswith(f"{name}=")), None)

    return found


def terms(signals: list[Signal]) -> object:
    offers = [signal.offer for signal in signals if signal.offer]
    pointers = [signal for signal in signals if signal.kind == "terms"]
    return offers if pointers else next(iter(dict.fromkeys(offers)), None)


def price(signals: list[Signal]) -> dict[str, str] | None:
    """The price in the form of the cases, from the offer and its conditions."""
    offer = terms(signals)
    if not isinstance(offer, str):
        return None
    if offer.startswith("x402 "):
        _, amount, unit = offer.split(" ", 2)
        return {"amount": amount, "unit": unit, "scheme": condition("scheme")(signals) or ""}
    currency, amount = offer.split(" ")
    return {"amount": amount, "currency": currency, "per": condition("per")(signals) or ""}


def paid(signals: list[Signal]) -> dict[str, str]:
    stated = price(signals) or {}
    return {key: stated[key] for key in ("amount", "currency")}


ANSWERS: dict[str, Callable[[list[Signal]], object]] = {
    "value": value,
    "gate": lambda signals: next((s.gate for s in signals if s.gate is not Gate.NONE), Gate.NONE),
    "scope": lambda signals: signals[0].scope,
    "finding": lambda signals: signals[0].finding.replace("-", " ").replace("json ld", "JSON-LD"),
    "license": condition("license"),
    "selector": condition("selector"),
    "vendor": condition("vendor"),
    "scheme": condition("scheme"),
    "blocked_by": condition("blocked-by"),
    "label": condition("label"),
    "terms": terms,
    "price": price,
    "paid": paid,
}


@pytest.mark.parametrize("kind", COUNTS)
def test_each_case_comes_out_as_specified(shared_data: Path, kind: str) -> None:
    cases = json.loads((shared_data / "signal_cases.json").read_text("utf-8"))["cases"]
    ours = [case for case in cases if case["signal"] == kind]
    wrong = {}
    for case in ours:
        kinds = {kind, "terms"} if kind == "license-link" else {kind}
        signals = [signal for signal in answered(case) if signal.kind in kinds]
        for key, expected in case["expected"].items():
            if key == "usage":
                found: object = {name: usage(signals)[name] for name in expected}
            else:
                found = ANSWERS[key](signals)
            if found != expected:
                wrong[case["id"], key] = (found, expected)

    assert wrong == {}
    assert len(ours) == COUNTS[kind]
    assert not any(case.get("ambiguous") for case in ours)


def test_the_two_epub_cases_of_tdmrep_come_out_as_specified(shared_data: Path) -> None:
    cases = json.loads((shared_data / "signal_cases.json").read_text("utf-8"))["cases"]
    ours = {case["id"]: answered(case) for case in cases if "epub_opf" in case["input"]}

    assert {id_: [(s.kind, s.value, s.offer) for s in found] for id_, found in ours.items()} == {
        "tdm-50": [("tdmrep-media", "deny", "")],
        "tdm-51": [("tdmrep-media", "conditional", "https://site.example/p.json")],
    }


def test_no_input_of_a_case_cut_at_any_byte_raises(shared_data: Path) -> None:
    cases = json.loads((shared_data / "signal_cases.json").read_text("utf-8"))["cases"]
    for case in cases:
        if case["signal"] not in COUNTS or "manifest" in case["input"]:
            continue
        given, url = case["input"], case["url"]
        text = (given.get("html") or given.get("xmp") or given.get("body") or "").encode()
        kind = "text/html" if "html" in given else "image/jpeg"
        for end in range(len(text)):
            page_signals(served(text[:end], kind, url=url))
        for name, stated in given.get("headers", {}).items():
            for end in range(len(stated)):
                status = given.get("status", 200)
                page_signals(served(b"", "", (name, stated[:end]), status=status, url=url))
