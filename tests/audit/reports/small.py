"""Summaries to render: a small one with all that a report shows, and one of hostile names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit.sources import Modality, Source, Sources
from tests.audit.reports.test_html import SUMMARY

if TYPE_CHECKING:
    from audit.summary import Summary

CHECKPOINT = "provisor/0123456789abcdef\n15\n5OPpvOJ6RCG02pcyptI5Kkdhh5OMi1gp/oHLd/pbL5w=\n"

SEALED = replace(
    SUMMARY,
    declaration=SUMMARY.declaration
    | {
        "acts": [
            {"kind": "crawl", "from": "2025-12-01T00:00:00Z", "to": "2025-12-08T00:00:00Z"},
            *SUMMARY.declaration["acts"],
        ]
    },
    snapshot={"file": "knowledge.duckdb", "sha256": "ab" * 32, "checkpoint": CHECKPOINT},
)

SOURCES = Sources(
    "text",
    (
        Modality(
            "text",
            tuple(
                Source(f"site-{n:02}.example", 90 - n, 10_000 - 1000 * (n // 2)) for n in range(12)
            ),
            rows=1100, octets=90_000, unplaced=3, unmeasured=5,
        ),
        Modality("image", (Source("pictures.example", 900, 0),), 900, 0, 0, 900),
    ),
)  # fmt: skip

NAMES = (
    "\x1b]0;title\x07",
    "\u202egnp.exe\u200b",
    "=cmd|' /C calc'!A0",
    "]]><script>alert(1)</script>",
    "a|b`c``d",
    "@team [x](javascript:y) www.evil.example https://evil.example <b>",
    "\ud800\ufffe\uffff",
    "a\nb\r\n\tc",
    "+1",
    "-2+3",
    "&amp;\"'",
    "",
)


def hostile() -> Summary:
    """Return the small summary with hostile names wherever a name comes from outside."""
    return replace(
        SEALED,
        manifest=SEALED.manifest | {"file": NAMES[3] + NAMES[5] + NAMES[6]},
        declaration=SEALED.declaration
        | {"name": NAMES[0] + NAMES[6], "agent": NAMES[4] + NAMES[6], "version": NAMES[2]},
        sites=tuple(replace(SEALED.sites[0], site=name, host=name[::-1]) for name in NAMES),
        lists=tuple(replace(SEALED.lists[0], list_id=name, submitter=name) for name in NAMES),
    )


def expected(file: str) -> str:
    """Return the report that is expected, written out whole."""
    return (Path(__file__).parent / "expected" / file).read_text("utf-8")
