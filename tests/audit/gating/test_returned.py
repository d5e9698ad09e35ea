"""Rows that were removed before and came back are found by the audit's own manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.cleaning.suppressing import Suppressed, digest_of
from audit.gating.forms import gate_text
from audit.gating.judging import Judgement
from audit.gating.returned import Returned, returned
from audit.inputs import open_manifests
from provenance.errors import InputRefused

if TYPE_CHECKING:
    from pathlib import Path


def suppressed(*urls: str) -> Suppressed:
    digests = frozenset(digest for digest in map(digest_of, urls) if digest)
    return Suppressed("suppress.txt", "", digests)


def test_a_row_that_came_back_is_found_however_it_is_spelt(two_audits: Path) -> None:
    lines = (two_audits / "rows" / "part-1.csv").read_text("utf-8").splitlines()[1:]
    row = next(number for number, line in enumerate(lines) if "%7Eb" in line)
    address = lines[row].partition(",")[0].replace("%7E", "~").replace("https", "http")
    parts = open_manifests([two_audits / "rows"])

    found = returned(two_audits / "new", parts, [suppressed(address.replace(":443", ""))])

    assert found.rows == 1
    assert found.files == {"part-1.csv": 1}
    assert found.first_rows == (21 + row,)
    assert found.unreadable == 2


@pytest.mark.parametrize(
    "url", ["https://listed.example/", "https://sub.listed.example/a0", "https://listed.example/A0"]
)
def test_a_near_miss_is_no_row_that_came_back(two_audits: Path, url: str) -> None:
    parts = open_manifests([two_audits / "rows"])

    assert returned(two_audits / "new", parts, [suppressed(url)]).rows == 0


def test_another_manifest_is_refused(two_audits: Path) -> None:
    parts = open_manifests([two_audits / "rows" / "part-0.csv"])

    with pytest.raises(InputRefused, match="these are not the files that"):
        returned(two_audits / "new", parts, [suppressed()])


def test_what_came_back_fails_and_says_where() -> None:
    back = Returned(("suppress.txt",), 2, {"part-1.csv": 2}, (21, 30), 1)
    said = Judgement(42, {}, {}, (), (), back)

    assert not said.passes
    told = gate_text(said, "").splitlines()
    assert told[-1] == "1 of 1 gate failed"
    assert told[-2] == (
        "FAILED  REM-03, suppress.txt: rows that came back: 2 (part-1.csv 2; first rows 21, 30); "
        "could not be compared: 1 row"
    )
