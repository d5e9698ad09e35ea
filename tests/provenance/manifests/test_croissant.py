"""Croissant descriptions: records inside, or the files of the distribution."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import read

if TYPE_CHECKING:
    from pathlib import Path

CONTEXT = {"@context": {"sc": "https://schema.org/"}, "@type": "sc:Dataset"}
SPLITS = {
    "@id": "splits", "dataType": "cr:Split", "field": [{"dataType": ["wd:Q3985153", "sc:URL"]}],
    "data": [{"splits/url": "https://mlcommons.org/definitions/training_split"}],
}  # fmt: skip


def images(name: str = "images") -> dict[str, Any]:
    return {
        "@id": name,
        "field": [
            {"@id": f"{name}/url", "dataType": "sc:URL"},
            {"@id": f"{name}/date", "dataType": "sc:Date"},
        ],
        "data": [{f"{name}/url": "u", f"{name}/date": "2024-02-10"}, {f"{name}/date": None}],
    }


def document(path: Path, **members: Any) -> Path:
    path.write_text(json.dumps(CONTEXT | members), "utf-8")
    return path


@pytest.mark.parametrize("name", ["croissant.json", "croissant.jsonld"])
def test_records_that_stand_in_the_file_are_its_rows(tmp_path: Path, name: str) -> None:
    files = [{"contentUrl": "https://site.example/all.zip"}]
    path = document(tmp_path / name, recordSet=[SPLITS, images()], distribution=files)

    assert read(path) == (
        f"{name}: croissant, URL from 'url', date from 'date'",
        [(0, "u", "2024-02-10 00:00:00", "2024-02-11 00:00:00"), (1, None, None, None)],
    )


def test_without_records_each_file_is_a_row_but_not_what_is_inside_it(tmp_path: Path) -> None:
    path = document(
        tmp_path / "croissant.json",
        recordSet=SPLITS,
        distribution=[
            {"name": "repo", "contentUrl": "https://site.example/repo"},
            {"name": "in", "contentUrl": "a.jsonl.gz", "containedIn": {"@id": "repo"}},
            {"name": "set", "includes": "*.jpg"},
            {"name": "here", "contentUrl": "data/b.zip"},
        ],
    )

    assert read(path) == (
        "croissant.json: croissant, URL from 'contentUrl', no date column",
        [(0, "https://site.example/repo", None, None), (1, "data/b.zip", None, None)],
    )


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({}, "no records with addresses inside, and no file with a contentUrl"),
        ({"distribution": [{"name": "x"}]}, "no records with addresses inside"),
        ({"recordSet": [images("a"), images("b")]}, r"record sets \['a', 'b'\] all hold addresses"),
        ({"distribution": [{"contentUrl": ["u", "v"]}]}, "its contentUrl is no text"),
        ({"distribution": ["https://site.example/"]}, "holds something else"),
        ({"distribution": float("nan")}, "NaN is not JSON"),
    ],
)
def test_a_description_that_leads_nowhere_is_refused(
    tmp_path: Path, members: dict[str, Any], said: str
) -> None:
    path = document(tmp_path / "croissant.json", **members)

    with pytest.raises(InputRefused, match=said):
        open_manifest(path)


def test_a_description_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = document(tmp_path / "croissant.json", description="x" * 16 * 1024 * 1024)

    with pytest.raises(InputRefused, match="larger than 16 MiB in one object"):
        open_manifest(path)


def test_descriptions_as_they_are(shared_data: Path) -> None:
    found: dict[str, list[str]] = {}
    nowhere = []
    for path in sorted((shared_data / "08-manifests/croissant").glob("1.*.json")):
        try:
            found[path.name] = [row[1] for row in read(path)[1]]
        except InputRefused:
            nowhere.append(path.name)

    assert nowhere == [
        "1.0_audio_test.json", "1.0_simple-split.json", "1.1_audio_test.json",
        "1.1_huggingface-standard-chess-game-mini.json",
    ]  # fmt: skip
    assert len(found) == 33
    assert found["1.0_huggingface-anthropic-hh-rlhf.json"] == [
        "https://huggingface.co/datasets/Anthropic/hh-rlhf"
    ]
    assert found["1.0_credit-g.json"] == [
        "https://api.openml.org/data/v1/download/31/credit-g.arff"
    ]
    assert all(found.values())
