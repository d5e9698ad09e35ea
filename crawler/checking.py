"""The canaries of the crawler: every signal reader, and how a robots.txt is read and decided."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.pages import readers
from crawler.robots.decision import decide
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.checks import Check, check
from provenance.records import Capture, Gate, Outcome, Probe, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE = b"""\xef\xbb\xbfUser-agent: CanaryBot/1.0
Unknown: record
User-agent: OtherBot
Disallow: /kept/

User-agent: *
Disallow:
"""
_DECISIONS = (
    ("a refusal by name", "CanaryBot", "/kept/", "deny"),
    ("a path that no rule names", "CanaryBot", "/", "allow"),
    ("a group for several agents", "OtherBot", "/kept/", "deny"),
    ("a token that only begins alike", "CanaryBot-Extended", "/kept/", "allow"),
)
_ANSWERS: tuple[tuple[str, int, bytes, Outcome], ...] = (
    ("rules", 200, _FILE, Outcome.PARSED),
    ("a page in its place", 200, b"<!doctype html><title>Canary", Outcome.UNREADABLE),
    ("not found", 404, b"", Outcome.UNAVAILABLE),
    ("a server error", 503, b"", Outcome.UNREACHABLE),
)


def checks() -> Iterator[Check]:
    """Try every signal reader, and the reader of robots.txt."""
    for name, reader in sorted(readers().items()):
        found = list(reader.read(reader.canary))
        fires = any(
            one.value is not Value.UNSPECIFIED or one.gate is not Gate.NONE or bool(one.offer)
            for one in found
        )
        yield check("signals", name, fires=fires, said=found[0].quote[:80] if found else "")
    file = read_robots(_FILE)
    for name, token, path, crawl in _DECISIONS:
        said = decide(file, token, path).crawl
        yield check("robots.txt", name, fires=said == crawl, said=said)
    for name, status, body, expected in _ANSWERS:
        outcome, _ = classify(_answer(status, body))
        yield check("robots.txt", name, fires=outcome is expected, said=str(outcome))


def _answer(status: int, body: bytes) -> Capture:
    return Capture(
        url="https://canary.example/robots.txt", host="canary.example", path="/robots.txt",
        probe=Probe.ROBOTS, captured_at=datetime.now(UTC), method="check", status=status, body=body,
    )  # fmt: skip
