"""How a manifest is cut: into the same shards every time, and every row into exactly one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.inputs import labels, open_manifests, together
from audit.shards import plan
from provenance.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    from pathlib import Path


def parquet(path: Path, rows: int, group: int = 100) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    urls = [f"https://site.example/{number}" for number in range(rows)]
    pq.write_table(pa.table({"url": pa.array(urls, pa.string())}), path, row_group_size=group)
    return path


def cut(folder: Path, rows: int) -> list[tuple[list[str], tuple[int, int] | None]]:
    return [
        ([part.path.name for part in one.shard.parts], one.shard.rows)
        for one in plan(open_manifests([folder]), rows)
    ]


def test_small_files_go_together_until_a_shard_is_full(tmp_path: Path) -> None:
    for number, rows in enumerate((60, 60, 60, 10)):
        parquet(tmp_path / f"{number}.parquet", rows)

    assert cut(tmp_path, 100) == [
        (["0.parquet", "1.parquet"], None), (["2.parquet", "3.parquet"], None),
    ]  # fmt: skip


def test_a_large_file_is_cut_between_row_groups_and_leaves_no_crumb(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", 30)
    parquet(tmp_path / "b.parquet", 1040, group=90)
    parquet(tmp_path / "bb.parquet", 620, group=90)
    parquet(tmp_path / "c.parquet", 30)

    assert cut(tmp_path, 250) == [
        (["a.parquet"], None),
        (["b.parquet"], (0, 270)), (["b.parquet"], (270, 540)), (["b.parquet"], (540, 810)),
        (["b.parquet"], (810, 1040)),
        (["bb.parquet"], (0, 270)),
        (["bb.parquet"], (270, 620)),
        (["c.parquet"], None),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 99, 100, 101, 250, 1000, 5000])
def test_every_row_stands_in_one_shard(tmp_path: Path, rows: int) -> None:
    for number, count in enumerate((0, 730, 1, 420)):
        parquet(tmp_path / f"{number}.parquet", count, group=70)

    planned = plan(open_manifests([tmp_path]), rows)

    assert sum(sum(one.counts) for one in planned) == 1151
    assert [one.shard.number for one in planned] == list(range(len(planned)))
    assert planned == plan(open_manifests([tmp_path]), rows)


def test_files_that_do_not_number_their_rows_are_a_shard_each(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_text("url\nhttps://site.example/\n")

    assert cut(tmp_path, 100) == [(["a.csv"], None), (["b.csv"], None)]


def test_a_folder_is_its_files_by_name_without_hidden_ones_and_says_what_is_left_out(
    tmp_path: Path,
) -> None:
    for name in ("2.parquet", "10.parquet", ".hidden.parquet", "deeper/3.parquet"):
        parquet(tmp_path / name, 1)
    (tmp_path / "_SUCCESS").touch()
    said: list[str] = []

    parts = open_manifests([tmp_path], say=said.append)

    assert labels(parts) == ("10.parquet", "2.parquet")
    assert together(parts) == tmp_path.name
    assert said == [f"left out of {tmp_path}: _SUCCESS, deeper"]


def test_a_pattern_finds_files_beneath_and_they_go_by_their_folders(tmp_path: Path) -> None:
    for name in ("x/part-1.parquet", "y/part-1.parquet", "y/other.parquet", ".z/part-2.parquet"):
        parquet(tmp_path / name, 1)

    parts = open_manifests([tmp_path], pattern="**/part-*.parquet")

    assert labels(parts) == ("x/part-1.parquet", "y/part-1.parquet")


def test_a_name_that_looks_like_a_pattern_is_that_file_also_among_several(tmp_path: Path) -> None:
    for name in ("[a].parquet", "a.parquet", "*.parquet"):
        parquet(tmp_path / name, len(name))

    parts = open_manifests([tmp_path / "[a].parquet", tmp_path / "*.parquet"])

    assert [one.counts for one in plan(parts)] == [(11, 9)]


def test_files_of_several_forms_are_refused_with_a_way_out(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", 1)
    (tmp_path / "b.csv").write_text("url\nx\n")

    with pytest.raises(InputRefused, match=r"b.csv: is csv, while a.parquet is parquet; .*--glob"):
        open_manifests([tmp_path])
    assert len(open_manifests([tmp_path], pattern="*.csv")) == 1


def test_files_whose_columns_would_be_read_otherwise_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("url,date\nx,2024\n")
    (tmp_path / "b.csv").write_text("url,timestamp\nx,2024\n")
    (tmp_path / "c.csv").touch()

    with pytest.raises(InputRefused, match=r"b.csv: is read otherwise .*name the columns"):
        open_manifests([tmp_path])
    assert len(open_manifests([tmp_path], date_column="none")) == 3


def test_a_choice_that_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    file = parquet(tmp_path / "a.parquet", 1)

    for named, pattern, said in (
        ([file, tmp_path], "", "a folder among several manifests"),
        ([file, file], "", "a file is named twice"),
        ([file], "*", "is no folder"),
        ([tmp_path], "/etc/*", "--glob"),
    ):
        with pytest.raises(UsageRefused, match=said):
            open_manifests(named, pattern=pattern)
    with pytest.raises(InputRefused, match="no file matches"):
        open_manifests([tmp_path], pattern="*.csv")
    (tmp_path / "none").mkdir()
    with pytest.raises(InputRefused, match="without a file of a form we read"):
        open_manifests([tmp_path / "none"])
