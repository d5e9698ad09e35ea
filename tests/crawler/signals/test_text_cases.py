"""The conformance cases of every family that is text, from the answers of a site to what holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from crawler.pages import page_signals
from crawler.robots.reading import read_robots
from tests.conftest import ROOT
from tests.crawler.signals.cases import captures, cases, outcome_of

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {
    "robots": 57, "robots-fetch": 12, "aipref": 28, "content-signal": 10, "rsl": 20, "tdmrep": 24,
    "ai-txt": 6, "trust-txt": 5, "combine": 8,
}  # fmt: skip
NOT_TEXT = {"epub_opf"}  # read from EPUB files
# Our findings for the words of the cases; words that are ours already are not repeated.
FINDINGS = {
    "protocol error": "invalid-value",
    "location missing": "location-missing",
    "string instead of number": "string-value",
    "non-conformant: content without license": "no-licence",
    "namespace missing": "no-namespace",
    "entity rejected": "entity-rejected",
}
# Where the sources admit two readings and ours is the other one; docs/signals.md gives the reasons.
READINGS: dict[str, dict[str, Any]] = {
    "rf-10": {"state": "unreachable", "crawl": "deny"},
    "mix-10": {"scope": "agents:ccbot"},  # tokens are kept without case
    "mix-11": {"as_of": None},  # a moment is chosen before statements are combined
}


def differences(case: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What of `expected` we say otherwise; of nested answers only the keys present count."""
    expected, got = case["expected"] | READINGS.get(case["id"], {}), outcome_of(case)
    wrong: dict[str, tuple[Any, Any]] = {}
    for key, wanted in expected.items():
        if key == "finding":
            # Of a word that we have no word for, some finding must be the sense.
            told = FINDINGS.get(wanted, wanted) in got["findings"]
            if not (told or (wanted not in FINDINGS and got["findings"])):
                wrong[key] = (wanted, got["findings"])
        elif isinstance(wanted, dict):
            inner = {word: got[key].get(word) for word in wanted}
            if inner != wanted:
                wrong[key] = (wanted, inner)
        elif got.get(key) != wanted:
            wrong[key] = (wanted, got.get(key))
    return wrong


def of_text(folder: Path, kind: str) -> list[dict[str, Any]]:
    return [case for case in cases(folder, kind) if not NOT_TEXT & set(case["input"])]


@pytest.mark.parametrize("kind", KINDS)
def test_each_case_comes_out_as_specified(shared_data: Path, kind: str) -> None:
    ours = of_text(shared_data, kind)

    wrong = {case["id"]: found for case in ours if (found := differences(case))}

    assert wrong == {}
    assert len(ours) >= KINDS[kind]


def test_each_ambiguous_case_stands_in_the_docs_with_our_reading(shared_data: Path) -> None:
    told = (ROOT / "docs" / "signals.md").read_text("utf-8")
    ambiguous = [case["id"] for case in cases(shared_data, *KINDS) if case.get("ambiguous")]

    assert [case for case in ambiguous if f"| {case} |" not in told] == []
    assert set(READINGS) <= set(ambiguous)


@pytest.mark.parametrize("kind", KINDS)
def test_an_input_cut_at_any_byte_is_read_without_an_error(shared_data: Path, kind: str) -> None:
    for case in of_text(shared_data, kind):
        robots = case["input"].get("robots", "").encode()
        for end in range(len(robots)):
            read_robots(robots[:end])
        for answer in captures(case):
            body = answer.body or b""
            for end in range(len(body)):
                page_signals(replace(answer, body=body[:end]))
            for name, value in answer.headers:
                for end in range(len(value)):
                    page_signals(replace(answer, headers=((name, value[:end]),)))
