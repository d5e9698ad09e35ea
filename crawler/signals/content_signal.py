"""Content Signals: `Content-Signal: search=yes, ai-train=no` in a group of robots.txt, or a header.

Cloudflare's policy of 2025-09-24 (CC0; contentsignals.org), which one operator documents: `yes`
grants, `no` restricts, a signal that is left out does neither. A path may stand before the list
(contentsignals.org, "Advanced Usage"); `use=immediate|reference|full` is on trial since July 2026.
The header is written by a CDN's converter with its own defaults: weak evidence of consent.
Several lines that differ are kept; the most restrictive holds, as the policy is silent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.robots.lines import path_and_rest
from crawler.signals import Page, Reader
from provenance.records import Signal, Strength, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.robots.lines import Line


_FIELD = "Content-Signal"
_USAGES = {"ai-train": "train", "ai-input": "ai-input", "search": "search"}
_VALUES = {"yes": Value.ALLOW, "no": Value.DENY}
_USE = "use"
_USES = frozenset({"immediate", "reference", "full"})
_LONGEST = 4_096
_MAX_QUOTE = 300


def read(page: Page) -> Iterator[Signal]:
    """Yield what the header says; a vendor's default unless the site wrote it."""
    for line in page.values(_FIELD.lower()):
        for one in _statements(line, scope="asset", path="", quote=f"{_FIELD}: {line}"):
            yield replace(one, finding=one.finding or "vendor-default")


def read_line(line: Line, scope: str) -> Iterator[Signal]:
    """Yield what a line of a robots.txt says to the agents of its group; outside of one, to all."""
    quote = f"line {line.number}: {_FIELD}: {line.value}"
    path, written = path_and_rest(line.value)
    for one in _statements(written, scope=scope, path=path, quote=quote):
        yield replace(one, finding=one.finding or ("outside-group" if scope == "site" else ""))


def _statements(written: str, *, scope: str, path: str, quote: str) -> Iterator[Signal]:
    members = [_member(text) for text in written[:_LONGEST].split(",")]
    uses = [value for key, value in members if key == _USE and value in _USES]
    told = Signal(
        kind="content-signal",
        scope=scope,
        usage="any",
        strength=Strength.VENDOR,
        quote=quote[:_MAX_QUOTE],
        path=path,
        conditions="; ".join(f"{_USE}={value}" for value in uses),
    )
    if all(key == _USE and value in _USES for key, value in members):
        yield told
    for key, value in members:
        if key in _USAGES:
            yield replace(
                told,
                usage=_USAGES[key],
                value=_VALUES.get(value, Value.UNSPECIFIED),
                specific=key != "search",
                finding="" if value in _VALUES else "invalid-value",
            )
        elif key != _USE or value not in _USES:
            yield replace(told, finding=_finding(key, value))


def _member(text: str) -> tuple[str, str]:
    key, _, value = text.partition("=")
    return key.strip().lower(), value.strip().lower()


def _finding(key: str, value: str) -> str:
    if not value:
        return "malformed-member"
    return "invalid-value" if key == _USE else "unknown-label"


READER = Reader(
    "content-signal",
    read,
    canary=Page("https://canary.example/", headers=(("Content-Signal", "ai-train=no"),)),
    robots_field="content-signal",
    read_line=read_line,
)
