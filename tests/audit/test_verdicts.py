"""`provisor verdicts`: every row with all that the compact files stand for."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from audit.inputs import open_manifests
from audit.run import run
from audit.verdicts_command import in_text
from tests.audit.corpus import LINES, PARTS, QUESTION, make_corpus
from tests.command import called as provisor

if TYPE_CHECKING:
    from pathlib import Path

ROWS = PARTS * (LINES + 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the audit `o`."""
    place = tmp_path_factory.mktemp("verdicts")
    make_corpus(place)
    run(open_manifests([place / "rows"]), QUESTION, place / "store.duckdb", place / "o")
    return place


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_row_comes_in_order_with_its_file_and_its_place_there(folder: Path) -> None:
    code, out, _ = provisor("verdicts", "o", "--json", cwd=folder)

    rows = lines(out)
    assert code == 0
    assert [row["row"] for row in rows] == list(range(ROWS))
    assert [(row["file"], row["row_in_file"]) for row in rows] == [
        (f"part-{part}.csv", row) for part in range(PARTS) for row in range(LINES + 1)
    ]
    assert rows[LINES]["host"] is None
    assert rows[LINES]["robots"] == "unknown"


def test_rows_can_be_chosen_by_level_and_number(folder: Path) -> None:
    _, every, _ = provisor("verdicts", "o", "--json", cwd=folder)
    _, chosen, _ = provisor(
        "verdicts", "o", "--json", "--level", "high", "--level", "unknown", "--limit", "9",
        cwd=folder,
    )  # fmt: skip

    wanted = [row for row in lines(every) if row["level"] in {"high", "unknown"}]
    assert lines(chosen) == wanted[:9]
    assert {row["level"] for row in wanted} == {"high", "unknown"}


@pytest.mark.parametrize("details", [[], ["--details"]])
def test_parquet_and_csv_hold_what_json_holds(folder: Path, details: list[str]) -> None:
    _, out, _ = provisor("verdicts", "o", "--json", *details, cwd=folder)
    for name in ("v.parquet", "v.csv"):
        code, _, err = provisor("verdicts", "o", "--out", name, *details, cwd=folder)
        assert (code, err) == (0, f"{name}: {ROWS} rows\n")

    rows = lines(out)
    said = duckdb.execute(f"SELECT row, host, captures, entries FROM '{folder}/v.parquet'")
    assert [(one[0], one[1], len(one[2]), len(one[3])) for one in said.fetchall()] == [
        (row["row"], row["host"], len(row["captures"]), len(row["entries"])) for row in rows
    ]
    with (folder / "v.csv").open(newline="") as file:
        for read, row in zip(csv.DictReader(file), rows, strict=True):
            assert (read["level"], json.loads(read["rules"])) == (row["level"], row["rules"])
            assert len(json.loads(read["captures"])) == len(row["captures"])


def test_details_name_the_captures_and_the_lists(folder: Path) -> None:
    _, out, _ = provisor("verdicts", "o", "--json", "--details", cwd=folder)
    _, plain, _ = provisor("verdicts", "o", "--json", cwd=folder)

    rows = lines(out)
    assert [[one["id"] for one in row["captures"]] for row in rows] == [
        [one["id"] for one in row["captures"]] for row in lines(plain)
    ]
    assert {one["path"] for row in rows for one in row["captures"]} == {"/robots.txt", "/a1"}
    listed = [row for row in rows if row["host"] in {"listed.example", "www.listed.example"}]
    assert listed
    assert all(row["entries"][0]["submitter"] == "Holder" for row in listed)
    assert all(row["entries"][0]["received_at"] == "2024-01-01T00:00:00Z" for row in listed)


def test_the_table_shows_the_first_rows_and_says_so(folder: Path) -> None:
    code, out, err = provisor("verdicts", "o", cwd=folder)

    assert code == 0
    assert len(out.splitlines()) == 22
    assert err == "the first 20 rows; more with --limit, all with --out or --json\n"


def test_a_snapshot_that_is_another_or_gone_is_refused(folder: Path) -> None:
    shutil.copytree(folder / "o", folder / "moved")
    known = folder / "moved" / "knowledge.duckdb"
    with duckdb.connect(str(known)) as connection:
        connection.execute("UPDATE about SET said = 'other' WHERE name = 'digest'")
    code, out, err = provisor("verdicts", "moved", cwd=folder)
    assert (code, out) == (3, "")
    assert err.endswith("knowledge.duckdb: is not what the audit knew; audit again\n")

    known.unlink()
    code, _, err = provisor("verdicts", "moved", cwd=folder)
    assert code == 3
    assert "the snapshot of the audit is not there" in err


def test_a_folder_without_a_finished_audit_is_refused(folder: Path) -> None:
    code, _, err = provisor("verdicts", "rows", cwd=folder)
    assert code == 3
    assert err == (
        "provisor: error: rows: no folder that a finished audit left; "
        "name the --out of `provisor audit`\n"
    )

    shutil.copytree(folder / "o", folder / "torn")
    (folder / "torn" / "shards" / "00001.json").unlink()
    code, _, err = provisor("verdicts", "torn", cwd=folder)
    assert code == 3
    assert f"{PARTS - 1} of {PARTS} shards done" in err


def test_a_folder_whose_name_looks_like_a_pattern_is_read_as_it_is(folder: Path) -> None:
    shutil.copytree(folder / "o", folder / "o[1]*")

    _, out, _ = provisor("verdicts", "o[1]*", "--json", "--limit", "3", cwd=folder)

    assert [row["row"] for row in lines(out)] == [0, 1, 2]


def test_a_file_of_another_kind_is_not_written(folder: Path) -> None:
    code, _, err = provisor("verdicts", "o", "--out", "v.txt", cwd=folder)

    assert code == 2
    assert "v.txt: neither .parquet nor .csv" in err


def test_a_spreadsheet_takes_no_name_for_a_formula() -> None:
    names = "(VALUES ('=1+1'), ('-a'), ('+a'), ('@a'), (chr(9)), ('a=b'), ('')) AS t (file)"

    with duckdb.connect() as connection:
        told = connection.execute(f"SELECT {in_text('file')} FROM {names}").fetchall()

    assert [file for (file,) in told] == ["'=1+1", "'-a", "'+a", "'@a", "'\t", "a=b", ""]
