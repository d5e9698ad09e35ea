"""Two audits compared: which rows changed, in which way, and why."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from audit.comparing.compare import compare
from audit.comparing.comparison import WholeChange
from audit.comparing.forms import as_json, as_text
from audit.inputs import open_manifests
from audit.run import run
from provenance.errors import InputRefused, UsageRefused
from tests.audit.corpus import QUESTION, told
from tests.audit.world import BY_CCBOT

if TYPE_CHECKING:
    from pathlib import Path

    from audit.comparing.comparison import Comparison
    from audit.settings import Question

RANK = ("info", "low", "unknown", "medium", "high", "critical")
SILENT = replace(
    QUESTION,
    rules=[
        replace(rule, expression="FALSE") if rule.id == "PIR-01" else rule
        for rule in QUESTION.rules
    ],
)


def audited(folder: Path, manifest: str, out: str, question: Question = QUESTION) -> None:
    if question.declaration == QUESTION.declaration:  # what is known is prepared already
        (folder / out).mkdir()
        shutil.copy(folder / "new" / "knowledge.duckdb", folder / out)
    run(open_manifests([folder / manifest]), question, folder / "store.duckdb", folder / out)


@pytest.fixture(scope="module")
def folder(two_audits: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Audits of one manifest: `old`, `new` after something was learnt, and others asked otherwise."""
    place = tmp_path_factory.mktemp("compare")
    shutil.copytree(two_audits, place, dirs_exist_ok=True)
    audited(place, "rows", "agent", replace(QUESTION, declaration=BY_CCBOT))
    audited(place, "rows", "silent", SILENT)
    return place


def compared(folder: Path, before: str, after: str, **options: Any) -> Comparison:
    return compare(folder / before, folder / after, **options)


def ways(said: Comparison) -> dict[tuple[str, tuple[str, ...]], int]:
    return {(one.way, one.causes): one.rows for one in said.changes}


def test_an_audit_beside_its_like_has_no_change(folder: Path) -> None:
    shutil.copytree(folder / "new", folder / "again")

    said = compared(folder, "new", "again")

    assert (said.rows, said.unchanged, said.changes, said.reached) == (42, 42, (), 0)
    assert said.differences == ()
    assert "both were made by the same knowledge, rules" in as_text(said)


def test_what_was_learnt_makes_rows_riskier_and_says_by_what(folder: Path) -> None:
    said = compared(folder, "old", "new")

    assert ways(said) == {
        ("riskier", ("notice",)): 5,
        ("riskier", ("observation",)): 5,
        ("other", ("notice",)): 1,
    }
    assert [(move.before, move.after, move.rows) for move in said.moves] == [
        ("unknown", "high", 10)
    ]
    assert [(one.rule, one.came, one.went, one.untold_came) for one in said.rules] == [
        ("PIR-01", 5, 0, 1), ("PIR-02", 0, 0, 1), ("PIR-03", 0, 0, 1), ("PRV-01", 5, 0, 0),
        ("PRV-02", 0, 0, 0),
    ]  # fmt: skip
    assert [(site.site, site.riskier, site.other, site.rules) for site in said.sites] == [
        ("new2.example", 5, 1, ("PIR-01",)),
        ("new1.example", 5, 0, ("PRV-01",)),
    ]
    assert said.reached == 10


def test_the_counts_are_those_of_the_verdicts_laid_side_by_side(folder: Path) -> None:
    pairs = list(zip(told(folder / "old"), told(folder / "new"), strict=True))
    said = compared(folder, "old", "new")

    risen = sum(RANK.index(now[1]) > RANK.index(was[1]) for was, now in pairs)
    assert sum(one.rows for one in said.changes if one.way == "riskier") == risen
    assert said.unchanged == sum(was[1] == now[1] and was[3:5] == now[3:5] for was, now in pairs)
    first = next(number for number, (was, now) in enumerate(pairs) if was[1] != now[1])
    assert min(one.first_rows[0] for one in said.changes if one.way == "riskier") == first


def test_backwards_what_was_riskier_is_no_cure_where_it_cannot_be_told(folder: Path) -> None:
    said = compared(folder, "new", "old")

    assert ways(said) == {
        ("untold", ("notice",)): 5,
        ("untold", ("observation",)): 5,
        ("other", ("notice",)): 1,
    }
    assert said.reached == 0
    assert {one.rule: (one.untold_after, one.untold_came) for one in said.rules} == {
        "PIR-01": (1, 0), "PIR-02": (1, 0), "PIR-03": (1, 0), "PRV-01": (29, 5), "PRV-02": (29, 5),
    }  # fmt: skip


def test_another_agent_that_is_declared_cures_by_declaration_alone(folder: Path) -> None:
    said = compared(folder, "new", "agent")

    assert {way for way, _ in ways(said)} == {"cured"}
    assert {causes for _, causes in ways(said)} == {("declaration",)}
    assert [(one.what, one.fact) for one in said.differences if one.what == "declaration"] == [
        ("declaration", "agent: GPTBot → CCBot")
    ]


def test_another_rule_is_told_from_what_was_learnt(folder: Path) -> None:
    assert set(ways(compared(folder, "silent", "new"))) == {
        ("riskier", ("rules",)),
        ("other", ("rules",)),
    }
    both = ways(compared(folder, "silent", "agent"))

    assert ("riskier", ("rules",)) in both
    assert ("cured", ("declaration",)) in both


def test_rules_of_another_release_are_never_executed(folder: Path) -> None:
    said = compared(folder, "new", "silent")

    assert {causes for _, causes in ways(said)} == {("rules",)}
    assert [one.fact for one in said.differences] == ["PIR-01 changed"]


def test_a_reader_that_says_otherwise_is_named_where_nothing_else_changed(folder: Path) -> None:
    shutil.copytree(folder / "new", folder / "reader")
    summary = folder / "reader" / "summary.json"
    said = json.loads(summary.read_text("utf-8"))
    summary.write_text(json.dumps(said | {"version": "9.9"}), "utf-8")
    facts = sorted((folder / "reader" / "facts").glob("*.parquet"))
    fired = "CASE WHEN list_contains(rules, 'PRV-01')"
    for file in facts:
        duckdb.execute(
            f"CREATE OR REPLACE TABLE held AS SELECT * REPLACE ({fired} THEN 'medium' ELSE level END"
            f" AS level, {fired} THEN FALSE ELSE robots_self END AS robots_self) FROM '{file}'"
        )
        duckdb.execute(f"COPY held TO '{file}'")

    assert set(ways(compared(folder, "new", "reader"))) == {("cured", ("reader",))}


def test_files_that_changed_are_compared_by_site_and_that_is_said(folder: Path) -> None:
    shutil.copytree(folder / "rows", folder / "more")
    with (folder / "more" / "part-1.csv").open("a") as file:
        file.write("https://closed.example/z,2024-02-20\n")
    audited(folder, "more", "more-audit")

    said = compared(folder, "new", "more-audit")

    assert (said.rows, said.gone.rows, said.came.rows) == (21, 21, 22)
    assert [(one.site, one.before, one.after) for one in said.lone_sites] == [
        ("closed.example", 1, 2)
    ]
    assert said.came.levels["high"] == said.gone.levels["high"] + 1
    text = as_text(said)
    assert "cannot be compared row by row: 21 rows of 1 file only before, 22 rows of 1" in text
    assert "compared instead: their rows by level, and by site" in text
    assert json.loads(as_json(said))["row_by_row"] is False


def test_rows_of_an_illegal_content_list_are_counted_and_not_named(folder: Path) -> None:
    for name in ("sealed-old", "sealed-new"):
        shutil.copytree(folder / name.removeprefix("sealed-"), folder / name)
        for file in (folder / name / "facts").glob("*.parquet"):
            duckdb.execute(
                "CREATE OR REPLACE TABLE held AS SELECT * REPLACE (list_transform(rules,"
                f" lambda rule: replace(rule, 'PIR-01', 'ILL-01')) AS rules) FROM '{file}'"
            )
            duckdb.execute(f"COPY held TO '{file}'")

    said = compared(folder, "sealed-old", "sealed-new")

    assert {rule.rule for rule in said.rules if rule.came or rule.went} == {"ILL-01", "PRV-01"}
    assert [site.site for site in said.sites] == ["new1.example"]
    first = said.changes[0]
    assert (first.way, first.causes, first.rows, first.first_rows) == (
        "riskier",
        ("notice",),
        5,
        (),
    )


@pytest.fixture(scope="module")
def of_dataset(folder: Path) -> Path:
    """Copies of `new`, in which rules about the dataset as a whole come to this and to that."""
    known = {rule.id: json.loads(json.dumps(asdict(rule), default=str)) for rule in QUESTION.rules}
    for name, fires, unasked in (
        ("open", {"REM-01": "high", "PIR-12": "unknown"}, ["DEP-05"]),
        ("answered", {"DEP-05": "low"}, ["PIR-12"]),
    ):
        shutil.copytree(folder / "new", folder / name)
        file = folder / name / "summary.json"
        said = json.loads(file.read_text("utf-8"))
        said["of_dataset"] = [
            {"rule": known[rule], "level": level} for rule, level in fires.items()
        ]
        said["unasked"] = [{"rule": rule, "rows": 0, "facts": ["x"]} for rule in unasked]
        file.write_text(json.dumps(said), "utf-8")
    return folder


def test_rules_about_the_dataset_are_compared_and_fail_where_they_newly_reach_the_gate(
    of_dataset: Path,
) -> None:
    said = compared(of_dataset, "answered", "open")

    assert said.of_dataset == (
        WholeChange("DEP-05", "low", "unasked"),
        WholeChange("PIR-12", "unasked", "unknown"),
        WholeChange("REM-01", None, "high"),
    )
    assert (said.reached, said.reached_of_dataset, said.fails) == (0, ("REM-01",), True)
    told = as_text(said)
    assert "newly at high or above: 0 rows and, of the dataset, REM-01\n" in told
    assert (
        "Rules about the dataset as a whole\n"
        "rule     before                    after\n"
        "──────────────────────────────────────────────────────────\n"
        "DEP-05   low                       not asked, not declared\n"
        "PIR-12   not asked, not declared   unknown\n"
        "REM-01   –                         high\n"
    ) in told


@pytest.mark.parametrize(
    ("before", "after", "gate", "reached"),
    [
        ("open", "answered", "high", ()),
        ("open", "answered", "low", ("DEP-05",)),
        ("answered", "open", "critical", ()),
        ("answered", "open", "never", ()),
        ("answered", "open", "medium", ("PIR-12", "REM-01")),  # unknown gates as medium does
    ],
)
def test_only_a_rule_that_did_not_stand_there_is_new(
    of_dataset: Path, before: str, after: str, gate: str, reached: tuple[str, ...]
) -> None:
    said = compared(of_dataset, before, after, gate=gate)

    assert (said.reached_of_dataset, said.fails) == (reached, bool(reached))


def test_a_snapshot_that_both_shared_and_that_went_on_is_refused(folder: Path) -> None:
    shutil.copytree(folder / "old", folder / "shared")
    shutil.copy(folder / "new" / "knowledge.duckdb", folder / "shared" / "knowledge.duckdb")

    with pytest.raises(InputRefused, match="is not what the audit knew; audit again; keep a snap"):
        compared(folder, "shared", "new")


def test_what_is_no_audit_or_the_same_one_is_refused(folder: Path) -> None:
    with pytest.raises(InputRefused, match="no folder that a finished audit left"):
        compared(folder, "rows", "new")
    with pytest.raises(UsageRefused, match="the same audit twice"):
        compared(folder, "new", "new/../new")
