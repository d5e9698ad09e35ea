"""report.croissant.json: what was measured, and nothing that is not known."""

from __future__ import annotations

import json
from dataclasses import replace

from audit.reports.croissant import REPORT
from tests.audit.reports.small import SEALED, expected, hostile


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
