"""What terms and columns tell of rows, from dataset.toml and a manifest to the rules that fire."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from audit.corpora import is_named
from audit.declaration import Declaration, Inquiry, Purpose, Term, TermKind, Thresholds
from audit.kernel import Shard, judged
from audit.of_dataset import of_dataset, unasked
from audit.rules import rules
from audit.settings import Question, declare
from audit.snapshot import bring_up_to_date
from audit.survey import Survey, surveyed
from audit.verdicts import verdicts_of
from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from tests.audit.world import ALLOW, BY_CCBOT, World, at

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
NOON = "2024-02-10T12:00:00Z"
COLUMNS = {
    "creator": "artist", "caption": "text", "digest": "md5", "repeats": "seen", "person": "speaker",
    "generated": "ai", "acquisition": "receipt", "source": "corpus", "licence": "license",
    "sexual": "NSFW",
}  # fmt: skip
ROWS = """\
url,collected_at,artist,text,md5,seen,speaker,ai,receipt,corpus,license,NSFW
https://one.example.com/1,2024-02-10T12:00:00Z,Ann Bee,by ANN BEE in oil,a,,Eve,yes,,c4,CC0,NSFW
https://two.example.com/2,2024-02-10T12:00:00Z,Ann Bee,a tree,a,,Eve,no,,The Pile (Books3),by-nc,true
https://shop.example/3,2024-02-10T12:00:00Z,Ann Bee,sks style,b,,Eve,,7,,,UNSURE
https://api.example/4,,Ann Bee,,c,60,Eve,maybe,,,all rights reserved,UNLIKELY
https://other.example/5,2024-02-10T12:00:00Z,,,d,2,,no,,alibgenius,MIT,
"""


def term(kind: TermKind, begin: str, end: str | None, *sites: str, **more: Any) -> Term:
    moments = [at(one).replace(tzinfo=None) if one else None for one in (begin, end)]
    return Term(kind, "seen somewhere", moments[0], moments[1], sites, **more)


DECLARED = replace(
    BY_CCBOT,
    purpose=Purpose.FINETUNE_GENERAL,
    facts={"method": "pages", "non_commercial": False},
    terms=(
        term(TermKind.DATASET, "2024-01-01", None, "shop.example"),
        term(TermKind.SALE, "2023-01-01", None, "shop.example"),
        term(TermKind.API, "2024-01-01", None, "api.example"),
        term(TermKind.LICENCE, "2024-01-01", "2024-02-01", "example.com"),
        term(TermKind.LICENCE, "2024-01-01", None, "other.example", purposes=(Purpose.ANALYSIS,)),
        term(TermKind.RESERVATION, "2024-01-01", None, "one.example.com"),
        term(TermKind.RESERVATION, "2024-03-01", None, "two.example.com"),
        term(TermKind.RESERVATION, "2023-01-01", "2024-01-01", "shop.example"),
        term(TermKind.RESERVATION, "2023-01-01", None, "api.example"),
    ),
    columns=COLUMNS,
    caption_tokens=("SKS style",),
    thresholds=Thresholds(repeats=2, caption_share=0.4, site_rows=2),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("marks")
    world = World(made)
    hosts = ("one.example.com", "two.example.com", "shop.example", "api.example", "other.example")
    for host in hosts:
        world.robots("2024-02-10", ALLOW, host=host)
    (made / "rows.csv").write_text(ROWS, "utf-8")
    return made


def question(folder: Path, declared: Declaration) -> Question:
    return surveyed((open_manifest(folder / "rows.csv"),), Question(declared, rules()))


def audited(folder: Path, declared: Declaration) -> list[Row]:
    asked = question(folder, declared)
    known = bring_up_to_date(asked, folder / "store.duckdb", folder / "known.duckdb")
    shard = Shard(0, (open_manifest(folder / "rows.csv"),))
    with judged(shard, asked, known.path) as connection:
        verdicts_of(connection)
        result = connection.execute(
            "SELECT verdict.*, facts.* FROM verdict JOIN facts ON facts.fact_id = verdict.fact"
            " ORDER BY row"
        )
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.fixture(scope="module")
def found(folder: Path) -> list[Row]:
    return audited(folder, DECLARED)


def column(rows: list[Row], fact: str) -> list[Any]:
    return [row[fact] for row in rows]


def test_one_pass_tells_what_the_whole_manifest_is_made_of(folder: Path) -> None:
    survey = question(folder, DECLARED).survey

    assert survey == Survey(
        rows=5, creators=("Ann Bee",), persons=("Eve",), digests=("a",), sites=("example.com",),
        captioned=0.4,
    )  # fmt: skip


def test_nothing_is_looked_at_where_no_column_is_declared(folder: Path) -> None:
    assert question(folder, BY_CCBOT).survey is None


def test_columns_tell_facts_of_each_row(found: list[Row]) -> None:
    assert column(found, "creator_known") == [True, True, True, True, False]
    assert column(found, "concentrated") == [True, True, True, True, False]
    assert column(found, "creator_named") == [True, False, True, False, False]
    assert column(found, "of_one_person") == [True, True, True, True, False]
    assert column(found, "repeated") == [True, True, False, True, True]
    assert column(found, "generated") == [True, False, None, None, False]
    assert column(found, "sexual") == [True, True, None, False, None]
    # In force, read later, ended, of no date, and of no site whose terms were read.
    assert column(found, "reserved_in_words") == [True, None, False, None, None]
    assert column(found, "acquired") == [False, False, True, False, False]
    assert column(found, "named_corpus") == [False, True, None, None, False]
    assert column(found, "licence_open") == ["free", "nc", None, "another", "by"]
    assert column(found, "bulk") == [True, True, False, False, False]
    assert column(found, "small_set") == [True] * 5


def test_terms_tell_facts_of_their_sites_and_times(found: list[Row]) -> None:
    assert column(found, "licence") == ["expired", "expired", "none", "none", "none"]
    assert column(found, "dataset_offer") == [None, None, "active", None, None]
    assert column(found, "api_offer") == [None, None, None, "unclear", None]  # without a date
    assert column(found, "sold_before") == [None, None, True, None, None]


def test_a_licence_is_for_the_purposes_that_it_names(folder: Path) -> None:
    analysis = replace(DECLARED, purpose=Purpose.ANALYSIS)

    assert column(audited(folder, analysis), "licence")[4] == "held"


def test_the_rules_speak_of_what_was_told(found: list[Row]) -> None:
    assert [row["rules"] for row in found] == [
        ["DEP-04", "ENJ-07", "ILL-04", "LIC-05", "PRV-10", "STY-01", "STY-03", "STY-05"],
        ["ENJ-07", "LIC-05", "LIC-08", "PIR-06", "PRV-10", "STY-01", "STY-05"],
        ["LIC-01", "LIC-07", "STY-01", "STY-03", "STY-05"],
        ["ENJ-07", "LIC-02", "STY-01", "STY-05"],
        ["ENJ-07", "LIC-08", "STY-04"],
    ]
    assert column(found, "level") == ["high", "high", "high", "high", "medium"]


def test_a_column_that_is_not_there_is_refused_by_name(folder: Path) -> None:
    wrong = replace(BY_CCBOT, columns={"creator": "painter"})

    with pytest.raises(InputRefused, match="there is no column 'painter', which the declaration"):
        question(folder, wrong)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("books3", True), ("The Pile: Books3", True), ("LIB.GEN", True), ("lib-gen/2019", True),
        ("Anna’s Archive".replace("’", "'"), True), ("sci_hub", True), ("z-library", True),
        ("alibgenius", False), ("books30", False), ("zlib", False), ("c4", False), ("", False),
    ],
)  # fmt: skip
def test_a_corpus_is_known_by_its_name_and_not_by_a_part_of_another(
    name: str, *, named: bool
) -> None:
    assert is_named(name) is named


def whole(declared: Declaration, now: str = "2024-08-01") -> Any:
    connection = duckdb.connect()
    asked = Question(declared, rules())
    declare(connection, asked)
    fires = of_dataset(connection, asked.rules, declared, at(now).replace(tzinfo=None))
    facts = ", ".join(
        f"getvariable('{fact}') AS {fact}"
        for fact in ("circumvented", "kept_after_training", "retention_reasoned")
    )
    connection.execute(f"CREATE TABLE shard_facts AS SELECT 10 AS row_count, {facts}")
    return connection, asked, [(one.rule.id, one.level) for one in fires]


def test_what_is_asked_of_the_dataset_is_asked_once() -> None:
    declared = Declaration(
        facts={"reuse_planned": True, "rows_removed": True, "lineage_recorded": False},
        inquiries=(
            Inquiry("removal", datetime(2024, 7, 20)),  # noqa: DTZ001
            Inquiry("question", datetime(2024, 1, 1), datetime(2024, 1, 5)),  # noqa: DTZ001
        ),
    )

    assert whole(declared)[2] == [("REM-01", "high"), ("REM-04", "unknown")]
    assert whole(declared, "2024-09-01")[2] == [
        ("REM-01", "high"), ("REM-05", "medium"), ("REM-04", "unknown"),
    ]  # fmt: skip
    assert whole(Declaration())[2] == []


def test_what_nobody_declared_is_told_with_the_rules_that_it_leaves_open() -> None:
    connection, asked, _ = whole(Declaration(facts={"kept_after_training": False}))
    few = [rule for rule in asked.rules if rule.id in {"PRV-04", "ENJ-08", "REM-02", "PRV-01"}]

    said = unasked(connection, [replace(rule, level="low") for rule in few])

    assert [(one.rule, one.rows, one.facts) for one in said] == [
        ("PRV-04", 10, ("circumvented",)), ("REM-02", 0, ("outputs_asked",)),
    ]  # fmt: skip


@pytest.mark.parametrize("missing", ["dataset", "unknown", "note"])
def test_a_rule_of_the_dataset_that_cannot_be_told_is_told_of_whatever_its_header_says(
    missing: str,
) -> None:
    connection, asked, fires = whole(Declaration())
    (rule,) = (one for one in asked.rules if one.id == "REM-02")

    said = unasked(connection, [replace(rule, missing=missing)])

    assert fires == []
    assert [(one.rule, one.rows, one.facts) for one in said] == [("REM-02", 0, ("outputs_asked",))]
