"""The second judge agrees with an audit, and does not when an audit is wrong."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import duckdb
import pytest

from benchmarks.oracle import judged
from benchmarks.oracle_robots import Body, allowed
from tests.benchmarks.conftest import SIZE
from tests.command import called as provisor

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.corpus import Corpus

COLLECTED = '\n[[act]]\nkind = "crawl"\nfrom = 2021-02-01\nto = 2021-09-20\n'


@pytest.fixture
def folder(corpus: Corpus, tmp_path: Path) -> Path:
    """A copy of the corpus, which an audit may write into."""
    return shutil.copytree(corpus.folder, tmp_path / "corpus")


def audit(folder: Path) -> None:
    code, _, said = provisor(
        "audit", "manifest/manifest-00000.parquet", "--store", "store.duckdb",
        "--declaration", "dataset.toml", "--out", "audit", "--fail-on", "never", cwd=folder,
    )  # fmt: skip
    assert code == 0, said


@pytest.mark.parametrize("act", ["", COLLECTED], ids=["dated-rows", "declared-collection"])
def test_the_second_judge_agrees_with_an_audit(folder: Path, act: str) -> None:
    with (folder / "dataset.toml").open("a", encoding="utf-8") as declaration:
        declaration.write(act)
    audit(folder)

    found, rows = judged(folder, folder / "audit", SIZE.rows)

    assert rows == SIZE.rows
    assert found == []


def test_the_second_judge_sees_a_row_that_was_judged_wrongly(folder: Path) -> None:
    audit(folder)
    verdicts = folder / "audit" / "verdicts" / "00000.parquet"
    (fact,) = duckdb.execute(
        f"SELECT min(fact_id) FROM '{folder}/audit/facts/00000.parquet' WHERE robots_ai"
    ).fetchall()[0]
    rows = f"read_parquet('{verdicts}', file_row_number = TRUE)"
    (row,) = duckdb.execute(
        f"SELECT min(file_row_number) FROM {rows} WHERE fact IS NULL AND level = 'unknown'"
    ).fetchall()[0]
    duckdb.execute(
        f"COPY (SELECT state, CASE WHEN file_row_number = {row} THEN {fact} ELSE fact END AS fact,"
        f" level FROM {rows}) TO '{folder / 'wrong.parquet'}'"
    )
    (folder / "wrong.parquet").replace(verdicts)

    found, _ = judged(folder, folder / "audit", SIZE.rows)

    assert {one.row for one in found} == {row}
    assert ("robots", "unknown") in {(one.field, one.oracle) for one in found}


@pytest.mark.parametrize(
    ("agent", "rules"),
    [
        ("GPTBot", (("Disallow", "/a"), ("Allow", "/b"))),
        ("Applebot-Extended", (("Disallow", ""),)),
        ("CCBot", (("Disallow", "/c"),)),
        ("OtherBot", (("Disallow", ""),)),
    ],
)
def test_a_group_speaks_to_its_own_token_and_groups_of_one_token_are_merged(
    agent: str, rules: tuple[tuple[str, str], ...]
) -> None:
    body = Body(
        b"User-agent: GPTBot/1.2\nDisallow: /a\nUser-agent: Applebot\nUser-agent: ccbot, OtherBot\n"
        b"Sitemap: /x\nDisallow: /c\nUseragent: gptbot\nAllow: /b\nUser-agent: *\nDisallow:\n",
        lowercased=False,
    )

    assert body.rules_for(agent) == rules


def test_the_longest_rule_decides() -> None:
    rules = (("Disallow", "/*.pdf$"), ("Allow", "/open/"), ("Disallow", "/open/*/shut"))

    assert [allowed(rules, path) for path in ("/a.pdf", "/a.pdf?x", "/open/a", "/open/a/shut")] == [
        False, True, True, False,
    ]  # fmt: skip
