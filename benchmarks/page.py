"""How long does the page of a large audit take to make, and to open? Run: make bench-page.

    python -m benchmarks.page [--rows 2500000] [--hosts 200000] [--audit DIR] [--bounds]

audits a corpus (benchmarks/corpus.py) of more than a million findings, or takes the finished audit
in DIR, makes report.html from its summary and opens it in Chromium, each time in a fresh one. Ends
with 1, with --bounds, if the page takes more than two seconds to open.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from audit.reading import read_summary
from audit.reports import Asked
from audit.reports.html import REPORT
from benchmarks.measuring import child_cost
from tests.browser import chromium

BOUND_S = 2.0
_TIMES = 5
_PAINTED = """() => {
  const [visit] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return [visit.loadEventEnd, paint ? paint.startTime : visit.loadEventEnd];
}"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; the best of several, for others use the machine too."""

    rows: int
    findings: int
    """Pairs of a row and a rule that fires."""
    octets: int
    made_s: float
    loaded_s: float
    painted_s: float


def main() -> None:
    asked = _asked()
    if asked.audit:
        figures = measure(asked.audit)
    else:
        with tempfile.TemporaryDirectory() as name:
            figures = measure(_audited(Path(name), asked))
    print(f"rows {figures.rows:,}  findings {figures.findings:,}")
    print(f"page made in {figures.made_s:.3f} s, {figures.octets:,} octets")
    print(f"page opened in {figures.loaded_s:.3f} s, first painted after {figures.painted_s:.3f} s")
    if asked.bounds and max(figures.loaded_s, figures.painted_s) > BOUND_S:
        sys.exit(f"beyond its bound: {BOUND_S:g} s")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the page of an audit.")
    parser.add_argument("--rows", type=int, default=2_500_000)
    parser.add_argument("--hosts", type=int, default=200_000)
    parser.add_argument("--audit", type=Path, help="a finished audit, instead of the corpus")
    parser.add_argument("--bounds", action="store_true", help="fail beyond the bound")
    return parser.parse_args()


def _audited(folder: Path, asked: argparse.Namespace) -> Path:
    """Return the audit of a corpus that is made in *folder*."""
    sizes = ("--rows", str(asked.rows), "--hosts", str(asked.hosts))
    child_cost("-m", "benchmarks.corpus", "--out", str(folder), *sizes)
    child_cost(
        "-m", "cli", "audit", str(folder / "manifest"), "--out", str(folder / "audit"),
        "--store", str(folder / "store.duckdb"), "--declaration", str(folder / "dataset.toml"),
        "--fail-on", "never",
    )  # fmt: skip
    return folder / "audit"


def measure(audit: Path) -> Figures:
    """Return the figures of the page of the finished *audit*, compared with itself."""
    summary = read_summary(audit)
    began = time.perf_counter()
    page = REPORT.render(summary, Asked("en", summary))
    made_s = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(page, "utf-8")
        times = [_opened(file) for _ in range(_TIMES)]
    loaded, painted = (min(one[place] for one in times) / 1000 for place in (0, 1))
    findings = sum(one.rows for one in summary.findings)
    return Figures(summary.rows, findings, len(page.encode()), made_s, loaded, painted)


def _opened(file: Path) -> tuple[float, float]:
    """Return after how many milliseconds the page was loaded, and first painted."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(file.as_uri())
        page.wait_for_timeout(200)  # the paint is told a little later than it happens
        loaded, painted = page.evaluate(_PAINTED)
    return loaded, painted


if __name__ == "__main__":
    main()
