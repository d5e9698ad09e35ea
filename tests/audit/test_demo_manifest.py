"""Real rows against real monthly captures: the counts and facts that are known of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from audit.declaration import Declaration, Purpose
from crawler.archives.importing import import_captures
from crawler.inspecting import inspect_recorded
from tests.audit.world import at, judged_rows

if TYPE_CHECKING:
    from pathlib import Path

# Computed once with Protego 0.7.0 on the URLs as written; ours agree row for row in number.
REFUSED = {
    "GPTBot": 632,
    "CCBot": 949,
    "ClaudeBot": 875,
    "Google-Extended": 789,
    "Bytespider": 875,
    "PerplexityBot": 839,
    "Applebot-Extended": 914,
}


@pytest.fixture(scope="module")
def monthly(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the monthly captures of 2025 and nothing else."""
    store = tmp_path_factory.mktemp("monthly") / "store.duckdb"
    import_captures(store, shared_data / "01-robots-monthly-2025" / "captures.jsonl")
    return store


@pytest.fixture(scope="module")
def verdicts(monthly: Path, shared_data: Path) -> list[dict[str, Any]]:
    return audited(monthly, shared_data / "11-demo-manifest" / "manifest.parquet")


def audited(store: Path, manifest: Path) -> list[dict[str, Any]]:
    declaration = Declaration(purpose=Purpose.PRETRAINING, agent="GPTBot")
    with judged_rows(store, manifest, declaration) as connection:
        result = connection.execute(
            "SELECT verdict.*, manifest.url, manifest.lo, facts.robots_self, facts.robots_self_basis,"
            " verdict.refused_before AS before, verdict.refused_after AS after FROM verdict"
            " JOIN manifest ON manifest.row = verdict.row"
            " JOIN facts ON facts.fact_id = verdict.fact ORDER BY verdict.row"
        )
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def test_every_row_has_one_verdict_and_the_classes_add_up(verdicts: list[dict[str, Any]]) -> None:
    classes = Counter((row["robots"], row["basis"]) for row in verdicts)

    assert [row["row"] for row in verdicts] == list(range(21_601))
    assert classes == {
        ("unknown", "never_observed"): 14_423,
        ("unknown", "no_collection_date"): 5_273,
        ("unknown", "after_only"): 642,
        ("refused", "bracketed"): 534,
        ("possibly_refused", "carried_stale"): 357,
        ("not_refused", "bracketed"): 196,
        ("refused", "carried"): 71,
        ("unknown", "carried_stale"): 69,
        ("refused", "contemporaneous"): 19,
        ("not_refused", "carried"): 11,
        ("not_refused", "contemporaneous"): 6,
    }


def test_what_cannot_be_told_is_never_called_anything_else(verdicts: list[dict[str, Any]]) -> None:
    untold = {"never_observed", "no_collection_date", "after_only"}
    levels = Counter(row["level"] for row in verdicts if row["basis"] in untold)

    assert set(levels) == {"unknown", "low"}
    assert {
        tuple(row["rules"]) for row in verdicts if row["basis"] in untold and row["level"] == "low"
    } == {("PRV-08",)}


def test_the_last_capture_before_a_row_refuses_as_many_as_counted(
    verdicts: list[dict[str, Any]],
) -> None:
    observed = [row for row in verdicts if row["lo"] is not None and row["before"] is not None]
    counted = Counter(token for row in observed for token in row["before"])

    assert len(observed) == 1_263
    assert {token: counted[token] for token in REFUSED} == REFUSED
    assert sum(1 for row in observed if set(row["before"]) & set(REFUSED)) == 981


def gptbot(store: Path, host: str, day: str) -> str:
    found = inspect_recorded(f"https://{host}/", store, until=at(f"{day} 23:59:59"))
    return next(one.crawl for one in found.answers if one.agent.token == "GPTBot")


def test_www_bbc_com_refuses_gptbot_but_for_two_captures(monthly: Path) -> None:
    days = ("2025-01-03", "2025-03-02", "2025-04-02", "2025-06-01", "2025-07-02", "2025-08-03",
            "2025-09-01", "2025-10-01", "2025-11-01", "2025-12-01", "2026-01-01")  # fmt: skip

    said = {day: gptbot(monthly, "www.bbc.com", day) for day in days}

    assert said == {day: "allow" if day in {"2025-01-03", "2025-06-01"} else "deny" for day in days}


def test_www_washingtonpost_com_refuses_gptbot_until_march(monthly: Path) -> None:
    days = ("2025-01-03", "2025-03-02", "2025-04-02", "2025-06-01")

    said = [gptbot(monthly, "www.washingtonpost.com", day) for day in days]

    assert said == ["deny", "deny", "allow", "allow"]


def answers(store: Path, folder: Path, *rows: tuple[str, str]) -> list[tuple[Any, ...]]:
    manifest = folder / "rows.csv"
    lines = ["url,collected_at", *(f"{url},{day}T12:00:00Z" for url, day in rows)]
    manifest.write_text("\n".join(lines) + "\n", "utf-8")
    return [
        (row["robots_self"], row["robots_self_basis"], "GPTBot" in row["before"], "GPTBot" in (row["after"] or []))
        for row in audited(store, manifest)
    ]  # fmt: skip


def test_a_row_gets_the_answer_of_its_own_days_not_of_any_capture(
    monthly: Path, tmp_path: Path
) -> None:
    bbc = "https://www.bbc.com/news/1"

    found = answers(
        monthly, tmp_path, (bbc, "2025-02-10"), (bbc, "2025-03-20"), (bbc, "2025-05-01")
    )

    assert found == [
        (True, "changed_between", False, True),
        (True, "bracketed", True, True),
        (True, "changed_between", True, False),
    ]


def test_www_france_tv_begins_to_refuse_between_two_captures(monthly: Path, tmp_path: Path) -> None:
    page = "https://www.france.tv/documentaires/"

    found = answers(
        monthly, tmp_path, (page, "2025-08-20"), (page, "2025-09-15"), (page, "2025-10-10")
    )

    assert found == [
        (False, "bracketed", False, False),
        (True, "changed_between", False, True),
        (True, "bracketed", True, True),
    ]


def test_medium_com_has_no_evidence_after_november(monthly: Path, tmp_path: Path) -> None:
    page = "https://medium.com/@somebody/a-story"

    found = answers(monthly, tmp_path, (page, "2025-11-20"), (page, "2025-12-20"))

    assert found == [
        (True, "carried", True, False),
        (True, "carried_stale", True, False),
    ]
    assert gptbot(monthly, "medium.com", "2025-11-30") == "deny"
    assert gptbot(monthly, "medium.com", "2025-12-02") == "cannot tell"
