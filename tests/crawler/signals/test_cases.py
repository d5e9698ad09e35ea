"""The conformance cases of the three readers, as far as one answer to one request decides them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from crawler.pages import page_signals
from provenance.records import Capture, Gate, Probe, Signal, Value

if TYPE_CHECKING:
    from pathlib import Path

# Inputs that these readers do not see, with the reason.
LEFT_FOR_LATER = {
    "well_known": "tdmrep.json is not fetched yet",
    "well_known_status": "tdmrep.json is not fetched yet",
    "epub_opf": "EPUB files are not opened",
    "policy_json": "licence policies are not fetched, only their address is recorded",
}
# Keys of an expected answer that are checked; the others are left for later, with the reason.
CHECKED = {"value", "gate", "policy", "scheme", "price", "vendor", "usage_image", "paid", "finding"}
KEYS_LEFT = {
    "reservation": "the value says it",
    "scope": "checked in test_robots_meta.py",
    "blocked_by": "stands in the quote",
    "label": "RTA labels are no gate and not read",
}
# Findings by the word that the cases use for them; `gone` is the status itself.
FINDINGS = {"protocol error": "invalid-value"}


def of(signals: tuple[Signal, ...], agent: str | None) -> list[Signal]:
    """The signals that speak to *agent*."""
    scopes = {"page", "asset", f"agent:{(agent or '').lower()}"}
    return [signal for signal in signals if signal.scope in scopes]


def answered(case: dict[str, Any]) -> Capture:
    given = case["input"]
    headers = given.get("headers", {})
    html = given.get("html")
    pairs = [tuple(pair) for pair in (headers.items() if isinstance(headers, dict) else headers)]
    if html is not None and not any(name.lower() == "content-type" for name, _ in pairs):
        pairs.append(("content-type", "text/html; charset=utf-8"))
    if case["url"].endswith(".jpg"):
        pairs.append(("content-type", "image/jpeg"))
    return Capture(
        url=case["url"],
        host="site.example",
        path="/p/1",
        probe=Probe.PAGE,
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        method="crawl",
        status=given.get("status", 200),
        headers=tuple(pairs),
        body=(html or given.get("body") or "").encode(),
    )


def conforms(case: dict[str, Any]) -> None:
    expected = case["expected"]
    signals = of(page_signals(answered(case)), case["agent"])
    of_page = [signal for signal in signals if signal.usage != "train-image"]
    (value,) = {signal.value for signal in of_page} or {Value.UNSPECIFIED}
    assert value == expected.get("value", value)
    (gate,) = {signal.gate for signal in signals} or {Gate.NONE}
    assert gate == expected.get("gate", gate)
    if "policy" in expected:
        assert signals[0].offer == (expected["policy"] or "")
    if "scheme" in expected:
        assert f" {expected['scheme']}" in signals[0].quote
    if "vendor" in expected:
        assert signals[0].conditions == f"vendor={expected['vendor']}"
    if "usage_image" in expected:
        assert [(s.usage, s.value) for s in signals] == [("train-image", expected["usage_image"])]
    price = expected.get("price") or expected.get("paid")
    if price and "currency" in price:
        assert signals[0].offer == f"{price['currency']} {price['amount']}"
    if expected.get("finding") in FINDINGS:
        assert [signal.finding for signal in signals] == [FINDINGS[expected["finding"]]]


@pytest.mark.parametrize("kind", ["access-gate", "tdmrep", "robots-meta"])
def test_each_case_that_one_answer_decides_comes_out_as_specified(
    shared_data: Path, kind: str
) -> None:
    cases = json.loads((shared_data / "signal_cases.json").read_text("utf-8"))["cases"]
    ours = [case for case in cases if case["signal"] == kind]
    taken = [case for case in ours if not set(case["input"]) & set(LEFT_FOR_LATER)]

    wrong = {}
    for case in taken:
        assert set(case["expected"]) <= CHECKED | set(KEYS_LEFT), case["id"]
        try:
            conforms(case)
        except (AssertionError, ValueError) as error:
            wrong[case["id"]] = str(error)

    assert wrong == {}
    assert len(taken) == {"access-gate": 24, "tdmrep": 6, "robots-meta": 15}[kind]


def test_a_case_cut_at_any_byte_is_read_without_an_error(shared_data: Path) -> None:
    cases = json.loads((shared_data / "signal_cases.json").read_text("utf-8"))["cases"]
    bodies = [
        case["input"]["html"].encode()
        for case in cases
        if case["signal"] in {"access-gate", "tdmrep", "robots-meta"} and "html" in case["input"]
    ]

    for body in bodies:
        for end in range(len(body)):
            page_signals(
                Capture(
                    url="https://site.example/",
                    host="site.example",
                    path="/",
                    probe=Probe.PAGE,
                    captured_at=datetime(2026, 1, 1, tzinfo=UTC),
                    method="crawl",
                    status=200,
                    headers=(("content-type", "text/html"),),
                    body=body[:end],
                )
            )
