"""report.croissant.json: what was measured, and nothing that is not known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import mlcroissant
import pytest

from audit.reports.croissant import REPORT
from tests.audit.reports.small import SEALED, expected, hostile

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import Summary

# rdflib, by which mlcroissant reads JSON-LD, uses what it calls deprecated itself.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:rdflib")

UNDECLARED = SEALED.declaration | {"name": "", "version": "", "agent": "", "acts": []}


def test_shows_all_of_a_small_audit() -> None:
    assert REPORT.render(SEALED) == expected("report.croissant.json")


def test_what_nobody_recorded_is_left_out() -> None:
    bare = SEALED.declaration | {"name": "", "version": "", "agent": "", "acts": []}
    said = json.loads(REPORT.render(replace(SEALED, declaration=bare)))

    assert said.keys().isdisjoint({"license", "url", "creator", "datePublished", "version"})
    assert (said["name"], said["prov:wasGeneratedBy"]) == ("pages.parquet", [])
    assert said["rai:dataCollection"].startswith("Agent that collected: not declared.")


def test_training_is_no_act_by_which_the_dataset_came_to_be() -> None:
    said = json.loads(REPORT.render(SEALED))

    assert [one["prov:label"] for one in said["prov:wasGeneratedBy"]] == ["declared crawl"]


def test_several_files_are_a_set() -> None:
    several = SEALED.manifest | {"files": 3, "file": "rows"}
    (files,) = json.loads(REPORT.render(replace(SEALED, manifest=several)))["distribution"]

    assert files["@type"] == "cr:FileSet"
    assert "sha256" not in files


def test_hostile_names_are_spelt_out() -> None:
    text = REPORT.render(hostile())

    assert json.loads(text)["name"].startswith("\\u{1b}]0;title\\u{7}\\u{d800}")
    assert text.encode()


@pytest.mark.parametrize(
    "summary",
    [
        SEALED,
        hostile(),
        replace(SEALED, manifest=SEALED.manifest | {"files": 3, "file": "rows"}),
        replace(SEALED, declaration=UNDECLARED),
    ],
    ids=["small", "hostile", "several files", "nothing declared"],
)
def test_the_reference_reader_takes_it_for_croissant_1_1(tmp_path: Path, summary: Summary) -> None:
    file = tmp_path / "report.croissant.json"
    file.write_text(REPORT.render(summary), "utf-8")

    metadata = mlcroissant.Dataset(jsonld=str(file)).metadata

    assert metadata.issues.errors == set()
    assert metadata.ctx.is_v1_1()
    wanted = {"citeAs", "datePublished", "license", "version", "MAJOR"}  # known to the publisher
    assert [
        one for one in metadata.issues.warnings if not any(word in one for word in wanted)
    ] == []


def test_what_it_says_of_collection_and_origin_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "report.croissant.json"
    file.write_text(REPORT.render(SEALED), "utf-8")

    said = mlcroissant.Dataset(jsonld=str(file)).metadata.to_json()

    assert said["rai:dataUseCases"] == "declared purpose: pretraining"
    assert len(said["rai:dataLimitations"]) == len(SEALED.findings)
    assert said["prov:wasGeneratedBy"]["prov:startedAtTime"] == "2025-12-01T00:00:00Z"
    assert said["distribution"][0]["sha256"] == SEALED.manifest["sha256"]
