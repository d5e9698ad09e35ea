"""What an answer to a request for robots.txt amounts to."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from crawler.robots.decision import decide
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.records import Capture, Outcome, Probe, Value

if TYPE_CHECKING:
    from pathlib import Path


def answer(status: int | None = 200, body: bytes | None = b"", *, error: str = "") -> Capture:
    return Capture(
        url="https://site.example/robots.txt",
        host="site.example",
        path="/robots.txt",
        probe=Probe.ROBOTS,
        captured_at=datetime(2025, 1, 1, tzinfo=UTC),
        method="crawl",
        status=status,
        body=body,
        error=error,
    )


@pytest.mark.parametrize(
    ("capture", "outcome"),
    [
        (answer(200, b"<!DOCTYPE html><p>User-agent: *"), (Outcome.UNREADABLE, "html")),
        (answer(200, b"\xef\xbb\xbf\n <html>"), (Outcome.UNREADABLE, "html")),
        (answer(200, "User-agent: *".encode("utf-16")), (Outcome.UNREADABLE, "undecodable")),
        (answer(200, b"User-agent: *\x00"), (Outcome.UNREADABLE, "undecodable")),
        (answer(200, None), (Outcome.UNREADABLE, "no body")),
        (answer(999), (Outcome.UNREADABLE, "status 999")),
        (answer(304), (Outcome.UNREADABLE, "status 304")),
        (answer(503, b"User-agent: *\nAllow: /"), (Outcome.UNREACHABLE, "status 503")),
        (answer(429), (Outcome.UNREACHABLE, "status 429")),
        (answer(None, None, error="dns"), (Outcome.UNREACHABLE, "dns")),
        (answer(404, b"User-agent: *\nDisallow: /"), (Outcome.UNAVAILABLE, "status 404")),
        (answer(401), (Outcome.UNAVAILABLE, "status 401")),
        (answer(302, error="redirects"), (Outcome.UNAVAILABLE, "more than five redirects")),
        # Packed, a picture, another encoding: there may be rules in it.
        (answer(200, b"\x1f\x8b\x08\x01\x02"), (Outcome.UNREADABLE, "undecodable")),
        (answer(200, b"\x89PNG\r\n\x1a\n"), (Outcome.UNREADABLE, "undecodable")),
        (answer(200, "User-agent: *".encode("cp500")), (Outcome.UNREADABLE, "undecodable")),
        (answer(200, b"Error 12\n<html><body>x"), (Outcome.UNREADABLE, "html")),
        (answer(200, b"\xef\xbb<html>"), (Outcome.UNREADABLE, "html")),
        # A challenge of AWS WAF; a part of the file, which nobody asked for.
        (answer(202, b""), (Outcome.UNREADABLE, "status 202")),
        (answer(206, b"User-agent: *\nAllow: /"), (Outcome.UNREADABLE, "status 206")),
        (answer(200, b"# caf\xe9\nUser-agent: *\nDisallow: /"), (Outcome.PARSED, "")),
        (answer(200, b"# \x1b$B\nUser-agent: *\nDisallow: /"), (Outcome.PARSED, "")),
        (answer(200, b"User-agent: *\nDisallow: /<html>"), (Outcome.PARSED, "")),
        (answer(200, b"License: https://a.example/\xff"), (Outcome.PARSED, "")),
        (answer(200, b""), (Outcome.PARSED, "")),
        (answer(200, b"Bye"), (Outcome.PARSED, "")),
        (answer(204, b""), (Outcome.PARSED, "")),
    ],
)
def test_follows_the_outcome_table(capture: Capture, outcome: tuple[Outcome, str]) -> None:
    assert classify(capture) == outcome


@pytest.mark.parametrize(
    "body", [b"", b"not found", b"this content is not available in your region"]
)
def test_without_a_status_a_body_without_records_is_no_evidence(body: bytes) -> None:
    reason = "status not recorded and no record in the body"

    assert classify(answer(None, body)) == (Outcome.UNREADABLE, reason)


@pytest.mark.parametrize(
    "body", [b"user-agent: *\ndisallow: /", b"sitemap: https://site.example/s.xml"]
)
def test_without_a_status_records_speak_for_themselves(body: bytes) -> None:
    assert classify(answer(None, body)) == (Outcome.PARSED, "")


def test_a_bomb_is_unreadable() -> None:
    agents = "".join(f"User-agent: a{n}\n" for n in range(2000))
    rules = "".join(f"Disallow: /{n}\n" for n in range(2000))

    outcome, reason = classify(answer(200, (agents + rules).encode()))

    assert outcome is Outcome.UNREADABLE
    assert reason == "too complex: 4,000,000 agents times rules, at most 500,000"


# By the letter of RFC 9309 429 is a 4xx; who answers it wants to be left alone, so we stay away
# (rf-10). What lies beyond 500 KiB is not read, as the case expects (rf-17).
READING_OF_AMBIGUOUS = {"rf-10": {"state": "unreachable", "crawl": "deny", "value": "unspecified"}}
STATES = {"parsed": "ok", "unavailable": "unavailable", "unreachable": "unreachable"}


def body_of(said: dict[str, Any]) -> bytes:
    repeat = said.get("robots_body_repeat")
    if repeat is None:
        return str(said.get("robots_body", "")).encode()
    filler: str = repeat["filler"] * (repeat["filler_bytes"] // len(repeat["filler"]) + 1)
    return f"{repeat.get('prefix', '')}{filler}{repeat.get('suffix', '')}".encode()


def test_every_fetch_case_comes_out_as_expected(shared_data: Path) -> None:
    found = json.loads((shared_data / "signal_cases.json").read_text("utf-8"))["cases"]
    cases = [case for case in found if case["signal"] == "robots-fetch"]
    wrong = {}
    for case in cases:
        said = case["input"]
        error = said.get("robots_error", "")
        capture = answer(said.get("robots_status"), None if error else body_of(said), error=error)
        outcome, _ = classify(capture)
        got: dict[str, object] = {
            "state": STATES[outcome],
            "finding": None,
            "applies_to": capture.host,
        }
        if outcome is Outcome.PARSED:
            file = read_robots(capture.body or b"")
            decision = decide(file, case["agent"], "/p/1")
            got |= {"crawl": decision.crawl, "value": decision.value}
            got["finding"] = "over-limit" if "over-limit" in file.findings else None
        else:
            got["crawl"] = "allow" if outcome is Outcome.UNAVAILABLE else "deny"
            got["value"] = Value.UNSPECIFIED
        expected = READING_OF_AMBIGUOUS.get(case["id"], case["expected"])
        # The gate of a 401 is read by its own reader (tests/crawler/signals).
        if any(got[key] != value for key, value in expected.items() if key != "gate"):
            wrong[case["id"]] = got

    assert wrong == {}
    assert len(cases) == 12


def test_real_bodies_without_a_status_are_told_apart_as_their_readme_says(
    shared_data: Path,
) -> None:
    folder = shared_data / "01-robots-monthly-2025"
    counted: Counter[tuple[str, str]] = Counter()
    for line in (folder / "captures.jsonl").read_text("utf-8").splitlines():
        said = json.loads(line)
        outcome, _ = classify(answer(said["status"], (folder / said["file"]).read_bytes()))
        counted[said["body_kind"], outcome] += 1

    assert counted == {
        ("robots", "parsed"): 936,
        ("html", "unreadable"): 120,
        ("empty", "unreadable"): 19,
        ("other", "unreadable"): 11,
    }
