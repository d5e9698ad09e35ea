"""`provisor clean` as its user calls it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from audit.inputs import open_manifests
from audit.run import run
from tests.audit.corpus import QUESTION, make_corpus
from tests.command import called as provisor

if TYPE_CHECKING:
    from pathlib import Path

TOLD = """\
rows in  124
keep      17  low 12, info 5
review    55  medium 1, unknown 54
drop      52  high 52
124 = 17 + 55 + 52
written to c; record: c/removal.json
"""
BY_CHOICE = """\
rows in  124
keep      72  medium 1, unknown 54, low 12, info 5
review     0
drop      52  high 52
124 = 72 + 0 + 52
kept by choice, at unknown or above: 55
written to open; record: open/removal.json
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the manifest `rows` and its audit `o`."""
    place = tmp_path_factory.mktemp("clean")
    make_corpus(place)
    run(open_manifests([place / "rows"]), QUESTION, place / "store.duckdb", place / "o")
    return place


def clean(folder: Path, *options: str) -> tuple[int, str, str]:
    words = ("clean", "rows", "--audit", "o", "--store", "store.duckdb", *options)
    return provisor(*words, cwd=folder)


def test_prints_the_counts_and_their_sum(folder: Path) -> None:
    assert clean(folder, "--to", "c") == (0, TOLD, "")


def test_says_what_is_kept_although_it_could_not_be_told(folder: Path) -> None:
    assert clean(folder, "--to", "open", "--review-from", "never") == (0, BY_CHOICE, "")


def test_says_which_rows_could_not_be_compared_with_what_was_removed_before(folder: Path) -> None:
    clean(folder, "--to", "first")

    code, out, err = clean(folder, "--to", "again", "--suppress", "first/suppress.txt")

    assert (code, err) == (0, "")
    unsure = "could not be compared with what was removed before: 4 rows without a readable address"
    assert unsure in out.splitlines()
    removal = (folder / "again" / "removal.json").read_text("utf-8")
    assert json.loads(removal)["not_compared"] == 4


def test_the_folder_may_be_the_one_that_this_is_called_in(folder: Path) -> None:
    (folder / "here").mkdir()

    code, _, err = provisor(
        "clean", "../rows", "--audit", "../o", "--store", "../store.duckdb", "--to", ".",
        cwd=folder / "here",
    )  # fmt: skip

    assert (code, err) == (0, "")
    assert (folder / "here" / "removal.json").exists()


def test_the_record_is_printed_as_json_with_who_and_why(folder: Path) -> None:
    code, out, _ = clean(folder, "--to", "j", "--json", "--by", "A. Mori", "--reason", "release 3")

    assert code == 0
    assert out == (folder / "j" / "removal.json").read_text("utf-8")
    said = json.loads(out)
    assert (said["by"], said["reason"]) == ("A. Mori", "release 3")
    assert said["command"][:3] == ["provisor", "clean", "rows"]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--to", "o"), 2, "o: the output would lie over an input; choose another --to"),
        (("--to", "rows"), 2, "rows: there is something already; choose another --to"),
        (
            ("--to", "n", "--rule", "X=keep"),
            2,
            "--rule: the audit asked no rule 'X'; it asked DEP-04",
        ),
        (("--to", "n", "--suppress", "rows/part-0.csv"), 3, "rows/part-0.csv: no whole list of"),
        (("--to", "n", "--audit", "rows"), 3, "rows: no folder that a finished audit left"),
    ],
)
def test_what_cannot_be_done_gets_one_sentence_and_leaves_nothing(
    folder: Path, options: tuple[str, ...], code: int, said: str
) -> None:
    found = clean(folder, *options)

    assert found[0] == code
    assert found[2].startswith(f"provisor: error: {said}")
    assert len(found[2].splitlines()) == 1
    assert not (folder / "n").exists()
