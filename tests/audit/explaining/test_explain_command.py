"""`provisor explain`: the verdict that the audit gave, and why, written out whole."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from audit.inputs import open_manifests
from audit.rules import LEVELS
from audit.run import run
from tests.audit.corpus import LINES, QUESTION, make_corpus
from tests.audit.world import ALLOW, RESERVED, World
from tests.command import called as provisor
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED = ROOT / "tests" / "audit" / "explaining" / "expected"
REFUSING = "# x\nUser-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow: /private\n"
ROWS = """url,collected_at
https://site.example/a,2024-02-10T12:00:00Z
https://www.site.example/a,
no address,2024-01
"""
DECLARED = """[dataset]
purpose = "pretraining"
agent = "GPTBot"

[[act]]
kind = "training"
from = 2024-06-01
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and the audit `rows-audit` of three rows."""
    world = World(tmp_path_factory.mktemp("explain"))
    world.robots("2024-02-09", ALLOW)
    world.robots("2024-02-10", REFUSING)
    world.page("2024-02-10", "/a", signals=(RESERVED,))
    world.robots("2024-02-10", "User-agent: GPTBot\nDisallow: /\n", host="site.example:8443")
    world.listed("2024-02-15")
    (world.folder / "rows.csv").write_text(ROWS, "utf-8")
    (world.folder / "dataset.toml").write_text(DECLARED, "utf-8")
    code, _, err = provisor(
        "audit", "rows.csv", "--declaration", "dataset.toml", "--store", "store.duckdb",
        "--fail-on", "never", cwd=world.folder,
    )  # fmt: skip
    assert (code, err.count("error")) == (0, 0)
    return world.folder


def explain(folder: Path, *words: str) -> dict[str, Any]:
    code, out, err = provisor("explain", *words, "--format", "json", cwd=folder)
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def asked(folder: Path, url: str, at: str = "2024-02-10T12:00:00Z") -> dict[str, Any]:
    return explain(
        folder, url, "--at", at, "--declaration", "dataset.toml", "--store", "store.duckdb"
    )


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_row_is_explained_whole(folder: Path, lang: str) -> None:
    code, out, err = provisor(
        "explain", "0", "--audit", "rows-audit", "--store", "store.duckdb", "--lang", lang,
        cwd=folder,
    )  # fmt: skip

    assert (code, err) == (0, "")
    told = re.sub(r"[0-9a-f]{64}", "<sha256>", out)
    assert told == (EXPECTED / f"row_{lang}.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("url", "robots"),
    [
        ("https://www.site.example/a", "unknown"),  # another host: nobody looked there
        ("https://sub.site.example/a", "unknown"),
        ("https://site.example:8080/a", "unknown"),
        ("https://site.example:8443/a", "refused"),
        ("https://site.example:443/a", "refused"),
        ("HTTPS://SITE.example/%61", "refused"),
        ("site.example", "refused"),
    ],
)
def test_a_near_miss_of_the_host_is_another_host(folder: Path, url: str, robots: str) -> None:
    assert asked(folder, url)["robots"] == robots


def test_another_path_has_its_own_page_and_the_hosts_robots(folder: Path) -> None:
    found = asked(folder, "https://site.example/A")

    assert [one["kind"] for one in found["timeline"]] == [
        "robots", "robots", "collected", "received", "training",
    ]  # fmt: skip
    assert found["facts"]["declared"] is None


@pytest.mark.parametrize(
    ("at", "agents"), [("2024-02-09", []), ("2024-02-10T00:00:00Z", ["GPTBot"])]
)
def test_the_last_answer_before_collection_decides(
    folder: Path, at: str, agents: list[str]
) -> None:
    found = asked(folder, "https://site.example/a", at)

    (deciding,) = [one for one in found["timeline"] if "robots_before" in one["roles"]]
    assert deciding["said"]["refused"] == agents


def test_without_a_date_no_observation_decides(folder: Path) -> None:
    found = explain(folder, "https://site.example/a", "--store", "store.duckdb")

    assert (found["robots"], found["basis"]) == ("unknown", "no_collection_date")
    assert found["level"] == "unknown"
    assert found["timeline"][-1]["kind"] == "collected"
    assert found["timeline"][-1]["at"] is None


def test_a_name_in_any_script_is_its_a_label(folder: Path) -> None:
    found = asked(folder, "https://ドメイン.example/")

    assert found["asked"]["host"] == "xn--eckwd4c7c.example"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ftp://x.example/", "--store", "store.duckdb"), "explain: 'ftp://x.example/' is no address"),
        (
            ("https://site.example/", "--at", "yesterday", "--store", "store.duckdb"),
            "--at: 'yesterday' is no date; write 2024-02-10, or 2024-02-10T12:00:00Z",
        ),
        (("x", "--audit", "rows-audit"), "explain: with --audit a row is named by its number; write `17`"),
        (("0", "--audit", "rows-audit", "--at", "2024"), "--at: the audit has the date of each row"),
        (("0", "--audit", "rows-audit", "--law", "jp"), "--law: the audit has the date of each row"),
        (("0", "--audit", "rows-audit", "--snapshot", "k"), "--snapshot: the audit has the date of"),
        (
            ("site.example", "--manifest", "rows.csv", "--store", "store.duckdb"),
            "--manifest: a URL or a host is no row of a manifest; name its audit with --audit",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_out_is_refused(
    folder: Path, words: tuple[str, ...], sentence: str
) -> None:
    code, out, err = provisor("explain", *words, cwd=folder)

    assert (code, out) == (2, "")
    assert sentence in err


def test_a_row_that_is_not_there_and_a_folder_without_audit_are_refused(folder: Path) -> None:
    code, _, err = provisor("explain", "3", "--audit", "rows-audit", cwd=folder)
    assert code == 3
    assert "rows-audit: it has no row 3; its rows are 0 to 2; see `provisor verdicts`" in err

    code, _, err = provisor("explain", "9" * 30, "--audit", "rows-audit", cwd=folder)
    assert code == 2
    assert "explain: with --audit a row is named by its number" in err

    code, _, err = provisor("explain", "0", "--audit", ".", cwd=folder)
    assert code == 3
    assert "no folder that a finished audit left" in err


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("rests_on", "x FROM (COPY (SELECT 1) TO 'stolen.csv')--"),
        ("expression", "gate; COPY (SELECT 1) TO 'stolen.csv'"),
        ("expression", "a_fact_of_an_older_release"),
        ("level", "read_text('/etc/passwd')"),
        ("must_not", "N99"),
        ("strange", "x"),
    ],
)
def test_a_rule_in_a_summary_is_data_and_what_is_none_is_refused(
    folder: Path, tmp_path: Path, member: str, said: str
) -> None:
    shutil.copytree(folder / "rows-audit", tmp_path / "audit")
    summary = json.loads((tmp_path / "audit" / "summary.json").read_text("utf-8"))
    summary["rules"][0][member] = said
    (tmp_path / "audit" / "summary.json").write_text(json.dumps(summary), "utf-8")

    code, out, err = provisor("explain", "0", "--audit", "audit", cwd=tmp_path)

    assert (code, out) == (3, "")
    assert err.startswith("provisor: error: audit: it is no audit of this release (")
    assert not (tmp_path / "stolen.csv").exists()


def test_another_manifest_or_store_is_refused(folder: Path) -> None:
    (folder / "other.csv").write_text(ROWS + "x,\n", "utf-8")
    code, _, err = provisor(
        "explain", "0", "--audit", "rows-audit", "--manifest", "other.csv", cwd=folder
    )
    assert (code, err) == (
        3, "provisor: error: other.csv: is not the file that was audited; name rows.csv as it was\n",
    )  # fmt: skip

    other = World(folder / "elsewhere")
    other.folder.mkdir()
    other.robots("2023-01-01", ALLOW)
    code, _, err = provisor(
        "explain", "0", "--audit", "rows-audit", "--store", "elsewhere/store.duckdb", cwd=folder
    )
    assert code == 3
    assert "is not the one that was known; name the store that the audit was made from" in err


def test_without_the_manifest_and_the_store_it_says_what_is_missing(folder: Path) -> None:
    (folder / "away").mkdir()
    (folder / "rows-audit").rename(folder / "away" / "rows-audit")
    try:
        found = explain(folder / "away", "0", "--audit", "rows-audit")
    finally:
        (folder / "away" / "rows-audit").rename(folder / "rows-audit")

    assert list(found["notes"]) == ["no_manifest", "no_store"]
    assert (found["level"], found["asked"]["url"], found["asked"]["lo"]) == ("high", "", None)
    assert [one["proof"] for one in found["timeline"]] == [None] * len(found["timeline"])


def test_the_page_asks_the_network_for_nothing_and_a_hostile_text_is_text(folder: Path) -> None:
    code, page, _ = provisor(
        "explain", "https://site.example/<script>alert(1)</script>", "--format", "html",
        "--store", "store.duckdb", cwd=folder,
    )  # fmt: skip

    assert code == 0
    assert "<script" not in page
    assert re.findall(r"(?:src|href|url)\s*[=(]", page) == []
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_what_changes_the_level_is_what_the_rules_say_of_changed_facts(folder: Path) -> None:
    found = explain(folder, "0", "--audit", "rows-audit")

    assert [(one["codes"], one["level"], one["rules"]) for one in found["otherwise"]] == [
        (["nobody_refused", "struck"], "low", ["PRV-07"]),
        (["others_refused", "struck"], "low", ["PRV-02"]),
        (["nobody_refused", "later_act_before"], "medium", ["PIR-03", "PRV-07"]),
        (["others_refused", "later_act_before"], "medium", ["PIR-03", "PRV-02"]),
    ]
    assert all(LEVELS.index(one["level"]) < LEVELS.index("high") for one in found["otherwise"])


def test_every_row_is_explained_with_the_verdict_that_the_audit_gave(tmp_path: Path) -> None:
    from audit.explaining.asking import explain_row
    from audit.verdicts import open_verdicts

    make_corpus(tmp_path)
    run(open_manifests([tmp_path / "rows"]), QUESTION, tmp_path / "store.duckdb", tmp_path / "o")
    with open_verdicts(tmp_path / "o") as connection:
        kept = connection.execute(
            "SELECT row, level, confidence, robots, basis, rules, untold, unobserved FROM exported"
        ).fetchall()
    chosen = kept[::29] + kept[LINES : LINES + 1]

    for row, *verdict in chosen:
        said = explain_row(tmp_path / "o", row)
        spoken = [
            [one.rule for one in said.rules if one.answer == answer]
            for answer in ("fires", "unknown", "unobserved")
        ]
        assert [said.level, said.confidence, said.robots, said.basis, *spoken] == verdict
        assert said.otherwise is not None
        assert said.notes == (("no_address",) if row == LINES else ())


def test_an_audit_by_other_rules_keeps_its_verdict_and_compares_nothing(folder: Path) -> None:
    shutil.copytree(folder / "rows-audit", folder / "changed")
    facts = folder / "changed" / "facts" / "00000.parquet"
    duckdb.execute(
        f"COPY (SELECT * REPLACE ('critical' AS level) FROM '{facts}') TO '{facts}.new' (FORMAT parquet)"
    )
    facts.with_name("00000.parquet.new").rename(facts)

    found = explain(folder, "0", "--audit", "changed")

    assert (found["level"], found["otherwise"]) == ("critical", None)
