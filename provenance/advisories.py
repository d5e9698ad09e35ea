"""Releases below which a package that we use has a published advisory (docs/doctor.md)."""

from __future__ import annotations

from typing import NamedTuple


class Floor(NamedTuple):
    """The first release in which it is mended."""

    package: str
    version: str
    advisory: str


FLOORS = (
    Floor("brotli", "1.2.1", "CVE-2026-111497"),
    Floor("duckdb", "1.1.3", "CVE-2024-22682 (0.9.3), sniff_csv past a lock-down (1.1)"),
    Floor("protego", "0.6.2", "CVE-2026-55520"),
    Floor("scrapy", "2.17.0", "CVE-2026-105782 (2.14.2), GHSA-76g3-c3x4-crvx (2.17.0)"),
)
"""The latest that concerns us, for each package."""

FLOORS_OF_EXTRAS = (
    Floor("python-multipart", "0.0.32", "CVE-2026-40347 (0.0.26), parsing (0.0.32)"),
    Floor("starlette", "1.3.1", "CVE-2026-54283"),
)
"""Of packages that need not be there; they count only where they are."""
