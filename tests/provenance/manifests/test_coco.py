"""COCO annotations, and .json files that are nothing we read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import read

if TYPE_CHECKING:
    from pathlib import Path


def test_coco_annotations(shared_data: Path) -> None:
    path = shared_data / "08-manifests/croissant/rows_coco2014-mini_instances.json"

    mapping, rows = read(path)

    assert mapping == f"{path.name}: coco, URL from 'flickr_url', no date column"
    assert len(rows) == 6
    assert rows[0][1] == "http://farm4.staticflickr.com/3153/2970773875_164f0c0b83_z.jpg"
    dated = read(path, url_column="coco_url", date_column="date_captured")[1]
    assert dated[0] == (
        0,
        "http://images.cocodataset.org/train2014/COCO_train2014_000000057870.jpg",
        "2013-11-14 16:28:13",
        "2013-11-14 16:28:13",
    )


@pytest.mark.parametrize("indent", [None, 2])
def test_coco_on_one_line_or_many_is_the_same(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "instances.json"
    document = {"info": {}, "images": [{"flickr_url": "u"}, {"file_name": "x"}], "annotations": []}
    path.write_text(json.dumps(document, indent=indent), "utf-8")

    assert [row[1] for row in read(path)[1]] == ["u", None]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"values": []}, "neither JSON Lines nor Croissant, nor COCO with a list of `images`"),
        ({"images": {}}, "neither JSON Lines nor Croissant, nor COCO with a list of `images`"),
        ({"images": ["u"]}, "not an object"),
    ],
)
def test_a_document_that_is_none_is_refused(
    tmp_path: Path, document: dict[str, object], said: str
) -> None:
    path = tmp_path / "some.json"
    path.write_text(json.dumps(document, indent=2), "utf-8")

    with pytest.raises(InputRefused, match=said):
        open_manifest(path)
