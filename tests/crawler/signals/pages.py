"""Captures of pages, as literals."""

from __future__ import annotations

from datetime import UTC, datetime

from provenance.records import Capture, Probe


def page(
    html: str | None = None,
    *headers: tuple[str, str],
    status: int = 200,
    url: str = "https://site.example/p/1",
) -> Capture:
    """An answer with *headers* and, unless None, an HTML body."""
    kind = (("Content-Type", "text/html; charset=utf-8"),) if html is not None else ()
    return Capture(
        url=url,
        host="site.example",
        path="/p/1",
        probe=Probe.PAGE,
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        method="crawl",
        status=status,
        headers=(*headers, *kind),
        body=None if html is None else html.encode(),
    )
