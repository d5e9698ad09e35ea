from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from datatrove.data import Document

from examples.datatrove_filter import ProvisorFilter, pipeline
from tests.examples.conftest import DAY, NEW, OPEN, SHUT

if TYPE_CHECKING:
    from pathlib import Path

    from audit.auditor import Auditor


def read(folder: Path) -> list[dict[str, Any]]:
    texts = [file.read_text("utf-8") for file in folder.iterdir()]
    return [json.loads(line) for text in texts for line in text.splitlines()]


def document(url: str | None, day: object = DAY) -> Document:
    return Document(text="text", id="0", metadata={"url": url, "collected_at": day})


def test_a_pipeline_drops_what_is_refused_or_unknown_and_says_why(
    auditor: Auditor, tmp_path: Path
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    with (documents / "a.jsonl").open("w") as lines:
        for url in (OPEN, SHUT, NEW):
            said = {"text": f"of {url}", "url": url, "date": DAY}
            print(json.dumps(said), file=lines)

    pipeline(replace(auditor, date="date"), documents, tmp_path / "out").run()

    (kept,) = read(tmp_path / "out" / "kept")
    assert (kept["metadata"]["url"], kept["metadata"]["provisor_level"]) == (OPEN, "info")
    assert [
        (row["text"], row["metadata"]["filter_reason"])
        for row in read(tmp_path / "out" / "dropped")
    ] == [(f"of {SHUT}", "high: PRV-01"), (f"of {NEW}", "unknown: PRV-01?, PRV-02?")]


@pytest.mark.parametrize("day", [DAY, date(2024, 2, 10)])
def test_a_date_may_be_text_or_a_date(auditor: Auditor, day: object) -> None:
    step = ProvisorFilter(auditor)

    assert step.filter(document(SHUT, day)) == (False, "high: PRV-01")


def test_the_level_decides(auditor: Auditor) -> None:
    batch = [document(OPEN), document(SHUT), document(None), Document(text="", id="1")]

    kept = {
        level: [
            result is True for result in ProvisorFilter(auditor, level=level).filter_batch(batch)
        ]
        for level in ("medium", "high", "critical")
    }

    assert kept == {
        "medium": [True, False, False, False],
        "high": [True, False, True, True],
        "critical": [True, True, True, True],
    }
