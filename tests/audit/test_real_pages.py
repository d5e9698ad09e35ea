"""What real news pages and the robots.txt of their sites come to in an audit, fact by fact.

The pages are built from the facts that were read out of the stored ones, which may not be passed on.
"""

from __future__ import annotations

import html
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from audit.declaration import Declaration, Purpose
from crawler.archives.importing import import_captures
from crawler.pages import page_signals
from crawler.robots.reading import read_robots
from provenance.recording import record_readings
from provenance.records import Capture, Probe, Reading
from provenance.store import writing
from provenance.urls import address
from tests.audit.world import at, judged_rows

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "corriere": ("www.corriere.it", "2025-02-04"),
    "faz in 2024": ("www.faz.net", "2024-04-17"),
    "faz in 2025": ("www.faz.net", "2025-04-15"),
}


@pytest.fixture(scope="module")
def facts(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The facts of a row for each of PAGES, collected a minute after its capture."""
    folder = tmp_path_factory.mktemp("pages")
    store = folder / "store.duckdb"
    months = folder / "01-robots-monthly-2025"
    shutil.copytree(shared_data / "01-robots-monthly-2025", months)
    lines = (months / "captures.jsonl").read_text("utf-8").splitlines()
    mine = [
        line for line in lines if json.loads(line)["host"] in {"www.corriere.it", "www.faz.net"}
    ]
    (months / "captures.jsonl").write_text("\n".join(mine) + "\n", "utf-8")
    import_captures(store, months / "captures.jsonl")
    text = (shared_data / "04-page-signals" / "page_signals.jsonl").read_text("utf-8")
    stored = [page for page in map(json.loads, text.splitlines()) if "meta" in page]
    asked = {
        name: next(page for page in stored if (page["host"], page["crawled_at"][:10]) == wanted)
        for name, wanted in PAGES.items()
    }
    with writing(store) as connection:
        for page in asked.values():
            record_readings(connection, "pages", [seen(page)], compile_robots=read_robots)
    rows = "".join(f"{page['url']},{page['crawled_at'][:16]}:59Z\n" for page in asked.values())
    (folder / "rows.csv").write_text(f"url,collected_at\n{rows}", "utf-8")
    declared = Declaration(purpose=Purpose.PRETRAINING, agent="GPTBot")
    with judged_rows(store, folder / "rows.csv", declared) as connection:
        result = connection.execute(
            "SELECT verdict.rules, facts.* FROM verdict JOIN facts ON facts.fact_id = verdict.fact"
            " ORDER BY verdict.row"
        )
        names = [column[0] for column in result.description or []]
        return {
            name: dict(zip(names, row, strict=True))
            for name, row in zip(asked, result.fetchall(), strict=True)
        }


def seen(page: dict[str, Any]) -> Reading:
    """Return *page* as a crawl would have read it."""
    metas = "".join(
        f'<meta name="{html.escape(name)}" content="{html.escape(content)}">'
        for name, content in page["meta"]
    )
    said = [
        {"@context": "https://schema.org", "@type": kind, "isAccessibleForFree": value}
        for kind, value in page["is_accessible_for_free"]
    ]
    blocks = "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in said
    )
    head, text = f"<head>{metas}{blocks}</head>", "text " * 200
    place = address(page["url"])
    capture = Capture(
        url=page["url"], host=place.authority, path=place.path, probe=Probe.PAGE,
        captured_at=at(page["crawled_at"]), method="import", status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=f"<!doctype html><html>{head}<body>{text}</body></html>".encode(),
    )  # fmt: skip
    return Reading(capture, signals=page_signals(capture))


def of(row: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return each of the three facts with its basis."""
    return {
        name: (row[name], row[f"{name}_basis"])
        for name in ("robots_ai", "robots_self", "gate", "declared")
    }


def test_corriere_shows_robots_reservation_and_paywall_as_three_facts(
    facts: dict[str, dict[str, Any]],
) -> None:
    row = facts["corriere"]

    assert of(row) == {
        "robots_ai": (True, "bracketed"),
        "robots_self": (True, "bracketed"),
        "gate": (True, "contemporaneous"),
        "declared": (True, "contemporaneous"),
    }
    # A declaration with a measure beside it is the measure's rule (PRV-07 speaks of none beside it).
    assert row["rules"] == ["PRV-01", "PRV-03"]
    assert row["refused_before"] == [
        "CCBot", "GPTBot", "Google-Extended", "PetalBot", "anthropic-ai",
    ]  # fmt: skip


def test_faz_is_reserved_in_2025_and_was_not_in_2024_and_has_no_paywall(
    facts: dict[str, dict[str, Any]],
) -> None:
    before, after = facts["faz in 2024"], facts["faz in 2025"]

    assert (before["gate"], before["declared"], before["rules"]) == (False, False, [])
    assert (after["gate"], after["declared"], after["rules"]) == (False, True, ["LIC-03", "PRV-07"])
    assert after["declared_basis"] == "contemporaneous"
