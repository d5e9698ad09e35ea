"""COCO annotations: each member of `images` is a row, with flickr_url, coco_url and date_captured.

date_captured is not taken unasked: makers mean the day of the photograph or of the collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.errors import InputRefused
from provenance.intake.json_files import kind_of, read_document
from provenance.intake.rewriting import as_json_lines
from provenance.manifests import Form
from provenance.manifests import jsonl as lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LARGEST = 128 * 1024 * 1024


def _rows(path: Path) -> Iterator[dict[str, object]]:
    images = read_document(path, _LARGEST).get("images")
    if not isinstance(images, list):
        raise InputRefused(
            path.name,
            "neither JSON Lines nor Croissant, nor COCO with a list of `images`",
            "write one object a line",
        )
    for number, image in enumerate(images):
        if not isinstance(image, dict):
            raise InputRefused(f"{path.name}, images[{number}]", "not an object")
        yield image


FORM = Form(
    "coco",
    (".json",),
    lines.jsonl_columns,
    lines.jsonl_relation,
    rewrite=as_json_lines(_rows),
    claims=lambda path: kind_of(path) == "coco",
)
